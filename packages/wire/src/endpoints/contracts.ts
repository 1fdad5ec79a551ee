import { z } from "zod";
import { currencyCode, id, instantText, localText, pageOf, pageQuery, timeZoneName } from "../codecs.ts";
import {
  commissionModelView,
  contractParty,
  dealChange,
  dealFieldView,
  dealFinding,
  dealTerms,
  dealText,
  effectiveRule,
} from "../deal-terms.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

const tag = "Contracts";
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
const hostName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?$/, "a host name such as shop.example.com");
const homeUrl = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s]+$/, "an http(s) address");
const consentPolicy = z.enum(["strict", "assumed"]);
const programmeState = z.enum(["active", "paused"]);
const message = z.string().max(5000);

const partyView = contractParty.extend({ name: z.string() });

export const programmeView = z.strictObject({
  id: id("prg"),
  org: id("org"),
  orgName: z.string(),
  name: z.string(),
  homeUrl: z.string(),
  hosts: z.array(z.string()).readonly(),
  currency: currencyCode(),
  timeZone: timeZoneName(),
  consentPolicy,
  state: programmeState,
  openOffers: z.int(),
  /** The contract under which the asking organisation works in this programme, if any. */
  contract: id("ctr").nullable(),
  can: z.strictObject({ edit: z.boolean(), createOffer: z.boolean(), propose: z.boolean(), createLink: z.boolean() }),
});

export const offerView = z.strictObject({
  id: id("off"),
  programme: id("prg"),
  programmeName: z.string(),
  shopCurrency: currencyCode(),
  org: id("org"),
  orgName: z.string(),
  title: z.string(),
  terms: dealTerms,
  text: dealText,
  headline: localText(),
  /** Parties besides the partner who takes the offer. */
  parties: z.array(partyView).readonly(),
  isOpen: z.boolean(),
  autoAccept: z.boolean(),
  state: z.enum(["published", "closed"]),
  createdAt: instantText(),
  can: z.strictObject({ edit: z.boolean(), propose: z.boolean() }),
});

/** Who accepted, when, and by what authority. */
export const acceptanceView = z.strictObject({
  org: id("org"),
  orgName: z.string(),
  hash: sha256Hex,
  at: instantText(),
  authority: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("person"), user: id("usr"), method: z.literal("second-factor") }),
    z.strictObject({ kind: z.literal("key"), key: id("key"), grantedBy: id("usr"), signingAuthority: z.string() }),
    z.strictObject({
      kind: z.literal("standing-offer"),
      offer: id("off"),
      user: id("usr"),
      key: id("key").nullable(),
      signingAuthority: z.string().nullable(),
    }),
  ]),
});

const proposalState = z.enum(["draft", "open", "accepted", "declined", "withdrawn", "expired"]);

const turnView = z.strictObject({
  no: z.int(),
  by: id("org"),
  byName: z.string(),
  at: instantText(),
  message,
  terms: dealTerms,
  parties: z.array(partyView).readonly(),
  effective: effectiveRule,
  hash: sha256Hex,
  /** What this turn changed against the one before, or against the offer or version that it started from. */
  changes: z.array(dealChange).readonly(),
  acceptances: z.array(acceptanceView).readonly(),
});

const proposalRow = z.strictObject({
  id: id("prp"),
  kind: z.literal("partnership"),
  programme: id("prg"),
  programmeName: z.string(),
  offer: id("off").nullable(),
  /** The contract that it amends or, once accepted, has made. */
  contract: id("ctr").nullable(),
  isAmendment: z.boolean(),
  parties: z.array(partyView).readonly(),
  state: proposalState,
  /** 0 = still a draft. */
  turn: z.int(),
  turnOf: z.array(id("org")).readonly(),
  headline: localText(),
  expiresAt: instantText().nullable(),
  openedAt: instantText(),
  changedAt: instantText(),
});

export const proposalView = proposalRow.extend({
  shopCurrency: currencyCode(),
  openedBy: id("org"),
  terms: dealTerms,
  text: dealText,
  effective: effectiveRule,
  /** The hash that is accepted; null while nothing was handed over. */
  hash: sha256Hex.nullable(),
  findings: z.array(dealFinding).readonly(),
  turns: z.array(turnView).readonly(),
  /** The asking organisation's own draft of its next turn; nobody else sees it. */
  draft: z
    .strictObject({
      terms: dealTerms,
      parties: z.array(contractParty).readonly(),
      effective: effectiveRule,
      message,
      savedAt: instantText(),
      findings: z.array(dealFinding).readonly(),
      changes: z.array(dealChange).readonly(),
    })
    .nullable(),
  closedReason: z.string().nullable(),
  can: z.strictObject({ counter: z.boolean(), accept: z.boolean(), decline: z.boolean(), withdraw: z.boolean() }),
});

const versionRow = z.strictObject({
  id: id("cvn"),
  contract: id("ctr"),
  no: z.int(),
  hash: sha256Hex,
  concludedAt: instantText(),
  effectiveFrom: instantText(),
  effectiveTo: instantText().nullable(),
  headline: localText(),
});

