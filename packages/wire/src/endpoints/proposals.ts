import { z } from "zod";
import { id, instantText, pageOf, pageQuery } from "../codecs.ts";
import { contractParty, dealTerms, effectiveRule } from "../deal-terms.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { message, proposalRow, proposalView, sha256Hex } from "./contract-views.ts";

const tag = "Contracts";

const proposalParams = z.strictObject({ proposalId: id("prp") });

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

/** Negotiation in turns. */
export const proposalEndpoints = [
  openProposal,
  listProposals,
  getProposal,
  counterProposal,
  acceptProposal,
  declineProposal,
  withdrawProposal,
] as const satisfies readonly Endpoint[];
