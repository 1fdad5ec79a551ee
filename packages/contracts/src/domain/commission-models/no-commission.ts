import { currency, zero } from "@biotop/kernel";
import type { Pay } from "../terms.ts";
import { defineCommissionModel, plainInput } from "./commission-model.ts";

export const noCommission = defineCommissionModel<Extract<Pay, { kind: "none" }>>({
  code: "no-commission",
  version: 1,
  kind: "none",
  label: { de: "Keine Provision", en: "No commission" },
  levels: ["item", "order"],
  isPaying: false,
  needsRate: false,
  price: ({ to }) => zero(to),
  phrase: () => ({ de: "keine Provision", en: "no commission" }),
  examples: [{ input: plainInput(currency("EUR"), 9_995n, 1), params: { kind: "none" }, pays: 0n }],
});
