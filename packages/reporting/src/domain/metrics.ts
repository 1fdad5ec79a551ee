import { type Currency, currency, divideRounded, money, ppmWhole } from "@biotop/kernel";
import { addSums, type Facts, type Sums } from "./facts.ts";
import { defineMetric, type MetricValue } from "./metric.ts";

const euro = currency("EUR");
const tenEuro: Sums = new Map([[euro, 1_000n]]);
const threeEuro: Sums = new Map([[euro, 300n]]);

/** Every figure that a report can show; one entry is all that a new one needs. */
export const metrics = [
  defineMetric({
    code: "clicks",
    kind: "count",
    label: { de: "Klicks", en: "Clicks" },
    formula: { de: "Klicks mit Einwilligung, ohne Bots", en: "Clicks with consent, without bots" },
    of: ({ clicks }) => count(clicks),
    examples: [{ facts: { clicks: 3n }, is: { kind: "count", count: 3 } }],
  }),
  defineMetric({
    code: "conversions",
    kind: "count",
    label: { de: "Conversions", en: "Conversions" },
    formula: { de: "Gemeldete Bestellungen und Leads, auch abgelehnte", en: "Reported orders and leads, declined ones too" },
    of: ({ conversions }) => count(conversions),
    examples: [{ facts: { conversions: 2n }, is: { kind: "count", count: 2 } }],
  }),
  defineMetric({
    code: "conversions-declined",
    kind: "count",
    label: { de: "Abgelehnt", en: "Declined" },
    formula: { de: "Vom Händler abgelehnte Conversions", en: "Conversions that the merchant declined" },
    of: ({ declined }) => count(declined),
    examples: [{ facts: { declined: 1n }, is: { kind: "count", count: 1 } }],
  }),
  defineMetric({
    code: "order-value",
    kind: "money",
    label: { de: "Bestellwert", en: "Order value" },
    formula: { de: "Netto-Warenwert ohne Rückgaben und Ablehnungen", en: "Net value without returns and declined orders" },
    of: ({ value }) => amounts(value),
    examples: [{ facts: { value: tenEuro }, is: { kind: "money", amounts: [money(euro, 1_000n)] } }],
  }),
  defineMetric({
    code: "commission",
    kind: "money",
    label: { de: "Provision", en: "Commission" },
    formula: { de: "Offene und freigegebene Provision", en: "Open and approved commission" },
    of: (facts) => amounts(commissionOf(facts)),
    examples: [{ facts: { open: threeEuro, approved: tenEuro }, is: { kind: "money", amounts: [money(euro, 1_300n)] } }],
  }),
  defineMetric({
    code: "commission-open",
    kind: "money",
    label: { de: "Provision offen", en: "Commission open" },
    formula: {
      de: "Provision, über die der Händler noch nicht entschieden hat",
      en: "Commission that the merchant has not decided on yet",
    },
    of: ({ open }) => amounts(open),
    examples: [{ facts: { open: threeEuro }, is: { kind: "money", amounts: [money(euro, 300n)] } }],
  }),
  defineMetric({
    code: "commission-approved",
    kind: "money",
    label: { de: "Provision freigegeben", en: "Commission approved" },
    formula: { de: "Freigegebene Provision, bezahlt oder nicht", en: "Approved commission, paid or not" },
    of: ({ approved }) => amounts(approved),
    examples: [{ facts: { approved: tenEuro }, is: { kind: "money", amounts: [money(euro, 1_000n)] } }],
  }),
  defineMetric({
    code: "commission-paid",
    kind: "money",
    label: { de: "Provision bezahlt", en: "Commission paid" },
    formula: { de: "Netto-Provision der im Zeitraum bezahlten Gutschriften", en: "Net commission of documents paid in the period" },
    of: ({ paid }) => amounts(paid),
    examples: [{ facts: { paid: tenEuro }, is: { kind: "money", amounts: [money(euro, 1_000n)] } }],
  }),
  defineMetric({
    code: "conversion-rate",
    kind: "ratio",
    label: { de: "Conversion-Rate", en: "Conversion rate" },
    formula: { de: "Conversions ÷ Klicks", en: "Conversions ÷ clicks" },
    of: ({ conversions, clicks }) => ({
      kind: "ratio",
      ppm: clicks === 0n ? null : divideRounded(conversions * ppmWhole, clicks).toString(),
    }),
    examples: [
      { facts: { conversions: 1n, clicks: 40n }, is: { kind: "ratio", ppm: "25000" } },
      { facts: { conversions: 1n }, is: { kind: "ratio", ppm: null } },
    ],
  }),
  defineMetric({
    code: "earnings-per-click",
    kind: "money",
    label: { de: "Provision je Klick (EPC)", en: "Earnings per click (EPC)" },
    formula: { de: "Provision ÷ Klicks", en: "Commission ÷ clicks" },
    of: (facts) => amounts(perClick(commissionOf(facts), facts.clicks)),
    examples: [{ facts: { open: threeEuro, clicks: 7n }, is: { kind: "money", amounts: [money(euro, 43n)] } }],
  }),
] as const;

export type MetricCode = (typeof metrics)[number]["code"];

export function metricOf(code: MetricCode): (typeof metrics)[number] {
  const found = metrics.find((metric) => metric.code === code);
  if (!found) throw new Error(`no metric ${code}`);
  return found;
}

function commissionOf({ open, approved }: Facts): Sums {
  return addSums(open, approved);
}

function perClick(sums: Sums, clicks: bigint): Sums {
  if (clicks === 0n) return new Map();
  return new Map([...sums].map(([code, minor]) => [code, divideRounded(minor, clicks)]));
}

function count(value: bigint): MetricValue {
  return { kind: "count", count: Number(value) };
}

/** In the order of the currency codes; a currency in which nothing moved is left out. */
function amounts(sums: Sums): MetricValue {
  const moved = [...sums].filter(([, minor]) => minor !== 0n).sort(([a], [b]) => byCode(a, b));
  return { kind: "money", amounts: moved.map(([code, minor]) => money(code, minor)) };
}

function byCode(a: Currency, b: Currency): number {
  return a < b ? -1 : 1;
}
