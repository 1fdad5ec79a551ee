import type { Terms } from "@biotop/contracts";
import { type CommissionLineId, currency, type DocumentId, type Instant, instant, type LocalDate, plusMs } from "@biotop/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rules } from "../usecases/rules.ts";
import { type Applied, applyChange, type Loaded } from "./apply-change.ts";
import { type Change, current, returnRefusal } from "./change.ts";
import type { Report } from "./conversion.ts";
import { type Line, postingsBetween, settle } from "./line.ts";
import { price } from "./pricing.ts";

const EUR = currency("EUR");
const at = instant("2026-01-15T10:00:00Z");

const terms: Terms = {
  version: 1,
  currency: EUR,
  timeZone: "Europe/Berlin" as Terms["timeZone"],
  conversionTypes: [
    {
      event: "sale",
      level: "item",
      rules: [
        {
          id: "toys",
          label: { de: "Spielzeug", en: "Toys" },
          when: { field: "itemGroup", op: "eq", value: "toys" },
          pay: { kind: "percent", ppm: 73_000n },
        },
      ],
      otherwise: { kind: "fixed", minor: 35n },
    },
  ],
  splits: [
    { id: "agency", payee: "org_agency", kind: "on-top-of-commission", ppm: 210_000n },
    { id: "tool", payee: "org_tool", kind: "inside-commission", ppm: 33_333n },
  ],
  attribution: { model: "last-click", clickWindowDays: 30 },
  validation: { days: 30, onDeadline: "approve", declineReasons: ["cancelled"] },
  rateLock: "conversion",
  exchange: { dateRule: "conversion" },
  payment: { cycle: "monthly", thresholdMinor: 0n, mode: "direct" },
  selfBilling: { agreed: true },
  notes: "",
};

const report: Report = {
  programme: "prg_1",
  orderId: "o",
  event: "sale",
  category: "",
  occurredAt: at,
  currency: currency("GBP"),
  netMinor: 10_007n,
  positions: [
    { index: 0, sku: "A", group: "toys", quantity: 3, netMinor: 5_003n },
    { index: 1, sku: "B", group: "books", quantity: 2, netMinor: 3_004n },
    { index: 2, sku: "A", group: "toys", quantity: 1, netMinor: 2_000n },
  ],
  vouchers: [],
  customerStatus: undefined,
  country: undefined,
  clickIds: [],
  status: "open",
  isTest: false,
};

const by = {
  partner: "org_blog",
  payer: "org_shop",
  contract: "ctr_1",
  contractVersion: "cvn_1",
  currency: EUR,
  rate: { numerator: 10_000n, denominator: 8_437n },
  rateDate: "2026-01-15" as LocalDate,
} as const;

function idSource(): () => CommissionLineId {
  let count = 0;
  return () => {
    count += 1;
    return `cml_${count}`;
  };
}

function fresh(newId: () => CommissionLineId): Loaded {
  const { targets, costMinor } = price(rules, report, current(rules, report, []), by, terms);
  const { lines } = settle([], {
    contract: { id: by.contract, version: by.contractVersion, payer: by.payer, partner: by.partner, currency: EUR },
    targets,
    validation: "open",
    at,
    newId,
  });
  return {
    changes: [],
    lines,
    terms,
    conversion: {
      id: "cnv_1",
      org: "org_shop",
      receipt: "rcp_1",
      receivedAt: at,
      day: "2026-01-15" as LocalDate,
      sub1: "",
      report,
      version: 1,
      valueMinor: report.netMinor,
      costMinor,
      validation: "open",
      reason: undefined,
      deadline: undefined,
      pricing: { state: "priced", by },
    },
  };
}

type Step = Change | "bill";