export const contractVersionView = versionRow.extend({
  programme: id("prg"),
  programmeName: z.string(),
  shopCurrency: currencyCode(),
  parties: z.array(partyView).readonly(),
  terms: dealTerms,
  text: dealText,
  /** The signed text itself: canonical JSON (RFC 8785) whose SHA-256 is the hash. */
  document: z.string(),
  acceptances: z.array(acceptanceView).readonly(),
});

const contractRow = z.strictObject({
  id: id("ctr"),
  kind: z.literal("partnership"),
  programme: id("prg"),
  programmeName: z.string(),
  parties: z.array(partyView).readonly(),
  payer: id("org"),
  earner: id("org"),
  state: z.enum(["scheduled", "in-force"]),
  versionId: id("cvn"),
  versionNo: z.int(),
  effectiveFrom: instantText(),
  headline: localText(),
});

export const contractView = contractRow.extend({
  versions: z.array(versionRow).readonly(),
  current: contractVersionView,
  openAmendment: id("prp").nullable(),
  can: z.strictObject({ amend: z.boolean() }),
});

const programmeParams = z.strictObject({ programmeId: id("prg") });
const offerParams = z.strictObject({ offerId: id("off") });
const proposalParams = z.strictObject({ proposalId: id("prp") });
const contractParams = z.strictObject({ contractId: id("ctr") });

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

const turnInput = {
  effective: effectiveRule.default({ rule: "on-conclusion" }),
  message: message.default(""),
  expiresAt: instantText().optional(),
  /** False keeps it as a private draft. */
  handOver: z.boolean().default(true),
  /** Hand over and accept in one step: needs what accepting needs. */
  accept: z.boolean().default(false),
};

const negotiationProblems = [
  "not-found",
  "terms-refused",
  "parties-refused",
  "not-a-party",
  "not-a-signatory",
  "proposal-closed",
  "turn-changed",
  "expiry-in-the-past",
  "fresh-sign-in-needed",
  "signing-authority-needed",
  "beyond-signing-authority",
  "contract-already-in-force",
  "contract-changed-meanwhile",
] as const;

export const openProposal = defineEndpoint({
  id: "openProposal",
  at: "api",
  method: "POST",
  path: "/v1/proposals",
  tag,
  summary: "Open a proposal from an offer, for a programme, or as an amendment of a contract",
  description:
    "Exactly one of `offer`, `programme`, `contract`. From an offer, parties and terms are the offer's unless given; the merchant names the `partner`. An amendment keeps parties and terms unless given.",
  access: "contracts:write",
  body: z.strictObject({
    offer: id("off").optional(),
    programme: id("prg").optional(),
    contract: id("ctr").optional(),
    partner: id("org").optional(),
    parties: z.array(contractParty).min(2).max(12).readonly().optional(),
    terms: dealTerms.optional(),
    ...turnInput,
  }),
  status: 201,
  answer: proposalView,
  problems: [...negotiationProblems, "invalid-request", "offer-closed"],
});

export const listProposals = defineEndpoint({
  id: "listProposals",
  at: "api",
  method: "GET",
  path: "/v1/proposals",
  tag,
  summary: "List proposals; `turn=mine` are those that wait for the acting organisation",
  access: "contracts:read",
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(["open", "closed", "any"]).default("any"),
    turn: z.enum(["mine", "theirs", "any"]).default("any"),
    programme: id("prg").optional(),
  }),
  status: 200,
  answer: pageOf(proposalRow),
  problems: [],
});

export const getProposal = defineEndpoint({
  id: "getProposal",
  at: "api",
  method: "GET",
  path: "/v1/proposals/{proposalId}",
  tag,
  summary: "Show a proposal with all its turns",
  access: "contracts:read",
  params: proposalParams,
  status: 200,
  answer: proposalView,
  problems: ["not-found"],
});

export const counterProposal = defineEndpoint({
  id: "counterProposal",
  at: "api",
  method: "POST",
  path: "/v1/proposals/{proposalId}/turns",
  tag,
  summary: "Hand over the next turn, or save it as a private draft",
  access: "contracts:write",
  params: proposalParams,
  body: z.strictObject({
    expectedTurn: z.int().min(0),
    terms: dealTerms,
    parties: z.array(contractParty).min(2).max(12).readonly().optional(),
    ...turnInput,
  }),
  status: 201,
  answer: proposalView,
  problems: [...negotiationProblems],
});

export const acceptProposal = defineEndpoint({
  id: "acceptProposal",
  at: "api",
  method: "POST",
  path: "/v1/proposals/{proposalId}/acceptance",
  tag,
  summary: "Accept the current turn by its hash; the last signatory's acceptance concludes the contract",
  access: "contracts:sign",
  params: proposalParams,
  body: z.strictObject({ expectedTurn: z.int().min(1), hash: sha256Hex }),
  status: 200,
  answer: proposalView,
  problems: [...negotiationProblems, "hash-differs", "already-accepted"],
});

