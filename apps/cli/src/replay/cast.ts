import type { Company } from "@biotop/ecosystem-generator";
import type { Shopfront } from "./negotiate.ts";

export const noMerchandiseRule = {
  id: "no-merchandise",
  label: { de: "Versand, Gebühren, Gutscheine", en: "Postage, fees, vouchers" },
  when: { groups: ["no-merchandise"] },
  pay: { kind: "none" },
} as const;

export const merchant: Company = {
  slug: "albion",
  name: "Albion Geschenke",
  legalName: "Albion Geschenke GmbH",
  street: "Speicherstraße 12",
  postalCode: "20457",
  city: "Hamburg",
  country: "DE",
  language: "de",
  timeZone: "Europe/Berlin",
  tax: { status: "regular", vatId: "DE136695976", taxNumber: "48/123/45678" },
  bank: { currency: "EUR", iban: "DE89370400440532013000" },
  capability: "sell",
};

export const shopfront: Shopfront = {
  merchant,
  homeUrl: "https://shop.albion-geschenke.example/",
  host: "albion-geschenke.example",
  currency: "GBP",
  timeZone: "Europe/London",
};

export const agency: Company = {
  slug: "nordlicht",
  name: "Nordlicht Performance",
  legalName: "Nordlicht Performance GmbH",
  street: "Elbchaussee 7",
  postalCode: "22765",
  city: "Hamburg",
  country: "DE",
  language: "de",
  timeZone: "Europe/Berlin",
  tax: { status: "regular", vatId: "DE115235681", taxNumber: "41/222/33344" },
  bank: { currency: "EUR", iban: "DE02120300000000202051" },
  capability: "manage",
};