const op = fc.oneof(
  fc.constant({ op: "approve" } as const),
  fc.constant({ op: "decline", reason: "cancelled" } as const),
  fc.constant({ op: "hold", reason: undefined } as const),
  fc.constant({ op: "release" } as const),
  fc.record({
    op: fc.constant("return" as const),
    positions: fc.array(fc.record({ index: fc.nat(2), quantity: fc.integer({ min: 1, max: 2 }) }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ op: fc.constant("amount" as const), netMinor: fc.bigInt({ min: 0n, max: 20_000n }), positions: fc.constant([]) }),
);
const changes = fc
  .array(op, { maxLength: 7 })
  .map((ops) => ops.map((each, index): Change => ({ changeId: `c-${index}`, at: plusMs(at, 1000 * index), source: "api", ...each })));

/** Plays steps; a change that is refused leaves no trace. Billing carries every approved line that moves money. */
function play(steps: readonly Step[]): { readonly end: Loaded; readonly balances: ReadonlyMap<string, bigint> } {
  const newId = idSource();
  let loaded = fresh(newId);
  const balances = new Map<string, bigint>();
  const book = (postings: ReturnType<typeof postingsBetween>): void => {
    for (const { account, amountMinor } of postings) {
      const side = account.owner === account.counterparty ? "" : account.owner;
      const key = `${side} ${account.code} ${account.counterparty}`;
      balances.set(key, (balances.get(key) ?? 0n) + amountMinor);
    }
  };
  book(postingsBetween(rules, [], loaded.lines));
  for (const [index, step] of steps.entries()) {
    if (step === "bill") {
      loaded = { ...loaded, lines: loaded.lines.map((line) => billed(line, index)) };
      continue;
    }
    const state = current(rules, report, loaded.changes);
    if (step.op === "return" && returnRefusal(state, step.positions)) continue;
    const applied = applyChange(rules, loaded, step, newId);
    if (!applied.ok) throw new Error(applied.error.kind);
    assertBooked(applied.value, loaded);
    for (const entry of applied.value.entries) book(entry.postings);
    loaded = applied.value;
  }
  return { end: loaded, balances: new Map([...balances].filter(([, sum]) => sum !== 0n).sort()) };
}

function billed(line: Line, step: number): Line {
  if (line.settlement !== "unbilled" || line.stage !== "approved" || line.amountMinor === 0n) return line;
  return { ...line, settlement: "billed", document: { id: `doc_${step}` as DocumentId, position: 1 } };
}

function assertBooked(after: Applied, before: Loaded): void {
  expect(after.conversion.version).toBe(before.conversion.version + 1);
  const total = after.lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  expect(total).toBe(after.conversion.costMinor);
  for (const entry of after.entries) expect(entry.postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(0n);
}

describe("applyChange", () => {
  test("the payer's cost is the sum of all payees after every change, billed or not", () => {
    fc.assert(
      fc.property(changes, fc.array(fc.boolean(), { maxLength: 8 }), (list, bills) => {
        const steps = list.flatMap((change, index): Step[] => (bills[index] ? ["bill", change] : [change]));
        play(steps);
      }),
      { numRuns: 300 },
    );
  });

  test("every order of arrival ends in the same state and the same balances", () => {
    const noReturns = changes.map((list) => list.filter((each) => each.op !== "return"));
    const returnsOnce = changes.map((list) => {
      const first = list.find((each) => each.op === "return");
      return list.filter((each) => each.op !== "return" || each === first);
    });
    for (const arbitrary of [noReturns, returnsOnce])
      fc.assert(
        fc.property(
          arbitrary.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
          ([list, shuffled]) => {
            const inOrder = play(list);
            const other = play(shuffled);
            if (inOrder.end.changes.length !== other.end.changes.length) return;
            expect(other.balances).toEqual(inOrder.balances);
            expect(other.end.conversion).toMatchObject({
              validation: inOrder.end.conversion.validation,
              valueMinor: inOrder.end.conversion.valueMinor,
              costMinor: inOrder.end.conversion.costMinor,
            });
          },
        ),
        { numRuns: 300 },
      );
  });

  test("billing in between changes where money stands, never how much", () => {
    fc.assert(
      fc.property(changes, fc.array(fc.boolean(), { maxLength: 8 }), (list, bills) => {
        const plain = play(list);
        const withBills = play(list.flatMap((change, index): Step[] => (bills[index] ? ["bill", change] : [change])));
        const sums = ({ end }: { end: Loaded }) => {
          const totals = new Map<string, bigint>();
          for (const line of end.lines) totals.set(line.payee, (totals.get(line.payee) ?? 0n) + line.amountMinor);
          return [...totals].sort();
        };
        expect(sums(withBills)).toEqual(sums(plain));
      }),
      { numRuns: 300 },
    );
  });

  test("a person's decision outranks the deadline, whenever it arrives", () => {
    const deadline: Change = { changeId: "deadline", at: plusMs(at, 9_000), source: "deadline", op: "approve" };
    const earlier: Change = { changeId: "no", at: plusMs(at, 1_000) as Instant, source: "api", op: "decline", reason: "cancelled" };
    for (const steps of [
      [deadline, earlier],
      [earlier, deadline],
    ])
      expect(play(steps).end.conversion).toMatchObject({ validation: "declined", costMinor: 0n });
  });
});
