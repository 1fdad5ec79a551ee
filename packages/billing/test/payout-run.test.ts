import { currency, type DocumentId, present } from "@biotop/kernel";
import { balances } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runView } from "../src/http/views.ts";
import { createPayoutRun, previewPayoutRun } from "../src/usecases/draft-payout-run.ts";
import { earningsOf } from "../src/usecases/earnings.ts";
import { holdDocument } from "../src/usecases/hold-document.ts";
import { approvePayoutRun, cancelPayoutRun, exportPayoutRun, markManualTransferPaid } from "../src/usecases/payout-run.ts";
import { readPayables, readRun, readRuns, saveSettings } from "../src/usecases/reading.ts";
import {
  agency,
  apiKey,
  austrian,
  brokenInvariants,
  contract,
  documentsOf,
  type FinanceFloor,
  german,
  giveAccount,
  hoursLater,
  merchant,
  openFinanceFloor,
  person,
  swiss,
} from "./finance-floor.ts";
import { hasOfficialMaterial, pain001SchemaErrors } from "./official-material.ts";

const maker = person(merchant, "usr_maker");
const checker = person(merchant, "usr_checker");

let floor: FinanceFloor;
beforeAll(async () => {
  floor = await openFinanceFloor();
  await saveSettings(floor.deps, merchant, { autoPrepareRun: false });
  await floor.line({ payee: german, minor: 10_000n, at: "2010-12-10T10:00:00Z" });
  await floor.line({ payee: austrian, minor: 5_000n, at: "2010-12-10T10:00:00Z" });
  await floor.line({ payee: swiss, minor: 333n, at: "2010-12-10T10:00:00Z" });
  await floor.passTo("2011-01-10T09:00:00Z");
});
afterAll(() => floor.close());

const actor = { org: merchant, principal: maker };

async function draft(documents?: readonly DocumentId[]) {
  const made = await createPayoutRun(floor.deps, actor, { currency: "EUR", documents });
  if (!made.ok) throw new Error(made.error.kind);
  const read = await readRun(floor.deps, merchant, made.value.id);
  if (!read.ok) throw new Error(read.error.kind);
  return read.value.run;
}

