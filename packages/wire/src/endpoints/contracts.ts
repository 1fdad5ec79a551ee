import { z } from "zod";
import { id, localText, pageOf, pageQuery } from "../codecs.ts";
import { commissionModelView, contractParty, dealChange, dealFieldView, dealFinding, dealTerms, dealText } from "../deal-terms.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { contractRow, contractVersionView, contractView, versionRow } from "./contract-views.ts";
import { programmeEndpoints } from "./programmes.ts";
import { proposalEndpoints } from "./proposals.ts";

const tag = "Contracts";

const contractParams = z.strictObject({ contractId: id("ctr") });

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
  ...programmeEndpoints,
  ...proposalEndpoints,
  listContracts,
  getContract,
  listContractVersions,
  compareContractVersions,
  getContractVersion,
  previewTerms,
  getDealVocabulary,
] as const satisfies readonly Endpoint[];
