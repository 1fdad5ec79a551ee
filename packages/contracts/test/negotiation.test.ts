import { instant, type OrgId } from "@biotop/kernel";
import {
  type AnswerOf,
  acceptProposal,
  compareContractVersions,
  counterProposal,
  createOffer,
  declineProposal,
  getContract,
  getContractVersion,
  getProposal,
  listContracts,
  listOffers,
  listProgrammes,
  listProposals,
  openProposal,
  updateOffer,
  withdrawProposal,
} from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calculate, contractInForce } from "../src/index.ts";
import { contractToDos } from "../src/queries.ts";
import { type Floor, openFloor, rateOf, termsGiven } from "./negotiation-floor.ts";

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

type ProposalAnswer = AnswerOf<typeof getProposal>;
const at = (proposal: ProposalAnswer) => ({ proposalId: proposal.id });
const partiesWith = (earner: OrgId, more: readonly object[] = []) => [
  { org: floor.merchant, roles: ["payer"], signatory: true },
  { org: earner, roles: ["earner"], signatory: true },
  ...more,
];

/** A new partner organisation, so that each test has its own pair. */
async function partner(name: string): Promise<OrgId> {
  const id: OrgId = `org_${name}`;
  await floor.store.db.inTransaction("system", (tx) =>
    tx.query(
      `insert into directory.organisation (id, name, country, language, time_zone, capabilities, is_operator, member_count, created_at)
       values ($1, $1, 'AT', 'de', 'Europe/Vienna', '{promote}', false, 0, $2)`,
      [id, floor.clock.now()],
    ),
  );
  return id;
}