describe("a payout run", () => {
  test("fixes its lines: a document is in one active run only", async () => {
    const run = await draft();
    expect(run).toMatchObject({ state: "draft", rail: "sepa", totalMinor: 11_900n + 5_000n + 333n, payouts: 3n });
    expect(await createPayoutRun(floor.deps, actor, { currency: "EUR" })).toMatchObject({ ok: false, error: { kind: "nothing-to-pay" } });
    await cancelPayoutRun(floor.deps, { ...actor, run: run.id });
    expect((await readPayables(floor.deps, merchant)).rows.every((row) => row.waiting.length === 0)).toBe(true);
  });

  test("is not approved by its maker, nor by a foreign organisation, nor with another hash", async () => {
    const run = await draft();
    const by = (principal: typeof maker, hash = run.hash) => approvePayoutRun(floor.deps, { org: merchant, principal, run: run.id, hash });
    expect(await by(maker)).toEqual({ ok: false, error: { kind: "maker-cannot-approve", reason: "own-run" } });
    expect(await by(checker, "0".repeat(64))).toMatchObject({ ok: false, error: { kind: "payout-run-changed" } });
    const foreign = { org: german, principal: person(german, "usr_other"), run: run.id, hash: run.hash };
    expect(await approvePayoutRun(floor.deps, foreign)).toEqual({ ok: false, error: { kind: "not-found" } });
    expect(await exportPayoutRun(floor.deps, { ...actor, run: run.id })).toMatchObject({
      ok: false,
      error: { kind: "payout-run-not-approved" },
    });
    await cancelPayoutRun(floor.deps, { ...actor, run: run.id });
    expect(await by(checker)).toMatchObject({ ok: false, error: { kind: "payout-run-not-open" } });
  });

  test("is void when a payee's account changes after the draft", async () => {
    const run = await draft();
    await floor.system((tx) => giveAccount(tx, german, currency("EUR"), floor.clock.now(), "DE02120300000000202051"));
    const approved = await approvePayoutRun(floor.deps, { org: merchant, principal: checker, run: run.id, hash: run.hash });
    expect(approved).toMatchObject({ ok: false, error: { kind: "payout-run-changed" } });
    await cancelPayoutRun(floor.deps, { ...actor, run: run.id });
    const german72 = (await readPayables(floor.deps, merchant)).rows.find((row) => row.document.supplier === german);
    expect(german72?.waiting).toMatchObject([{ kind: "bank-account-changed", until: hoursLater(floor.clock.now(), 72) }]);
    await floor.passTo(hoursLater(floor.clock.now(), 72));
  });

  test("is approved once, however many try at the same time", async () => {
    const run = await draft();
    const tries = Array.from({ length: 32 }, (_, index) =>
      approvePayoutRun(floor.deps, { org: merchant, principal: person(merchant, `usr_checker${index}`), run: run.id, hash: run.hash }),
    );
    const results = await Promise.all(tries);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const result of results) if (!result.ok) expect(result.error).toMatchObject({ kind: "payout-run-not-open" });
  });

  test("exports one file whose sum is that of the payables, and the documents are paid", async () => {
    const [run] = (await readRuns(floor.deps, { payer: merchant, state: "approved", limit: 5 })).rows;
    const id = present(run, "a run is approved").id;
    const before = await earningsOf(floor.deps, german);
    expect(before.rows).toMatchObject([{ state: "payable", waiting: [{ kind: "in-payout-run" }] }]);

    const files = await Promise.all(Array.from({ length: 8 }, () => exportPayoutRun(floor.deps, { ...actor, run: id })));
    const texts = new Set(files.map((file) => (file.ok ? Buffer.from(file.value.bytes).toString("utf8") : file.error.kind)));
    expect(texts.size).toBe(1);
    const xml = [...texts][0] ?? "";
    expect(xml).toContain("<CtrlSum>172.33</CtrlSum>");
    if (hasOfficialMaterial) expect(await pain001SchemaErrors(xml)).toEqual([]);

    expect((await documentsOf(floor)).every(({ settlement }) => settlement === "paid")).toBe(true);
    const paid = await floor.system((tx) => balances(tx, { owner: german, code: "memo:paid" }));
    expect(paid).toMatchObject([{ counterparty: merchant, balanceMinor: -11_900n }]);
    const after = await earningsOf(floor.deps, german);
    expect(after).toMatchObject({
      rows: [],
      totals: [{ paid: { minor: 11_900n } }],
      payouts: [{ amountMinor: 11_900n, isApprovedAlone: false }],
    });
    expect(await cancelPayoutRun(floor.deps, { ...actor, run: id })).toMatchObject({ ok: false, error: { kind: "payout-run-not-open" } });
    expect(await brokenInvariants(floor)).toEqual([]);
  });
});

describe("an organisation of one member", () => {
  test("approves its own run only with a fresh second factor; the payee can see it", async () => {
    await floor.system((tx) => tx.query("update directory.organisation set member_count = 1 where id = $1", [merchant]));
    await floor.line({ payee: austrian, minor: 4_000n, at: "2011-01-20T10:00:00Z" });
    await floor.passTo("2011-02-02T09:00:00Z");
    const run = await draft();
    const by = (isFresh: boolean) => ({ org: merchant, principal: person(merchant, "usr_maker", isFresh), run: run.id, hash: run.hash });
    expect(await approvePayoutRun(floor.deps, by(false))).toEqual({ ok: false, error: { kind: "fresh-sign-in-needed" } });
    expect(await approvePayoutRun(floor.deps, by(true))).toEqual({ ok: true, value: true });
    await exportPayoutRun(floor.deps, { ...actor, run: run.id });
    expect((await earningsOf(floor.deps, austrian)).payouts[0]).toMatchObject({ isApprovedAlone: true });
  });
});

