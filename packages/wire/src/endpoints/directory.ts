import type { TimeZone } from "@biotop/kernel";
import { z } from "zod";
import { currencyCode, id, instantText, localDateText, localText, pageOf, pageQuery, timeZoneName } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { capabilities } from "../roles.ts";

const name = z.string().trim().min(1).max(120);
const countryCode = z.string().regex(/^[A-Z]{2}$/, "a country code such as DE");
const language = z.enum(["de", "en"]);

/** What everybody may know of an organisation. */
export const organisationView = z.strictObject({
  id: id("org"),
  name: z.string(),
  country: z.string(),
  language,
  timeZone: timeZoneName(),
  capabilities: z.array(z.enum(capabilities)),
  isOperator: z.boolean(),
  createdAt: instantText(),
  /** Whether one member approves payouts alone: its partners may know. */
  hasOneMember: z.boolean(),
  can: z.strictObject({ update: z.boolean() }),
});

export const legalEntityView = z.strictObject({
  legalName: z.string(),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: countryCode,
  vatStatus: z.enum(["regular", "small-business", "foreign-business", "unknown"]),
  vatStatusSince: localDateText().nullable(),
  vatId: z.string().nullable(),
  taxNumber: z.string().nullable(),
  registrationNumber: z.string().nullable(),
  changedAt: instantText().nullable(),
});

export const bankAccountView = z.strictObject({
  currency: currencyCode(),
  holder: z.string(),
  /** Electronic format, without spaces. */
  iban: z.string().nullable(),
  bic: z.string().nullable(),
  /** How to pay by hand where there is no IBAN. */
  accountText: z.string().nullable(),
  changedAt: instantText(),
});

export const propertyView = z.strictObject({
  id: id("ppt"),
  name: z.string(),
  url: z.string(),
  type: z.enum(["content", "cashback", "voucher", "price-comparison", "creator", "newsletter", "app", "search", "other"]),
  createdAt: instantText(),
});

export const createOrganisation = defineEndpoint({
  id: "createOrganisation",
  at: "api",
  method: "POST",
  path: "/v1/organisations",
  tag: "Organisations",
  summary: "Create an organisation",
  description:
    "A signed-in person becomes its owner. A key of the operator with the scope organisations:create gets an invitation for the first owner instead.",
  access: "organisations:create",
  body: z.strictObject({
    name,
    country: countryCode,
    language: language.default("en"),
    timeZone: timeZoneName().default("Europe/Berlin" as TimeZone),
    capabilities: z.array(z.enum(capabilities)).max(capabilities.length).default([]),
    /** For a key: who is invited as first owner. */
    ownerEmail: z.email().max(254).optional(),
  }),
  status: 201,
  answer: z.strictObject({
    organisation: organisationView,
    ownerInvitation: z.strictObject({ token: z.string(), link: z.string(), expiresAt: instantText(), email: z.string() }).nullable(),
  }),
  problems: ["not-allowed", "invalid-request"],
});

export const listOrganisations = defineEndpoint({
  id: "listOrganisations",
  at: "api",
  method: "GET",
  path: "/v1/organisations",
  tag: "Organisations",
  summary: "List the organisations of this instance by name",
  access: "organisations:read",
  query: z.strictObject({
    ...pageQuery,
    search: z.string().max(120).optional(),
    capability: z.enum(capabilities).optional(),
    ids: z.string().max(6000).optional().describe("Organisation ids, separated by commas"),
  }),
  status: 200,
  answer: pageOf(organisationView),
  problems: [],
});

export const getOrganisation = defineEndpoint({
  id: "getOrganisation",
  at: "api",
  method: "GET",
  path: "/v1/organisations/{organisationId}",
  tag: "Organisations",
  summary: "Show an organisation",
  access: "organisations:read",
  params: z.strictObject({ organisationId: id("org") }),
  status: 200,
  answer: organisationView,
  problems: ["not-found"],
});

export const updateOrganisation = defineEndpoint({
  id: "updateOrganisation",
  at: "api",
  method: "PATCH",
  path: "/v1/organisations/{organisationId}",
  tag: "Organisations",
  summary: "Change the own organisation's name, language, time zone or capabilities",
  access: "organisations:write",
  params: z.strictObject({ organisationId: id("org") }),
  body: z.strictObject({
    name: name.optional(),
    country: countryCode.optional(),
    language: language.optional(),
    timeZone: timeZoneName().optional(),
    capabilities: z.array(z.enum(capabilities)).max(capabilities.length).optional(),
  }),
  status: 200,
  answer: organisationView,
  problems: ["not-found"],
});