describe("negotiating", () => {
  test("two parties take turns, accept the same hash, and the version prices from then on", async () => {
    const { merchant, partner: blog, programme, get } = floor;
    const first = await get({ org: merchant }, openProposal, {
      body: { programme, parties: partiesWith(blog), terms: termsGiven(), message: "Our standard", accept: true },
    });
    expect(first).toMatchObject({ state: "open", turn: 1, turnOf: [blog], can: { accept: false, withdraw: true } });

    const countered = await get({ org: blog }, counterProposal, {
      path: at(first),
      body: { expectedTurn: 1, terms: termsGiven(rateOf("100000")), message: "Ten, please" },
    });
    expect(countered).toMatchObject({ turn: 2, turnOf: [merchant] });
    expect(countered.turns[1]?.changes).toEqual([
      {
        pointer: "/conversionTypes/0/otherwise",
        label: { de: "Verkauf: in allen anderen Fällen", en: "Sale: in all other cases" },
        before: { de: "8\u00a0% des Nettowerts", en: "8% of the net value" },
        after: { de: "10\u00a0% des Nettowerts", en: "10% of the net value" },
      },
    ]);
    const todos = await floor.store.db.inTransaction({ org: merchant }, (tx) => contractToDos(tx, merchant));
    expect(todos).toMatchObject([{ kind: "proposal-turn", proposal: first.id }]);

    const hash = countered.hash ?? "";
    const half = await get({ org: merchant }, acceptProposal, { path: at(first), body: { expectedTurn: 2, hash } });
    expect(half).toMatchObject({ state: "open", contract: null, turnOf: [blog] });
    const done = await get({ org: blog }, acceptProposal, { path: at(first), body: { expectedTurn: 2, hash } });
    expect(done).toMatchObject({ state: "accepted", turnOf: [] });

    const version = await floor.store.db.inTransaction("system", (tx) =>
      contractInForce(tx, { programme, earner: blog, at: floor.clock.now() }),
    );
    expect(version).toMatchObject({ contractId: done.contract, no: 1, hash, payer: merchant, earner: blog });
    const order = { event: "sale", occurredAt: floor.clock.now(), currency: "EUR" as never, rate: undefined, rateDate: undefined };
    const priced =
      version && calculate({ ...order, customerStatus: undefined, voucherCodes: [], positions: [], netMinor: 9_995n }, version.terms, {});
    expect(priced?.earnerMinor).toBe(1_000n);
  });

  test("a contract needs all of three signatories", async () => {
    const { merchant, agency, programme, get } = floor;
    const earner = await partner("three");
    const splits = [{ id: "agency", payee: agency, kind: "on-top-of-commission", ppm: "150000" }];
    const third = { org: agency, roles: ["agency"], signatory: true };
    const open = await get({ org: agency }, openProposal, {
      body: { programme, parties: partiesWith(earner, [third]), terms: termsGiven({ splits }), accept: true },
    });
    const seen = { path: at(open), body: { expectedTurn: 1, hash: open.hash ?? "" } };
    expect(await get({ org: earner }, acceptProposal, seen)).toMatchObject({ state: "open", turnOf: [merchant] });
    const twice = await floor.call({ org: earner }, acceptProposal, seen);
    expect(twice).toMatchObject({ ok: false, status: 409, problem: { kind: "already-accepted" } });
    const done = await get({ org: merchant }, acceptProposal, seen);
    expect(done.state).toBe("accepted");
    expect(done.turns[0]?.acceptances.map((each) => each.org).sort()).toEqual([agency, earner, merchant].sort());
    for (const org of [merchant, earner, agency]) {
      const contract = await get({ org }, getContract, { path: { contractId: done.contract ?? "" } });
      expect(
        contract.current.text.de.some((section) => section.sentences.join().includes("Beam agency erhält 15\u00a0% der Provision")),
      ).toBe(true);
    }
  });

  test("an open offer with standing acceptance concludes when a partner takes it as it stands, and only then", async () => {
    const { merchant, programme, get } = floor;
    const offer = await get({ org: merchant }, createOffer, {
      body: { programme, title: "For everybody", terms: termsGiven(), isOpen: true, autoAccept: true },
    });
    const taker = await partner("taker");
    expect((await get({ org: taker }, listOffers)).rows.map((row) => row.id)).toContain(offer.id);
    expect((await get({ org: taker }, listProgrammes, { query: "?relation=offered" })).rows).toMatchObject([
      { id: programme, contract: null },
    ]);
    const done = await get({ org: taker }, openProposal, { body: { offer: offer.id, accept: true } });
    expect(done.state).toBe("accepted");
    const version = await get({ org: taker }, getContract, { path: { contractId: done.contract ?? "" } });
    expect(version.current.acceptances.map((each) => each.authority.kind).sort()).toEqual(["person", "standing-offer"]);

    const haggler = await partner("haggler");
    const other = await get({ org: haggler }, openProposal, {
      body: { offer: offer.id, terms: termsGiven(rateOf("120000")), accept: true },
    });
    expect(other).toMatchObject({ state: "open", turnOf: [merchant] });
    expect(other.turns[0]?.changes).toHaveLength(1);

    const again = await floor.call({ org: taker }, openProposal, { body: { offer: offer.id, accept: true } });
    expect(again).toMatchObject({ ok: false, problem: { kind: "contract-already-in-force" } });
    await get({ org: merchant }, updateOffer, { path: { offerId: offer.id }, body: { state: "closed" } });
    const late = await floor.call({ org: await partner("late") }, openProposal, { body: { offer: offer.id } });
    expect(late).toMatchObject({ ok: false, problem: { kind: "offer-closed" } });
  });

  test("an offer by invitation is seen by the invited and by nobody else", async () => {
    const { merchant, programme, get } = floor;
    const [invited, stranger] = [await partner("invited"), await partner("stranger")];
    const offer = await get({ org: merchant }, createOffer, {
      body: { programme, title: "By invitation", terms: termsGiven(), isOpen: false, invited: [invited] },
    });
    expect((await get({ org: invited }, listOffers)).rows.map((row) => row.id)).toContain(offer.id);
    expect((await get({ org: stranger }, listOffers)).rows.map((row) => row.id)).not.toContain(offer.id);
    const taken = await floor.call({ org: stranger }, openProposal, { body: { offer: offer.id } });
    expect(taken).toMatchObject({ ok: false, status: 404 });

    const subscription = floor.module.subscriptions.find((each) => each.type === "invitation.accepted");
    const event = {
      type: "invitation.accepted",
      invitation: "inv_1",
      kind: "partner",
      invitedBy: merchant,
      org: stranger,
      offer: offer.id,
    };
    await floor.store.db.inTransaction("system", async (tx) => subscription?.handle(tx, event));
    expect((await get({ org: stranger }, listOffers)).rows.map((row) => row.id)).toContain(offer.id);
  });

  test("a draft is seen by its author alone until it is handed over", async () => {
    const { merchant, programme, get, call } = floor;
    const earner = await partner("drafted");
    const draft = await get({ org: merchant }, openProposal, {
      body: { programme, parties: partiesWith(earner), terms: termsGiven(), handOver: false },
    });
    expect(draft).toMatchObject({ state: "draft", turn: 0, hash: null, can: { counter: true, accept: false } });
    expect(await call({ org: earner }, getProposal, { path: at(draft) })).toMatchObject({ ok: false, status: 404 });
    expect((await get({ org: earner }, listProposals)).rows).toEqual([]);

    const handed = await get({ org: merchant }, counterProposal, { path: at(draft), body: { expectedTurn: 0, terms: termsGiven() } });
    expect(handed).toMatchObject({ state: "open", turn: 1, draft: null });
    const secret = { expectedTurn: 1, terms: termsGiven(rateOf("90000")), handOver: false, message: "not yet" };
    expect((await get({ org: earner }, counterProposal, { path: at(draft), body: secret })).draft?.message).toBe("not yet");
    const seen = await get({ org: merchant }, getProposal, { path: at(draft) });
    expect(seen).toMatchObject({ draft: null, turn: 1, turnOf: [earner] });
  });

  test("an amendment is the next version; both stay readable, and old conversions keep the old rate", async () => {
    const { merchant, programme, get, call } = floor;
    const earner = await partner("amended");
    const first = await get({ org: merchant }, openProposal, {
      body: { programme, parties: partiesWith(earner), terms: termsGiven(), accept: true },
    });
    const done = await get({ org: earner }, acceptProposal, { path: at(first), body: { expectedTurn: 1, hash: first.hash ?? "" } });
    const contract = done.contract ?? "";
    const signedAt = floor.clock.now();
    floor.clock.set(instant("2026-03-10T09:00:00Z"));
    const effective = { rule: "at", at: "2026-04-01T00:00:00Z" };
    const open = { contract, terms: termsGiven(rateOf("50000")), effective, accept: true };
    const amendment = await get({ org: merchant }, openProposal, { body: open });
    const rival = await get({ org: merchant }, openProposal, { body: { ...open, terms: termsGiven(rateOf("60000")) } });
    await get({ org: earner }, acceptProposal, { path: at(amendment), body: { expectedTurn: 1, hash: amendment.hash ?? "" } });
    const beaten = await call({ org: earner }, acceptProposal, { path: at(rival), body: { expectedTurn: 1, hash: rival.hash ?? "" } });
    expect(beaten).toMatchObject({ ok: false, problem: { kind: "contract-changed-meanwhile" } });
    expect((await get({ org: earner }, getProposal, { path: at(rival) })).turns[0]?.acceptances).toHaveLength(1);

    const view = await get({ org: earner }, getContract, { path: { contractId: contract } });
    expect(view).toMatchObject({ state: "in-force", versionNo: 1, can: { amend: false } });
    expect(view.versions.map((version) => [version.no, version.effectiveFrom])).toEqual([
      [2, "2026-04-01T00:00:00.000Z"],
      [1, signedAt],
    ]);
    const ask = (when: string) =>
      floor.store.db.inTransaction("system", (tx) => contractInForce(tx, { programme, earner, at: instant(when) }));
    expect((await ask("2026-03-31T23:59:59.999Z"))?.no).toBe(1);
    expect((await ask("2026-04-01T00:00:00Z"))?.no).toBe(2);
    expect(await ask("2026-02-01T00:00:00Z")).toBeUndefined();
    const compared = await get({ org: earner }, compareContractVersions, { path: { contractId: contract }, query: "?from=1&to=2" });
    expect(compared.changes).toMatchObject([{ before: { de: "8\u00a0% des Nettowerts" }, after: { de: "5\u00a0% des Nettowerts" } }]);
    const versionId = view.versions[0]?.id ?? "";
    expect((await get({ org: earner }, getContractVersion, { path: { versionId } })).document).toContain('"amends":{"contract"');
    expect((await get({ org: earner }, listContracts)).rows).toHaveLength(1);
  });

  test("a signatory of the version in force cannot be left out of its amendment", async () => {
    const { merchant, agency, programme, get, call } = floor;
    const earner = await partner("kept");
    const parties = partiesWith(earner, [{ org: agency, roles: ["agency"], signatory: true }]);
    const open = await get({ org: merchant }, openProposal, { body: { programme, parties, terms: termsGiven(), accept: true } });
    for (const org of [earner, agency])
      await get({ org }, acceptProposal, { path: at(open), body: { expectedTurn: 1, hash: open.hash ?? "" } });
    const { contract } = await get({ org: merchant }, getProposal, { path: at(open) });
    const without = await call({ org: merchant }, openProposal, { body: { contract, parties: partiesWith(earner), accept: true } });
    expect(without).toMatchObject({ ok: false, problem: { kind: "parties-refused", errors: [{ code: "signatory-left-out" }] } });
  });
});