describe("payability", () => {
  test("leaves out what the payer holds, by name", async () => {
    await floor.line({ payee: german, minor: 1_000n, at: "2011-02-10T10:00:00Z" });
    await floor.line({ payee: agency, minor: 1_000n, at: "2011-02-10T10:00:00Z" });
    await floor.passTo("2011-03-02T09:00:00Z");
    const held = present(
      (await readPayables(floor.deps, merchant)).rows.find((row) => row.document.supplier === german),
      "a payable",
    );
    expect(await holdDocument(floor.deps, { ...actor, document: held.document.id, reason: "dispute" })).toEqual({ ok: true, value: true });
    const preview = await previewPayoutRun(floor.deps, merchant, { currency: "EUR" });
    expect(preview).toMatchObject({
      ok: true,
      value: { ready: [{ document: { supplier: agency } }], leftOut: [{ waiting: [{ kind: "on-hold" }] }] },
    });
    expect(await createPayoutRun(floor.deps, actor, { currency: "EUR", documents: [held.document.id] })).toMatchObject({
      ok: false,
      error: { kind: "document-not-payable" },
    });
    await holdDocument(floor.deps, { ...actor, document: held.document.id, reason: null });
  });
});

describe("other currencies", () => {
  test("are a list of manual transfers, each marked paid by hand", async () => {
    const pound = currency("GBP");
    await floor.system(async (tx) => {
      await contract(tx, austrian, pound, floor.clock.now(), 2_500n);
      await giveAccount(tx, austrian, pound, floor.clock.now(), "GB29NWBK60161331926819");
    });
    await floor.line({ payee: austrian, minor: 2_000n, at: "2011-03-10T10:00:00Z", currency: "GBP" });
    await floor.passTo("2011-04-05T09:00:00Z");
    const preview = await previewPayoutRun(floor.deps, merchant, { currency: "GBP" });
    expect(preview).toMatchObject({ ok: true, value: { ready: [], leftOut: [{ waiting: [{ kind: "below-threshold" }] }] } });
    expect(await previewPayoutRun(floor.deps, merchant, { currency: "GBP", rail: "sepa" })).toMatchObject({
      ok: false,
      error: { kind: "rail-not-for-currency" },
    });

    await floor.line({ payee: austrian, minor: 600n, at: "2011-04-10T10:00:00Z", currency: "GBP" });
    await floor.passTo("2011-05-05T09:00:00Z");
    const run = await createPayoutRun(floor.deps, actor, { currency: "GBP" });
    if (!run.ok) throw new Error(run.error.kind);
    const read = await readRun(floor.deps, merchant, run.value.id);
    const hash = read.ok ? read.value.run.hash : "";
    await approvePayoutRun(floor.deps, { org: merchant, principal: checker, run: run.value.id, hash });
    const file = await exportPayoutRun(floor.deps, { ...actor, run: run.value.id });
    expect(file.ok && Buffer.from(file.value.bytes).toString("utf8")).toContain("26.00,GBP");
    const payout = present(run.value.lines[0], "the run has a line").id;
    for (let round = 0; round < 2; round += 1)
      expect(await markManualTransferPaid(floor.deps, { ...actor, payout })).toEqual({ ok: true, value: run.value.id });
    expect(await readRun(floor.deps, merchant, run.value.id)).toMatchObject({ ok: true, value: { run: { state: "completed" } } });
    expect(await brokenInvariants(floor)).toEqual([]);
  });
});

describe("the month end's draft", () => {
  test("is prepared an hour later when the organisation wants it, and any one person approves it", async () => {
    await saveSettings(floor.deps, merchant, { autoPrepareRun: true });
    await floor.line({ payee: swiss, minor: 8_000n, at: "2011-05-10T10:00:00Z" });
    await floor.passTo("2011-05-31T22:30:00Z");
    expect((await readRuns(floor.deps, { payer: merchant, state: "draft", limit: 5 })).rows).toEqual([]);
    await floor.passTo("2011-05-31T23:00:00Z");
    const [run] = (await readRuns(floor.deps, { payer: merchant, state: "draft", limit: 5 })).rows;
    expect(run).toMatchObject({ madeByKind: "system", currency: "EUR" });
    const prepared = present(run, "a run is prepared");
    const approved = await approvePayoutRun(floor.deps, { org: merchant, principal: maker, run: prepared.id, hash: prepared.hash });
    expect(approved).toEqual({ ok: true, value: true });
    expect(await brokenInvariants(floor)).toEqual([]);
  });
});