export const getLegalEntity = defineEndpoint({
  id: "getLegalEntity",
  at: "api",
  method: "GET",
  path: "/v1/legal-entity",
  tag: "Organisations",
  summary: "Show the own organisation's legal and tax data",
  access: "organisations:read",
  status: 200,
  answer: z.strictObject({ legalEntity: legalEntityView.nullable(), can: z.strictObject({ update: z.boolean() }) }),
  problems: [],
});

export const putLegalEntity = defineEndpoint({
  id: "putLegalEntity",
  at: "api",
  method: "PUT",
  path: "/v1/legal-entity",
  tag: "Organisations",
  summary: "Set the own organisation's legal and tax data",
  access: "organisations:write",
  body: z.strictObject({
    legalName: z.string().trim().min(1).max(200),
    street: z.string().trim().min(1).max(200),
    postalCode: z.string().trim().min(1).max(20),
    city: z.string().trim().min(1).max(100),
    country: countryCode,
    vatStatus: z.enum(["regular", "small-business", "foreign-business", "unknown"]),
    vatStatusSince: localDateText().nullable().optional(),
    vatId: z.string().trim().max(20).nullable().optional(),
    taxNumber: z.string().trim().max(30).nullable().optional(),
    registrationNumber: z.string().trim().max(60).nullable().optional(),
  }),
  status: 200,
  answer: legalEntityView,
  problems: ["vat-id-invalid"],
});

export const getBankAccounts = defineEndpoint({
  id: "getBankAccounts",
  at: "api",
  method: "GET",
  path: "/v1/bank-accounts",
  tag: "Organisations",
  summary: "Show the own organisation's bank accounts, one for each currency",
  access: "organisations:read",
  status: 200,
  answer: z.strictObject({ rows: z.array(bankAccountView), can: z.strictObject({ update: z.boolean() }) }),
  problems: [],
});

export const putBankAccount = defineEndpoint({
  id: "putBankAccount",
  at: "api",
  method: "PUT",
  path: "/v1/bank-accounts/{currency}",
  tag: "Organisations",
  summary: "Set the own organisation's bank account of a currency",
  description: "EUR needs an IBAN. Other currencies take an IBAN or a text that says how to pay by hand. The change is audited.",
  access: "organisations:write",
  params: z.strictObject({ currency: currencyCode() }),
  body: z.strictObject({
    holder: z.string().trim().min(1).max(140),
    iban: z.string().trim().max(42).nullable().optional(),
    bic: z.string().trim().max(11).nullable().optional(),
    accountText: z.string().trim().max(400).nullable().optional(),
  }),
  status: 200,
  answer: bankAccountView,
  problems: ["iban-invalid", "iban-needed"],
});

export const getCompleteness = defineEndpoint({
  id: "getCompleteness",
  at: "api",
  method: "GET",
  path: "/v1/completeness",
  tag: "Organisations",
  summary: "What the own organisation still has to fill in, and for what",
  access: "organisations:read",
  query: z.strictObject({ currency: currencyCode().optional() }),
  status: 200,
  answer: z.strictObject({
    isComplete: z.boolean(),
    missing: z.array(
      z.strictObject({
        purpose: z.enum(["documents", "payout"]),
        /** `legalEntity.vatId`, `bankAccount.EUR`. */
        field: z.string(),
        label: localText(),
        currency: currencyCode().nullable(),
      }),
    ),
  }),
  problems: [],
});

export const listProperties = defineEndpoint({
  id: "listProperties",
  at: "api",
  method: "GET",
  path: "/v1/properties",
  tag: "Organisations",
  summary: "List the own organisation's properties (ad spaces)",
  access: "organisations:read",
  query: z.strictObject({ organisation: id("org").optional().describe("Another organisation, whose properties are public") }),
  status: 200,
  answer: z.strictObject({ rows: z.array(propertyView), can: z.strictObject({ create: z.boolean() }) }),
  problems: [],
});

export const createProperty = defineEndpoint({
  id: "createProperty",
  at: "api",
  method: "POST",
  path: "/v1/properties",
  tag: "Organisations",
  summary: "Add a property (ad space)",
  access: "organisations:write",
  body: z.strictObject({
    name,
    url: z.url({ protocol: /^https?$/ }).max(500),
    type: propertyView.shape.type,
  }),
  status: 201,
  answer: propertyView,
  problems: ["property-exists"],
});

export const directoryEndpoints = [
  createOrganisation,
  listOrganisations,
  getOrganisation,
  updateOrganisation,
  getLegalEntity,
  putLegalEntity,
  getBankAccounts,
  putBankAccount,
  getCompleteness,
  listProperties,
  createProperty,
] as const satisfies readonly Endpoint[];
