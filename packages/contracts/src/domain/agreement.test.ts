import { instant } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { agreementDocument, checkParties, effectiveFrom, type Party } from "./agreement.ts";
import { type Proposal, turnOf } from "./proposal.ts";

const party = (org: `org_${string}`, role: Party["roles"][number], signatory = true): Party => ({ org, roles: [role], signatory });
const merchant = party("org_m", "payer");
const partner = party("org_p", "earner");
const agency = party("org_a", "agency");
const codes = (parties: readonly Party[], before?: readonly Party[]) => checkParties(parties, "org_m", before).map((each) => each.code);

describe("checkParties", () => {
  test("asks for one payer, one earner and the merchant, who all sign", () => {
    expect(codes([merchant, partner, agency])).toEqual([]);
    expect(codes([merchant, agency])).toEqual(["one-earner"]);
    expect(codes([merchant, party("org_p", "earner", false)])).toEqual(["must-sign"]);
    expect(codes([party("org_n", "payer"), partner])).toEqual(["merchant-missing"]);
    expect(codes([merchant, partner, partner])).toEqual(["duplicate-party", "one-earner"]);
  });

  test("an amendment keeps payer, earner and every signatory", () => {
    const before = [merchant, partner, agency];
    expect(codes(before, before)).toEqual([]);
    expect(codes([merchant, partner], before)).toEqual(["signatory-left-out"]);
    expect(codes([merchant, party("org_q", "earner"), party("org_p", "service"), agency], before)).toEqual(["programme-fixed"]);
  });
});

describe("effectiveFrom", () => {
  const now = instant("2026-03-01T00:00:00Z");
  test("is never before the conclusion and always after the version before", () => {
    expect(effectiveFrom({ rule: "on-conclusion" }, now, undefined)).toBe(now);
    expect(effectiveFrom({ rule: "at", at: instant("2026-02-01T00:00:00Z") }, now, undefined)).toBe(now);
    expect(effectiveFrom({ rule: "at", at: instant("2026-04-01T00:00:00Z") }, now, now)).toBe("2026-04-01T00:00:00.000Z");
    expect(effectiveFrom({ rule: "on-conclusion" }, now, now)).toBe("2026-03-01T00:00:00.001Z");
  });
});

describe("agreementDocument", () => {
  test("is canonical: the order in which members were written does not matter, everything signed is in it", () => {
    const terms = { version: 1, notes: "ä" } as never;
    const agreement = {
      proposal: "prp_1",
      kind: "partnership",
      programme: { id: "prg_1", merchant: "org_m" },
      parties: [merchant],
      terms,
      effective: { rule: "on-conclusion" },
      amends: null,
    } as const;
    const { amends, ...rest } = agreement;
    expect(agreementDocument({ amends, ...rest })).toBe(agreementDocument(agreement));
    expect(agreementDocument(agreement)).toBe(
      '{"amends":null,"effective":{"rule":"on-conclusion"},"kind":"partnership","parties":[{"org":"org_m","roles":["payer"],"signatory":true}],' +
        '"programme":{"id":"prg_1","merchant":"org_m"},"proposal":"prp_1","schema":"biotop.agreement/1","terms":{"notes":"ä","version":1}}',
    );
  });
});

describe("turnOf", () => {
  const now = instant("2026-03-01T00:00:00Z");
  const open = (acceptedBy: readonly `org_${string}`[]): Proposal => ({
    id: "prp_1",
    kind: "partnership",
    programme: "prg_1",
    merchant: "org_m",
    offer: null,
    amends: null,
    openedBy: "org_m",
    openedAt: now,
    changedAt: now,
    state: "open",
    standing: {
      turn: 1,
      by: "org_m",
      hash: "",
      parties: [merchant, partner, party("org_t", "technology", false)],
      acceptedBy,
      expiresAt: null,
    },
  });

  test("it is the others' turn first, then the author's own if it has not accepted yet; who does not sign is never asked", () => {
    expect(turnOf(open([]))).toEqual(["org_p"]);
    expect(turnOf(open(["org_p"]))).toEqual(["org_m"]);
  });
});
