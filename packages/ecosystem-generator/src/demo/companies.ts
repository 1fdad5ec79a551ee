import type { Company, Deal, Partner, Pay, When } from "../company.ts";
import { noMerchandise } from "../order.ts";

const berlin = "Europe/Berlin";
const german = { country: "DE", language: "de", timeZone: berlin } as const;

export const livingShop: Company = {
  ...german,
  slug: "hafenlicht",
  name: "Hafenlicht Wohnen",
  legalName: "Hafenlicht Wohnen GmbH",
  street: "Am Sandtorkai 30",
  postalCode: "20457",
  city: "Hamburg",
  tax: { status: "regular", vatId: "DE136695976", taxNumber: "48/123/45678" },
  bank: { currency: "EUR", iban: "DE89370400440532013000" },
  capability: "sell",
};

export const coffeeShop: Company = {
  ...german,
  slug: "linde",
  name: "Kaffeekontor Linde",
  legalName: "Kaffeekontor Linde e. K.",
  street: "Lindenstraße 4",
  postalCode: "28195",
  city: "Bremen",
  tax: { status: "regular", vatId: "DE143454214", taxNumber: "60/111/22233" },
  bank: { currency: "EUR", iban: "DE02120300000000202051" },
  capability: "sell",
};

export const agency: Company = {
  ...german,
  slug: "nordlicht",
  name: "Nordlicht Performance",
  legalName: "Nordlicht Performance GmbH",
  street: "Elbchaussee 7",
  postalCode: "22765",
  city: "Hamburg",
  tax: { status: "regular", vatId: "DE115235681", taxNumber: "41/222/33344" },
  bank: { currency: "EUR", iban: "DE75512108001245126199" },
  capability: "manage",
};

export const technology: Company = {
  ...german,
  slug: "wegweiser",
  name: "Wegweiser Technik",
  legalName: "Wegweiser Technik GmbH",
  street: "Karl-Marx-Allee 90",
  postalCode: "10243",
  city: "Berlin",
  tax: { status: "regular", vatId: "DE811907980", taxNumber: "37/444/55566" },
  bank: { currency: "EUR", iban: "DE44500105175407324931" },
  capability: "technology",
};

export const service: Company = {
  ...german,
  slug: "textwerk",
  name: "Textwerk Süd",
  legalName: "Textwerk Süd, Inh. Jana Petz",
  street: "Marktplatz 2",
  postalCode: "70173",
  city: "Stuttgart",
  tax: { status: "small-business", taxNumber: "99/015/12345" },
  bank: { currency: "EUR", iban: "DE12500105170648489890" },
  capability: "services",
};

const percent = (ppm: bigint): Pay => ({ kind: "percent", ppm });
const postage = {
  id: "no-merchandise",
  label: { de: "Versand und Gutscheine", en: "Postage and vouchers" },
  when: { groups: [noMerchandise] },
  pay: { kind: "none" },
} as const;
const group = (id: string, de: string, en: string, groups: readonly string[], pay: Pay) => ({
  id,
  label: { de, en },
  when: { groups } satisfies When,
  pay,
});
const newCustomer = (pay: Pay) => ({
  id: "new-customer",
  label: { de: "Neukunde", en: "New customer" },
  when: { customer: "new" } satisfies When,
  pay,
});

function deal(changes: Partial<Deal> & { readonly otherwise: Pay }): Deal {
  const { rules = [], ...rest } = changes;
  const base = { settlement: "EUR", level: "item", splits: [], windowDays: 30, validationDays: 30, thresholdMinor: 2_500n } as const;
  return { ...base, ...rest, rules: rest.level === "order" ? rules : [postage, ...rules] };
}

const agencyOnTop = { id: "agency", to: agency.slug, role: "agency", kind: "on-top-of-commission", ppm: 200_000n } as const;
const technologyInside = { id: "technology", to: technology.slug, role: "technology", kind: "inside-commission", ppm: 80_000n } as const;

