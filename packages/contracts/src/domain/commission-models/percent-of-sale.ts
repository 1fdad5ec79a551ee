import { convertShare, currency, money } from "@biotop/kernel";
import type { Pay } from "../terms.ts";
import { defineCommissionModel, plainInput } from "./commission-model.ts";

const eur = currency("EUR");

export const percentOfSale = defineCommissionModel<Extract<Pay, { kind: "percent" }>>({
  code: "percent-of-sale",
  version: 1,
  kind: "percent",
  label: { de: "Prozent vom Nettowert", en: "Percent of net value" },
  levels: ["item", "order"],
  isPaying: true,
  needsRate: true,
  price: ({ net, rate, to }, { ppm }) => convertShare(net, rate, to, ppm),
  phrase: ({ ppm }, _level, _amount, percent) => ({
    de: `${percent(ppm).de} des Nettowerts`,
    en: `${percent(ppm).en} of the net value`,
  }),
  examples: [
    { input: plainInput(eur, 9_995n, 1), params: { kind: "percent", ppm: 75_000n }, pays: 750n },
    {
      input: { net: money(currency("GBP"), 1_530n), quantity: 6, rate: { numerator: 11_684n, denominator: 10_000n }, to: eur },
      params: { kind: "percent", ppm: 80_000n },
      pays: 143n,
    },
    { input: plainInput(eur, 0n, 0), params: { kind: "percent", ppm: 75_000n }, pays: 0n },
  ],
});
