import { type ContractVersionId, canonicalJson, instant, type Json, type OrgId, type ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export const merchant: OrgId = "org_shop";
export const blog: OrgId = "org_blog";
export const cashback: OrgId = "org_cash";
export const agency: OrgId = "org_agency";
export const programme: ProgrammeId = "prg_shop";
export const startsAt = instant("2026-01-15T10:00:00Z");

const baseTerms = {
  version: 1,
  currency: "EUR",
  timeZone: "Europe/Berlin",
  attribution: { model: "last-click", clickWindowDays: 30 },
  validation: { days: 30, onDeadline: "approve", declineReasons: ["cancelled", "returned", "fraud"] },
  rateLock: "conversion",
  exchange: { dateRule: "conversion" },
  payment: { cycle: "monthly", thresholdMinor: "2500", mode: "direct" },
  selfBilling: { agreed: true },
  notes: "",
};

/** 10 % of toys, 5 % of everything else; the agency gets 20 % of the commission on top. */
export const blogTerms: Json = {
  ...baseTerms,
  conversionTypes: [
    {
      event: "sale",
      level: "item",
      rules: [
        {
          id: "toys",
          label: { de: "Spielzeug", en: "Toys" },
          when: { field: "itemGroup", op: "eq", value: "toys" },
          pay: { kind: "percent", ppm: "100000" },
        },
      ],
      otherwise: { kind: "percent", ppm: "50000" },
    },
  ],
  splits: [{ id: "agency", payee: agency, kind: "on-top-of-commission", ppm: "200000" }],
};

/** 4 % of the order. */
export const cashTerms: Json = {
  ...baseTerms,
  conversionTypes: [{ event: "sale", level: "order", rules: [], otherwise: { kind: "percent", ppm: "40000" } }],
  splits: [],
};

export async function insertProgramme(tx: Tx): Promise<void> {
  await tx.query(
    `insert into contracts.programme (id, org_id, name, home_url, hosts, currency, time_zone, consent_policy, state, created_at)
     values ($1, $2, 'Shop', 'https://shop.example', array['shop.example'], 'EUR', 'Europe/Berlin', 'strict', 'active', $3)`,
    [programme, merchant, startsAt],
  );
}

/** The rows that a concluded negotiation leaves; the negotiation itself is tested where it lives. */
export async function insertContract(tx: Tx, name: string, earner: OrgId, terms: Json): Promise<void> {
  const parties = [
    { org: merchant, roles: ["payer"], signatory: true },
    { org: earner, roles: ["earner"], signatory: true },
    ...(earner === blog ? [{ org: agency, roles: ["agency"], signatory: true }] : []),
  ];
  const ids = { proposal: `prp_${name}`, contract: `ctr_${name}`, version: `cvn_${name}` as ContractVersionId };
  const hash = name === "blog" ? "b".repeat(64) : "c".repeat(64);
  const orgs = parties.map((party) => party.org);
  const from = instant("2025-01-01T00:00:00Z");
  const json = canonicalJson(terms);
  await tx.query(
    `insert into contracts.proposal (id, kind, programme_id, merchant_id, opened_by, opened_at, changed_at, state, turn, reason, contract_id,
       party_ids, turn_of) values ($1, 'partnership', $2, $3, $3, $4, $4, 'accepted', 1, '', $5, $6, '{}')`,
    [ids.proposal, programme, merchant, from, ids.contract, orgs],
  );
  await tx.query(
    `insert into contracts.turn (proposal_id, no, by_org, at, message, terms, parties, effective, document, hash, party_ids)
     values ($1, 1, $2, $3, '', $4, $5, '{"rule":"on-conclusion"}', 'document', $6, $7)`,
    [ids.proposal, merchant, from, json, JSON.stringify(parties), hash, orgs],
  );
  await tx.query(
    `insert into contracts.contract (id, kind, programme_id, payer_id, earner_id, created_at, party_ids)
     values ($1, 'partnership', $2, $3, $4, $5, $6)`,
    [ids.contract, programme, merchant, earner, from, orgs],
  );
  await tx.query(
    `insert into contracts.version (id, contract_id, no, proposal_id, turn_no, parties, terms, document, hash, concluded_at, effective_from,
       party_ids) values ($1, $2, 1, $3, 1, $4, $5, 'document', $6, $7, $7, $8)`,
    [ids.version, ids.contract, ids.proposal, JSON.stringify(parties), json, hash, from, orgs],
  );
}