/** Who promotes the shops; the last two are still negotiating. */
export const publishers: readonly Partner[] = [
  {
    ...german,
    slug: "wohnblick",
    name: "Wohnblick Magazin",
    legalName: "Wohnblick Verlag GmbH",
    street: "Neuer Wall 10",
    postalCode: "20354",
    city: "Hamburg",
    capability: "promote",
    weight: 26,
    tax: { status: "regular", vatId: "DE129273398", taxNumber: "17/555/00112" },
    bank: { currency: "EUR", iban: "DE91100000000123456789" },
    property: { name: "Wohnblick", url: "https://wohnblick.example", type: "content" },
    firstOffer: deal({ otherwise: percent(60_000n) }),
    deal: deal({
      rules: [group("lighting", "Leuchten", "Lighting", ["lighting"], percent(100_000n))],
      otherwise: percent(75_000n),
      splits: [agencyOnTop],
    }),
  },
  {
    ...german,
    slug: "kaffeepause",
    name: "Kaffeepause",
    legalName: "Maren Köhler (Kaffeepause)",
    street: "Gartenweg 5",
    postalCode: "79098",
    city: "Freiburg im Breisgau",
    capability: "promote",
    weight: 14,
    tax: { status: "small-business", taxNumber: "06/123/45678" },
    bank: { currency: "EUR", iban: "DE17100500000123456789" },
    property: { name: "Kaffeepause", url: "https://kaffeepause.example", type: "creator" },
    deal: deal({ rules: [newCustomer(percent(120_000n))], otherwise: percent(60_000n) }),
  },
  {
    slug: "preisblick",
    name: "Preisblick",
    legalName: "Preisblick GmbH",
    street: "Mariahilfer Straße 41",
    postalCode: "1060",
    city: "Wien",
    country: "AT",
    language: "de",
    timeZone: "Europe/Vienna",
    capability: "promote",
    weight: 18,
    tax: { status: "regular", vatId: "ATU12345675" },
    bank: { currency: "EUR", iban: "AT611904300234573201" },
    property: { name: "Preisblick", url: "https://preisblick.example", type: "price-comparison" },
    firstOffer: deal({ otherwise: percent(30_000n), windowDays: 3 }),
    deal: deal({ otherwise: percent(45_000n), windowDays: 7, validationDays: 21, splits: [technologyInside] }),
  },
  {
    slug: "gutscheinhelden",
    name: "Gutscheinhelden",
    legalName: "Gutscheinhelden AG",
    street: "Bahnhofstrasse 20",
    postalCode: "8001",
    city: "Zürich",
    country: "CH",
    language: "de",
    timeZone: "Europe/Zurich",
    capability: "promote",
    weight: 12,
    tax: { status: "foreign-business", registrationNumber: "CHE-123.456.788" },
    bank: { currency: "EUR", iban: "CH9300762011623852957" },
    property: { name: "Gutscheinhelden", url: "https://gutscheinhelden.example", type: "voucher" },
    deal: deal({ otherwise: percent(30_000n), windowDays: 14 }),
  },
  {
    ...german,
    slug: "talerzurueck",
    name: "Taler zurück",
    legalName: "Taler zurück GmbH",
    street: "Lindenallee 44",
    postalCode: "50968",
    city: "Köln",
    capability: "promote",
    weight: 16,
    tax: { status: "regular", vatId: "DE813456781", taxNumber: "219/5822/0815" },
    bank: { currency: "EUR", iban: "DE02200505501015871393" },
    property: { name: "Taler zurück", url: "https://talerzurueck.example", type: "cashback" },
    deal: deal({
      level: "order",
      rules: [newCustomer({ kind: "fixed", minor: 800n })],
      otherwise: { kind: "fixed", minor: 350n },
      splits: [agencyOnTop],
    }),
  },
  {
    slug: "grachtenstijl",
    name: "Grachtenstijl",
    legalName: "Grachtenstijl B.V.",
    street: "Keizersgracht 101",
    postalCode: "1015 CJ",
    city: "Amsterdam",
    country: "NL",
    language: "en",
    timeZone: "Europe/Amsterdam",
    capability: "promote",
    weight: 9,
    tax: { status: "regular", vatId: "NL004495445B01" },
    bank: { currency: "EUR", iban: "NL91ABNA0417164300" },
    property: { name: "Grachtenstijl", url: "https://grachtenstijl.example", type: "creator" },
    deal: deal({ otherwise: percent(90_000n) }),
  },
  {
    slug: "prezenty",
    name: "Prezenty24",
    legalName: "Prezenty24 Sp. z o.o.",
    street: "ul. Długa 7",
    postalCode: "80-827",
    city: "Gdańsk",
    country: "PL",
    language: "en",
    timeZone: "Europe/Warsaw",
    capability: "promote",
    weight: 5,
    tax: { status: "unknown" },
    property: { name: "Prezenty24", url: "https://prezenty24.example", type: "price-comparison" },
    deal: deal({ otherwise: percent(55_000n), windowDays: 10 }),
  },
];

/** Their proposals are on the table, one waiting for the merchant and one for the partner. */
export const negotiating: readonly Partner[] = [
  {
    ...german,
    slug: "stilrausch",
    name: "Stilrausch",
    legalName: "Stilrausch Media UG (haftungsbeschränkt)",
    street: "Torstraße 9",
    postalCode: "10119",
    city: "Berlin",
    capability: "promote",
    weight: 0,
    tax: { status: "regular", vatId: "DE130142328", taxNumber: "37/555/10017" },
    bank: { currency: "EUR", iban: "DE89370400440532013000" },
    property: { name: "Stilrausch", url: "https://stilrausch.example", type: "creator" },
    firstOffer: deal({ otherwise: percent(60_000n) }),
    deal: deal({ otherwise: percent(95_000n), validationDays: 14 }),
  },
  {
    slug: "maison",
    name: "Maison du Cadeau",
    legalName: "Maison du Cadeau SARL",
    street: "14 rue de Rivoli",
    postalCode: "75004",
    city: "Paris",
    country: "FR",
    language: "en",
    timeZone: "Europe/Paris",
    capability: "promote",
    weight: 0,
    tax: { status: "regular", vatId: "FR40303265045" },
    bank: { currency: "EUR", iban: "FR1420041010050500013M02606" },
    property: { name: "Maison du Cadeau", url: "https://maisonducadeau.example", type: "app" },
    firstOffer: deal({ otherwise: percent(50_000n) }),
    deal: deal({ otherwise: percent(80_000n) }),
  },
];