describe("refusals", () => {
  test("name every wrong item", async () => {
    const { merchant, agency, programme, call } = floor;
    const earner = await partner("picky");
    const when = { field: "customerStatus", op: "eq", value: "new" };
    const rule = { id: "new", label: { de: "Neu", en: "New" }, when, pay: { kind: "percent", ppm: "90000" } };
    const terms = termsGiven({
      conversionTypes: [{ event: "sale", level: "item", rules: [rule, { ...rule, id: "again" }], otherwise: { kind: "none" } }],
      splits: [{ id: "agency", payee: agency, kind: "inside-commission", ppm: "100000" }],
    });
    const refused = await call({ org: merchant }, openProposal, { body: { programme, parties: partiesWith(earner), terms } });
    expect(refused).toMatchObject({
      ok: false,
      status: 422,
      problem: {
        kind: "terms-refused",
        errors: [
          { pointer: "/terms/conversionTypes/0/rules/1", code: "unreachable-rule" },
          { pointer: "/terms/splits/0/payee", code: "payee-not-a-party" },
        ],
      },
    });
    const alone = [
      { org: merchant, roles: ["payer", "earner"], signatory: true },
      { org: "org_nobody", roles: ["agency"], signatory: false },
    ];
    const self = await call({ org: merchant }, openProposal, { body: { programme, parties: alone, terms: termsGiven() } });
    expect(self).toMatchObject({
      ok: false,
      problem: { kind: "parties-refused", errors: [{ code: "payer-is-earner" }, { code: "unknown-organisation" }] },
    });
    expect(await call({ org: merchant }, openProposal, { body: { terms: termsGiven() } })).toMatchObject({ ok: false, status: 422 });
  });

  test("an acceptance needs a fresh second factor, the standing turn and its hash", async () => {
    const { merchant, programme, get, call } = floor;
    const earner = await partner("hasty");
    const open = await get({ org: merchant }, openProposal, { body: { programme, parties: partiesWith(earner), terms: termsGiven() } });
    const seen = { path: at(open), body: { expectedTurn: 1, hash: open.hash ?? "" } };
    expect(await call({ org: earner, as: "stale" }, acceptProposal, seen)).toMatchObject({
      ok: false,
      problem: { kind: "fresh-sign-in-needed" },
    });
    const wrong = { ...seen, body: { expectedTurn: 1, hash: "0".repeat(64) } };
    expect(await call({ org: earner }, acceptProposal, wrong)).toMatchObject({ ok: false, problem: { kind: "hash-differs" } });
    await get({ org: merchant }, counterProposal, { path: at(open), body: { expectedTurn: 1, terms: termsGiven(rateOf("70000")) } });
    expect(await call({ org: earner }, acceptProposal, seen)).toMatchObject({
      ok: false,
      problem: { kind: "turn-changed", currentTurn: 2, by: merchant },
    });
    expect(await call({ org: await partner("outsider") }, acceptProposal, seen)).toMatchObject({ ok: false, status: 404 });
  });

  test("a key signs only under a person's authority and within its limits; the record names both", async () => {
    const { merchant, programme, get, call, store } = floor;
    const earner = await partner("bykey");
    const open = await get({ org: merchant }, openProposal, {
      body: { programme, parties: partiesWith(earner), terms: termsGiven(), accept: true },
    });
    const seen = { path: at(open), body: { expectedTurn: 1, hash: open.hash ?? "" } };
    const robot = { org: earner, as: "key" } as const;
    expect(await call(robot, acceptProposal, seen)).toMatchObject({ ok: false, problem: { kind: "signing-authority-needed" } });

    const grant = (id: string, limitPpm: number) =>
      store.db.inTransaction("system", (tx) =>
        tx.query(
          `insert into access.signing_authority (id, org_id, key_id, user_id, limit_ppm, granted_at, expires_at)
           values ($1, $2, 'key_bykey', 'usr_bykey', $3, $4, '2027-01-01T00:00:00Z')`,
          [id, earner, limitPpm, floor.clock.now()],
        ),
      );
    await store.db.inTransaction("system", async (tx) => {
      await tx.query("insert into access.person (id, name, email) values ('usr_bykey', 'Kim', 'kim@example.org')");
      await tx.query(
        `insert into access.api_key (id, org_id, name, secret_sha256, scopes, created_at) values ('key_bykey', $1, 'robot', $2, '{}', $3)`,
        [earner, "0".repeat(64), floor.clock.now()],
      );
    });
    await grant("sga_small", 79_999);
    expect(await call(robot, acceptProposal, seen)).toMatchObject({
      ok: false,
      problem: { kind: "beyond-signing-authority", neededPpm: "80000" },
    });
    await grant("sga_enough", 80_000);
    const done = await get(robot, acceptProposal, seen);
    expect(done.turns[0]?.acceptances.find((each) => each.org === earner)?.authority).toEqual({
      kind: "key",
      key: "key_bykey",
      grantedBy: "usr_bykey",
      signingAuthority: "sga_enough",
    });
  });

  test("declined, withdrawn and expired proposals stay closed", async () => {
    const { merchant, programme, get, call, module, clock } = floor;
    const open = async (name: string, more: object = {}) => {
      const earner = await partner(name);
      const body = { programme, parties: partiesWith(earner), terms: termsGiven(), accept: true, ...more };
      return { earner, proposal: await get({ org: merchant }, openProposal, { body }) };
    };
    const one = await open("decliner");
    const declined = await get({ org: one.earner }, declineProposal, {
      path: at(one.proposal),
      body: { expectedTurn: 1, reason: "too low" },
    });
    expect(declined).toMatchObject({ state: "declined", closedReason: "too low", can: { counter: false } });
    const two = await open("loser");
    expect(await call({ org: two.earner }, withdrawProposal, { path: at(two.proposal), body: { expectedTurn: 1 } })).toMatchObject({
      ok: false,
      problem: { kind: "not-yours-to-withdraw" },
    });
    await get({ org: merchant }, withdrawProposal, { path: at(two.proposal), body: { expectedTurn: 1 } });
    const late = { path: at(two.proposal), body: { expectedTurn: 1, hash: two.proposal.hash ?? "" } };
    expect(await call({ org: two.earner }, acceptProposal, late)).toMatchObject({ ok: false, problem: { kind: "proposal-closed" } });

    const three = await open("sleeper", { expiresAt: "2026-03-20T00:00:00Z" });
    const expiry = module.due[0];
    const due = await floor.store.db.inTransaction("system", async (tx) => expiry?.nextDue(tx));
    expect(due).toBe("2026-03-20T00:00:00.000Z");
    clock.set(instant("2026-03-21T00:00:00Z"));
    const tooLate = { path: at(three.proposal), body: { expectedTurn: 1, hash: three.proposal.hash ?? "" } };
    expect(await call({ org: three.earner }, acceptProposal, tooLate)).toMatchObject({ ok: false, problem: { kind: "proposal-closed" } });
    expect(await expiry?.runDue(clock.now())).toBe(1);
    expect(await expiry?.runDue(clock.now())).toBe(0);
    const expired = await get({ org: three.earner }, getProposal, { path: at(three.proposal) });
    expect(expired).toMatchObject({ state: "expired", changedAt: "2026-03-20T00:00:00.000Z", turnOf: [] });
    const past = await call({ org: merchant }, openProposal, {
      body: { programme, parties: partiesWith(await partner("past")), terms: termsGiven(), expiresAt: "2026-03-20T00:00:00Z" },
    });
    expect(past).toMatchObject({ ok: false, problem: { kind: "expiry-in-the-past" } });
  });
});
