import { currency, money } from "@biotop/kernel";
import type { Pay } from "../terms.ts";
import { defineCommissionModel, plainInput } from "./commission-model.ts";

const eur = currency("EUR");

export const fixedAmount = defineCommissionModel<Extract<Pay, { kind: "fixed" }>>({
  code: "fixed-amount",
  version: 1,
  kind: "fixed",
  label: { de: "Fester Betrag je Bestellung, Lead oder Stück", en: "Fixed amount per order, lead or unit" },
  levels: ["item", "order"],
  isPaying: true,
  needsRate: false,
  price: ({ quantity, to }, { minor }) => money(to, minor * BigInt(quantity)),
  phrase: ({ minor }, level, amount) =>
    level === "item"
      ? { de: `${amount(minor).de} je Stück`, en: `${amount(minor).en} per unit` }
      : { de: `${amount(minor).de} fest`, en: `a fixed ${amount(minor).en}` },
  examples: [
    { input: plainInput(eur, 0n, 1), params: { kind: "fixed", minor: 500n }, pays: 500n },
    { input: plainInput(eur, 9_000n, 3), params: { kind: "fixed", minor: 150n }, pays: 450n },
    { input: plainInput(eur, 0n, 0), params: { kind: "fixed", minor: 150n }, pays: 0n },
  ],
});
