import {
  type ContractId,
  type ContractVersionId,
  canonicalJson,
  type Instant,
  type LocalText,
  type OrgId,
  type ProgrammeId,
  type ProposalId,
  plusMs,
} from "@biotop/kernel";
import { plainJson } from "./calculate.ts";
import type { Terms } from "./terms.ts";

export type PartyRole = "payer" | "earner" | "intermediary" | "agency" | "technology" | "service" | "operator";

/** An organisation in its roles of this contract. */
export type Party = { readonly org: OrgId; readonly roles: readonly PartyRole[]; readonly signatory: boolean };

export type EffectiveRule = { readonly rule: "on-conclusion" } | { readonly rule: "at"; readonly at: Instant };

/** The version of a contract that an amendment replaces. */
export type Amended = {
  readonly contract: ContractId;
  readonly version: ContractVersionId;
  readonly no: number;
  readonly hash: string;
  readonly effectiveFrom: Instant;
};

/** Everything that the parties accept. */
export type Agreement = {
  readonly proposal: ProposalId;
  readonly kind: "partnership";
  readonly programme: { readonly id: ProgrammeId; readonly merchant: OrgId };
  readonly parties: readonly Party[];
  readonly terms: Terms;
  readonly effective: EffectiveRule;
  readonly amends: Amended | null;
};

/** The signed text: canonical JSON (RFC 8785). Its SHA-256 is the hash that every signatory accepts. */
export function agreementDocument(agreement: Agreement): string {
  const { proposal, kind, programme, parties, terms, effective, amends } = agreement;
  return canonicalJson(plainJson({ schema: "biotop.agreement/1", proposal, kind, programme, parties, terms, effective, amends }));
}

/** The moment from which a concluded version holds: never before its conclusion, always after the version that it replaces. */
export function effectiveFrom(rule: EffectiveRule, concludedAt: Instant, previousFrom: Instant | undefined): Instant {
  const wanted = rule.rule === "at" && rule.at > concludedAt ? rule.at : concludedAt;
  return previousFrom !== undefined && wanted <= previousFrom ? plusMs(previousFrom, 1) : wanted;
}

export function signatoriesOf(parties: readonly Party[]): readonly OrgId[] {
  return parties.filter((party) => party.signatory).map((party) => party.org);
}

export function orgsOf(parties: readonly Party[]): readonly OrgId[] {
  return parties.map((party) => party.org);
}

export function withRole(parties: readonly Party[], role: PartyRole): OrgId | undefined {
  return parties.find((party) => party.roles.includes(role))?.org;
}

export type PartyFinding = { readonly pointer: string; readonly code: keyof typeof partyFindingTitles; readonly title: LocalText };

export const partyFindingTitles = {
  "duplicate-party": { de: "Diese Organisation ist doppelt genannt", en: "This organisation is named twice" },
  "one-payer": { de: "Genau eine Partei zahlt", en: "Exactly one party pays" },
  "one-earner": { de: "Genau eine Partei verdient die Provision", en: "Exactly one party earns the commission" },
  "payer-is-earner": { de: "Zahler und Partner sind verschiedene Organisationen", en: "Payer and partner are different organisations" },
  "must-sign": { de: "Zahler, Partner und Händler des Programms unterschreiben", en: "Payer, partner and the programme’s merchant sign" },
  "merchant-missing": { de: "Der Händler des Programms ist keine Partei", en: "The programme’s merchant is not a party" },
  "signatory-left-out": {
    de: "Wer die geltende Fassung unterschrieben hat, unterschreibt auch ihre Änderung",
    en: "Whoever signed the version in force also signs its amendment",
  },
  "programme-fixed": {
    de: "Zahler und Partner eines Vertrags wechseln nicht; das wäre ein neuer Vertrag",
    en: "Payer and partner of a contract do not change; that would be a new contract",
  },
  "unknown-organisation": { de: "Diese Organisation gibt es nicht", en: "There is no such organisation" },
} as const satisfies Record<string, LocalText>;

/** Who may sign what with whom; `before` are the parties of the version that is amended. */
export function checkParties(parties: readonly Party[], merchant: OrgId, before: readonly Party[] | undefined): readonly PartyFinding[] {
  const orgs = orgsOf(parties);
  const payers = parties.filter((party) => party.roles.includes("payer"));
  const earners = parties.filter((party) => party.roles.includes("earner"));
  const mustSign = new Set<OrgId>([merchant, ...orgsOf(payers), ...orgsOf(earners)]);
  return [
    ...parties.flatMap((party, index) =>
      orgs.indexOf(party.org) < index ? [partyFinding(`/parties/${index}/org`, "duplicate-party")] : [],
    ),
    ...(payers.length === 1 ? [] : [partyFinding("/parties", "one-payer")]),
    ...(earners.length === 1 ? [] : [partyFinding("/parties", "one-earner")]),
    ...(payers.some((payer) => earners.some((earner) => earner.org === payer.org)) ? [partyFinding("/parties", "payer-is-earner")] : []),
    ...(orgs.includes(merchant) ? [] : [partyFinding("/parties", "merchant-missing")]),
    ...parties.flatMap((party, index) =>
      mustSign.has(party.org) && !party.signatory ? [partyFinding(`/parties/${index}/signatory`, "must-sign")] : [],
    ),
    ...(before ? checkAgainst(parties, before) : []),
  ];
}

function checkAgainst(parties: readonly Party[], before: readonly Party[]): readonly PartyFinding[] {
  const signs = new Set(signatoriesOf(parties));
  const isSame = withRole(parties, "payer") === withRole(before, "payer") && withRole(parties, "earner") === withRole(before, "earner");
  return [
    ...(isSame ? [] : [partyFinding("/parties", "programme-fixed")]),
    ...(signatoriesOf(before).every((org) => signs.has(org)) ? [] : [partyFinding("/parties", "signatory-left-out")]),
  ];
}

export function partyFinding(pointer: string, code: PartyFinding["code"]): PartyFinding {
  return { pointer, code, title: partyFindingTitles[code] };
}
