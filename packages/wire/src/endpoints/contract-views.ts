import { z } from "zod";
import { currencyCode, id, instantText, localText, timeZoneName } from "../codecs.ts";
import { contractParty, dealChange, dealFinding, dealTerms, dealText, effectiveRule } from "../deal-terms.ts";

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

export const consentPolicy = z.enum(["strict", "assumed"]);

export const programmeState = z.enum(["active", "paused"]);

export const message = z.string().max(5000);

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

export const proposalRow = z.strictObject({
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

export const versionRow = z.strictObject({
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

export const contractRow = z.strictObject({
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
