import { z } from "zod";
import { currencyCode, id, pageOf, pageQuery, timeZoneName } from "../codecs.ts";
import { contractParty, dealTerms } from "../deal-terms.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { consentPolicy, offerView, programmeState, programmeView } from "./contract-views.ts";

const tag = "Contracts";

const hostName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?$/, "a host name such as shop.example.com");

const homeUrl = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s]+$/, "an http(s) address");

const programmeParams = z.strictObject({ programmeId: id("prg") });

const offerParams = z.strictObject({ offerId: id("off") });

export const createProgramme = defineEndpoint({
  id: "createProgramme",
  at: "api",
  method: "POST",
  path: "/v1/programmes",
  tag,
  summary: "Create a programme of the acting merchant",
  access: "contracts:write",
  body: z.strictObject({
    name: z.string().min(1).max(120),
    homeUrl,
    /** Hosts that links may lead to; the host of `homeUrl` always belongs to them. */
    hosts: z.array(hostName).max(50).readonly().default([]),
    currency: currencyCode(),
    timeZone: timeZoneName(),
    consentPolicy: consentPolicy.default("strict"),
  }),
  status: 201,
  answer: programmeView,
  problems: ["capability-needed"],
});

export const listProgrammes = defineEndpoint({
  id: "listProgrammes",
  at: "api",
  method: "GET",
  path: "/v1/programmes",
  tag,
  summary: "List programmes: own ones, those one has a contract for, and those with an offer that one may see",
  access: "contracts:read",
  query: z.strictObject({ ...pageQuery, relation: z.enum(["own", "contract", "offered", "any"]).default("any") }),
  status: 200,
  answer: pageOf(programmeView),
  problems: [],
});

export const getProgramme = defineEndpoint({
  id: "getProgramme",
  at: "api",
  method: "GET",
  path: "/v1/programmes/{programmeId}",
  tag,
  summary: "Show a programme",
  access: "contracts:read",
  params: programmeParams,
  status: 200,
  answer: programmeView,
  problems: ["not-found"],
});

export const updateProgramme = defineEndpoint({
  id: "updateProgramme",
  at: "api",
  method: "PATCH",
  path: "/v1/programmes/{programmeId}",
  tag,
  summary: "Change a programme's name, addresses, consent policy or state",
  access: "contracts:write",
  params: programmeParams,
  body: z.strictObject({
    name: z.string().min(1).max(120).optional(),
    homeUrl: homeUrl.optional(),
    hosts: z.array(hostName).max(50).readonly().optional(),
    consentPolicy: consentPolicy.optional(),
    state: programmeState.optional(),
  }),
  status: 200,
  answer: programmeView,
  problems: ["not-found"],
});

export const createOffer = defineEndpoint({
  id: "createOffer",
  at: "api",
  method: "POST",
  path: "/v1/offers",
  tag,
  summary: "Publish an offer: terms that a partner can accept as they stand or counter",
  description:
    "With `autoAccept` the merchant's acceptance is given with the offer (fresh second factor or signing authority): a partner who takes it unchanged concludes at once, unless a further party has to sign.",
  access: "contracts:write",
  body: z.strictObject({
    programme: id("prg"),
    title: z.string().min(1).max(120),
    terms: dealTerms,
    isOpen: z.boolean(),
    autoAccept: z.boolean().default(false),
    /** Parties besides merchant and partner: agency, technology, … */
    parties: z.array(contractParty).max(10).readonly().default([]),
    /** Organisations that may see an offer that is not open. */
    invited: z.array(id("org")).max(500).readonly().default([]),
  }),
  status: 201,
  answer: offerView,
  problems: [
    "not-found",
    "terms-refused",
    "parties-refused",
    "fresh-sign-in-needed",
    "signing-authority-needed",
    "beyond-signing-authority",
  ],
});

export const listOffers = defineEndpoint({
  id: "listOffers",
  at: "api",
  method: "GET",
  path: "/v1/offers",
  tag,
  summary: "List the offers that one may see",
  access: "contracts:read",
  query: z.strictObject({ ...pageQuery, programme: id("prg").optional(), relation: z.enum(["own", "others", "any"]).default("any") }),
  status: 200,
  answer: pageOf(offerView),
  problems: [],
});

export const getOffer = defineEndpoint({
  id: "getOffer",
  at: "api",
  method: "GET",
  path: "/v1/offers/{offerId}",
  tag,
  summary: "Show an offer",
  access: "contracts:read",
  params: offerParams,
  status: 200,
  answer: offerView,
  problems: ["not-found"],
});

export const updateOffer = defineEndpoint({
  id: "updateOffer",
  at: "api",
  method: "PATCH",
  path: "/v1/offers/{offerId}",
  tag,
  summary: "Open or close an offer, or let further organisations see it; its terms never change",
  access: "contracts:write",
  params: offerParams,
  body: z.strictObject({
    isOpen: z.boolean().optional(),
    state: z.enum(["published", "closed"]).optional(),
    invite: z.array(id("org")).max(500).readonly().optional(),
  }),
  status: 200,
  answer: offerView,
  problems: ["not-found"],
});

/** Programmes and the offers that lead into them. */
export const programmeEndpoints = [
  createProgramme,
  listProgrammes,
  getProgramme,
  updateProgramme,
  createOffer,
  listOffers,
  getOffer,
  updateOffer,
] as const satisfies readonly Endpoint[];