export const declineProposal = defineEndpoint({
  id: "declineProposal",
  at: "api",
  method: "POST",
  path: "/v1/proposals/{proposalId}/decline",
  tag,
  summary: "Decline a proposal for good",
  access: "contracts:write",
  params: proposalParams,
  body: z.strictObject({ expectedTurn: z.int().min(1), reason: z.string().max(1000).default("") }),
  status: 200,
  answer: proposalView,
  problems: ["not-found", "not-a-signatory", "proposal-closed", "turn-changed"],
});

export const withdrawProposal = defineEndpoint({
  id: "withdrawProposal",
  at: "api",
  method: "POST",
  path: "/v1/proposals/{proposalId}/withdraw",
  tag,
  summary: "Withdraw a proposal that one opened or whose current turn one handed over",
  access: "contracts:write",
  params: proposalParams,
  body: z.strictObject({ expectedTurn: z.int().min(0), reason: z.string().max(1000).default("") }),
  status: 200,
  answer: proposalView,
  problems: ["not-found", "not-yours-to-withdraw", "proposal-closed", "turn-changed"],
});

export const listContracts = defineEndpoint({
  id: "listContracts",
  at: "api",
  method: "GET",
  path: "/v1/contracts",
  tag,
  summary: "List the contracts that the acting organisation is a party to",
  access: "contracts:read",
  query: z.strictObject({ ...pageQuery, programme: id("prg").optional() }),
  status: 200,
  answer: pageOf(contractRow),
  problems: [],
});

export const getContract = defineEndpoint({
  id: "getContract",
  at: "api",
  method: "GET",
  path: "/v1/contracts/{contractId}",
  tag,
  summary: "Show a contract with its current version",
  access: "contracts:read",
  params: contractParams,
  status: 200,
  answer: contractView,
  problems: ["not-found"],
});

export const listContractVersions = defineEndpoint({
  id: "listContractVersions",
  at: "api",
  method: "GET",
  path: "/v1/contracts/{contractId}/versions",
  tag,
  summary: "List a contract's versions, newest first",
  access: "contracts:read",
  params: contractParams,
  status: 200,
  answer: z.strictObject({ rows: z.array(versionRow).readonly() }),
  problems: ["not-found"],
});

export const compareContractVersions = defineEndpoint({
  id: "compareContractVersions",
  at: "api",
  method: "GET",
  path: "/v1/contracts/{contractId}/changes",
  tag,
  summary: "Show what changed between two versions",
  access: "contracts:read",
  params: contractParams,
  query: z.strictObject({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
  status: 200,
  answer: z.strictObject({ from: z.int(), to: z.int(), changes: z.array(dealChange).readonly() }),
  problems: ["not-found"],
});

export const getContractVersion = defineEndpoint({
  id: "getContractVersion",
  at: "api",
  method: "GET",
  path: "/v1/contract-versions/{versionId}",
  tag,
  summary: "Show one version: terms, texts in both languages, hash and acceptances",
  access: "contracts:read",
  params: z.strictObject({ versionId: id("cvn") }),
  status: 200,
  answer: contractVersionView,
  problems: ["not-found"],
});

export const previewTerms = defineEndpoint({
  id: "previewTerms",
  at: "api",
  method: "POST",
  path: "/v1/terms/preview",
  tag,
  summary: "Check terms and read them as text, without storing anything",
  access: "contracts:read",
  body: z.strictObject({
    programme: id("prg"),
    terms: dealTerms,
    parties: z.array(contractParty).max(12).readonly().default([]),
    /** When given, the answer says what changed against these. */
    against: dealTerms.optional(),
  }),
  status: 200,
  answer: z.strictObject({
    findings: z.array(dealFinding).readonly(),
    text: dealText,
    headline: localText(),
    changes: z.array(dealChange).readonly(),
  }),
  problems: ["not-found"],
});

export const getDealVocabulary = defineEndpoint({
  id: "getDealVocabulary",
  at: "api",
  method: "GET",
  path: "/v1/deal-vocabulary",
  tag,
  summary: "The fields and commission models that terms are made of, with their labels",
  access: "contracts:read",
  status: 200,
  answer: z.strictObject({
    fields: z.array(dealFieldView).readonly(),
    models: z.array(commissionModelView).readonly(),
    declineReasons: z.array(z.strictObject({ code: z.string(), label: localText() })).readonly(),
  }),
  problems: [],
});

export const contractsEndpoints = [
  createProgramme,
  listProgrammes,
  getProgramme,
  updateProgramme,
  createOffer,
  listOffers,
  getOffer,
  updateOffer,
  openProposal,
  listProposals,
  getProposal,
  counterProposal,
  acceptProposal,
  declineProposal,
  withdrawProposal,
  listContracts,
  getContract,
  listContractVersions,
  compareContractVersions,
  getContractVersion,
  previewTerms,
  getDealVocabulary,
] as const satisfies readonly Endpoint[];
