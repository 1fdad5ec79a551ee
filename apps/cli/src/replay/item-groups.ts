import { noMerchandise } from "@biotop/ecosystem-generator";

/** Postage, manual entries, fees, gift vouchers. */
const serviceCodes = new Set(["POST", "DOT", "M", "m", "C2", "D", "S", "B", "CRUK", "PADS", "BANK CHARGES", "AMAZONFEE"]);

/** Item groups of the shop by the first two characters of the stock code. */
const groupByPrefix: Readonly<Record<string, string>> = {
  "10": "stationery",
  "15": "stationery",
  "16": "stationery",
  "17": "jewellery",
  "20": "bags",
  "21": "kitchen",
  "22": "home-gifts",
  "23": "home-gifts",
  "35": "decoration",
  "37": "kitchen",
  "47": "textiles",
  "48": "textiles",
  "71": "candles",
  "72": "candles",
  "79": "decoration",
  "82": "signs",
  "84": "textiles",
  "85": "decoration",
  "90": "jewellery",
};

export function itemGroupOf(article: string): string {
  if (serviceCodes.has(article) || article.toLowerCase().startsWith("gift_")) return noMerchandise;
  return groupByPrefix[article.slice(0, 2)] ?? "other";
}
