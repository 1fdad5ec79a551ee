import type { OrgId } from "@biotop/kernel";
import { acceptProposal, counterProposal, getProposal, openProposal } from "@biotop/wire";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contractsInvariants } from "../src/invariants.ts";
import { type Floor, openFloor, rateOf, termsGiven } from "./negotiation-floor.ts";

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const parties = (earner: OrgId) => [
  { org: floor.merchant, roles: ["payer"], signatory: true },
  { org: earner, roles: ["earner"], signatory: true },
];

const broken = (id: string) =>
  floor.store.db.inTransaction("system", async (tx) => contractsInvariants.find((check) => check.id === id)?.violations(tx));

describe("races", () => {
  test("of 32 counters and acceptances at once exactly one wins, and the others are told what changed", async () => {
    const { merchant, partner, programme, get, call } = floor;
    const open = await get({ org: merchant }, openProposal, {
      body: { programme, parties: parties(partner), terms: termsGiven(), accept: true },
    });
    const path = { proposalId: open.id };
    const moves = Array.from({ length: 32 }, (_, index) =>
      index % 2 === 0
        ? call({ org: partner }, acceptProposal, { path, body: { expectedTurn: 1, hash: open.hash ?? "" } })
        : call({ org: partner }, counterProposal, { path, body: { expectedTurn: 1, terms: termsGiven(rateOf(String(80_000 + index))) } }),
    );
    const answers = await Promise.all(moves);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const kinds = new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.kind])));
    for (const kind of kinds) expect(["turn-changed", "proposal-closed"]).toContain(kind);
    const after = await get({ org: merchant }, getProposal, { path });
    expect(after.state === "accepted" ? after.turn : after.turn - 1).toBe(1);
  });

  test("of 8 proposals for the same programme and partner that conclude at once one makes the contract", async () => {
    const { merchant, agency, programme, get, call, store } = floor;
    const body = { programme, parties: parties(agency), terms: termsGiven(), accept: true };
    const open = await Promise.all(Array.from({ length: 8 }, () => get({ org: merchant }, openProposal, { body })));
    const answers = await Promise.all(
      open.map(({ id, hash }) => call({ org: agency }, acceptProposal, { path: { proposalId: id }, body: { expectedTurn: 1, hash } })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const { rows } = await store.db.inTransaction("system", (tx) =>
      tx.query("select id from contracts.contract where earner_id = $1", [agency]),
    );
    expect(rows).toHaveLength(1);
    const { rows: halves } = await store.db.inTransaction("system", (tx) =>
      tx.query(
        `select from contracts.acceptance a join contracts.proposal p on p.id = a.proposal_id
         where a.org_id = $1 and p.state = 'open'`,
        [agency],
      ),
    );
    expect(halves).toHaveLength(0);
  });
});

describe("the database", () => {
  test("refuses to change or delete what was agreed", async () => {
    for (const table of ["turn", "acceptance", "contract", "version"]) {
      for (const sql of [`update contracts.${table} set party_ids = '{}'`, `delete from contracts.${table}`])
        await expect(floor.store.db.inTransaction("system", (tx) => tx.query(sql))).rejects.toThrow("permission denied");
    }
  });

  test("shows a foreign organisation nothing of a contract and takes no row for it", async () => {
    const seen = await floor.store.db.inTransaction({ org: "org_foreign" }, async (tx) => {
      const counts: number[] = [];
      for (const table of ["proposal", "turn", "acceptance", "draft", "contract", "version"])
        counts.push((await tx.query(`select from contracts.${table}`)).rows.length);
      return counts;
    });
    expect(seen).toEqual([0, 0, 0, 0, 0, 0]);
    const planted = floor.store.db.inTransaction({ org: "org_foreign" }, (tx) =>
      tx.query(
        `insert into contracts.contract (id, kind, programme_id, payer_id, earner_id, created_at, party_ids)
         values ('ctr_x', 'partnership', $1, $2, 'org_x', '2026-01-01T00:00:00Z', array[$2])`,
        [floor.programme, floor.merchant],
      ),
    );
    await expect(planted).rejects.toThrow("row-level security");
  });

  test("lets no version take effect before the one that it replaces", async () => {
    const copy = (no: number, from: string) =>
      floor.store.db.inTransaction("system", (tx) =>
        tx.query(
          `insert into contracts.version (id, contract_id, no, proposal_id, turn_no, parties, terms, document, hash, concluded_at,
             effective_from, previous_no, previous_effective_from, party_ids)
           select id || '-copy', contract_id, $1::integer, proposal_id || '-copy', turn_no, parties, terms, document, hash, $2::timestamptz, $2::timestamptz, no, effective_from,
             party_ids from contracts.version order by id limit 1`,
          [no, from],
        ),
      );
    await expect(copy(2, "2026-02-01T00:00:00Z")).rejects.toThrow("check constraint");
    await expect(copy(3, "2026-12-01T00:00:00Z")).rejects.toThrow("check constraint");
  });
});

describe("verify", () => {
  test("finds nothing in an honest store and names a version of which one byte was changed", async () => {
    for (const check of contractsInvariants) expect(await broken(check.id)).toEqual([]);

    const owner = new Client({ connectionString: floor.store.url });
    await owner.connect();
    try {
      const { rows } = await owner.query<{ id: string }>("select id from contracts.version order by id limit 1");
      const id = rows[0]?.id ?? "";
      await owner.query(`update contracts.version set terms = jsonb_set(terms, '{attribution,clickWindowDays}', '31') where id = $1`, [id]);
      expect(await broken("contracts.hash-of-version")).toEqual([`${id}: terms differ from the signed document`]);
      await owner.query(`update contracts.version set document = replace(document, '"80000"', '"80001"') where id = $1`, [id]);
      expect((await broken("contracts.hash-of-version"))?.[0]).toContain(`${id}: the document does not have the hash`);
      await owner.query("delete from contracts.acceptance where org_id = $1", [floor.agency]);
      expect((await broken("contracts.accepted-by-all"))?.[0]).toContain(`not accepted by ${floor.agency}`);
    } finally {
      await owner.end();
    }
  });
});