describe("a key counts as the person who created it", () => {
  const keyOfMaker = apiKey(merchant, "key_makers", "usr_maker");
  const secondKeyOfMaker = apiKey(merchant, "key_makers_second", "usr_maker");
  const keyOfChecker = apiKey(merchant, "key_checkers", "usr_checker");
  const commandLine = apiKey(merchant, "key_command_line");
  const otherCommandLine = apiKey(merchant, "key_other_command_line");

  beforeAll(async () => {
    await floor.line({ payee: austrian, minor: 4_000n, at: "2011-06-10T10:00:00Z" });
    await saveSettings(floor.deps, merchant, { autoPrepareRun: false });
    await floor.system((tx) => tx.query("update directory.organisation set member_count = 2 where id = $1", [merchant]));
    await floor.passTo("2011-07-02T09:00:00Z");
  });

  /** What becomes of a run that one makes and another wants to approve. */
  async function judged(by: Actor, approver: Actor): Promise<unknown> {
    const made = await createPayoutRun(floor.deps, { org: merchant, principal: by }, { currency: "EUR" });
    if (!made.ok) return made.error;
    const read = await readRun(floor.deps, merchant, made.value.id);
    if (!read.ok) return read.error;
    const offered = runView(read.value.run, read.value, approver).can.approve;
    const command = { org: merchant, principal: approver, run: made.value.id };
    const approved = await approvePayoutRun(floor.deps, { ...command, hash: read.value.run.hash });
    expect(await brokenInvariants(floor)).toEqual([]);
    expect(offered).toBe(approved.ok);
    expect(await cancelPayoutRun(floor.deps, command)).toMatchObject({ ok: true });
    return approved.ok ? "approved" : approved.error;
  }
  const refused = (reason: string) => ({ kind: "maker-cannot-approve", reason });

  test("a person does not approve what an own key made, nor a key what its creator or the creator's other key made", async () => {
    expect(await judged(keyOfMaker, maker)).toEqual(refused("run-of-own-key"));
    expect(await judged(maker, keyOfMaker)).toEqual(refused("run-of-key-creator"));
    expect(await judged(keyOfMaker, secondKeyOfMaker)).toEqual(refused("run-of-same-creators-key"));
    expect(await judged(keyOfMaker, keyOfMaker)).toEqual(refused("own-run"));
  });

  test("two people are two pairs of eyes, also through keys; a key of the command line counts as itself", async () => {
    expect(await judged(keyOfMaker, checker)).toBe("approved");
    expect(await judged(keyOfMaker, keyOfChecker)).toBe("approved");
    expect(await judged(maker, keyOfChecker)).toBe("approved");
    expect(await judged(commandLine, maker)).toBe("approved");
    expect(await judged(commandLine, otherCommandLine)).toBe("approved");
    expect(await judged(commandLine, commandLine)).toEqual(refused("own-run"));
  });

  test("the store refuses it too", async () => {
    const made = await createPayoutRun(floor.deps, { org: merchant, principal: keyOfMaker }, { currency: "EUR" });
    const run = made.ok ? made.value.id : "run_";
    const approveByHand = (tx: Tx) =>
      tx.query(
        `update billing.payout_run set state = 'approved', approved_by_kind = 'user', approved_by = 'usr_maker',
           approved_by_person = 'usr_maker', approved_at = made_at, file_bytes = '' where id = $1`,
        [run],
      );
    await expect(floor.system(approveByHand)).rejects.toThrow(/four_eyes_of_people/);
    await cancelPayoutRun(floor.deps, { ...actor, run });
  });
});
