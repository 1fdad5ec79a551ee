/** What the demo's shops sell: article, name, item group, net price in cents, how often it is bought. */
export type Article = {
  readonly sku: string;
  readonly name: string;
  readonly group: string;
  readonly priceMinor: bigint;
  readonly weight: number;
};

export const livingArticles: readonly Article[] = [
  { sku: "HL-1001", name: "Stehleuchte Reling", group: "lighting", priceMinor: 15_900n, weight: 4 },
  { sku: "HL-1002", name: "Tischleuchte Boje", group: "lighting", priceMinor: 6_900n, weight: 8 },
  { sku: "HL-2001", name: "Wolldecke Dünung", group: "textiles", priceMinor: 7_490n, weight: 9 },
  { sku: "HL-2002", name: "Kissenhülle Priel", group: "textiles", priceMinor: 2_490n, weight: 16 },
  { sku: "HL-3001", name: "Regal Ladeluke", group: "furniture", priceMinor: 28_900n, weight: 2 },
  { sku: "HL-3002", name: "Beistelltisch Poller", group: "furniture", priceMinor: 11_900n, weight: 5 },
  { sku: "HL-4001", name: "Vase Kliff", group: "decoration", priceMinor: 3_290n, weight: 14 },
  { sku: "HL-4002", name: "Kerzenset Nebelhorn", group: "decoration", priceMinor: 1_890n, weight: 20 },
];

export const coffeeArticles: readonly Article[] = [
  { sku: "KL-100", name: "Espresso Speicherstadt 1 kg", group: "coffee", priceMinor: 2_290n, weight: 22 },
  { sku: "KL-101", name: "Filterkaffee Kontor 1 kg", group: "coffee", priceMinor: 1_990n, weight: 20 },
  { sku: "KL-102", name: "Probierpaket 4 × 250 g", group: "coffee", priceMinor: 2_490n, weight: 12 },
  { sku: "KL-200", name: "Handmühle", group: "equipment", priceMinor: 8_900n, weight: 4 },
  { sku: "KL-201", name: "Handfilter Porzellan", group: "equipment", priceMinor: 2_990n, weight: 7 },
];
