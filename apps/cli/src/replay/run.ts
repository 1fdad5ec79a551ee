import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { chance, type PlannedClick, planClicks, type ShopOrder } from "@biotop/ecosystem-generator";
import { type Instant, instant, localDate, type ProgrammeId } from "@biotop/kernel";
import { importRates, trialBalance } from "@biotop/wire";
import { agency, merchant, shopfront } from "./cast.ts";
import { businessTime, clickStop, moveClock, orderStop } from "./clock.ts";
import { type Comparison, compareCommissions, reportedValue } from "./compare.ts";
import { contractZone } from "./contract-zone.ts";
import { type Allocation, type Matching, matchCancellations } from "./match-cancellations.ts";
import { type Memory, readMemory } from "./memory.ts";
import { negotiate, openProgramme } from "./negotiate.ts";
import { readOrderFile } from "./order-file.ts";
import { partners } from "./partners.ts";
import { patiently } from "./patient.ts";
import { type Documents, issuedDocuments, type PaidRun, paidRuns, payWhatIsDue } from "./payouts.ts";
import { readRateTable } from "./rates.ts";
import { recompute } from "./recompute.ts";
import { register } from "./register.ts";
import { actingAs, type Replay } from "./session.ts";
import { type Shop, shopOf } from "./shop-orders.ts";
import { type Outcomes, ordersKnown, outcomesSince, sendOrders, sendReturns, type Tally } from "./shop-server.ts";
import { type ClickCounts, sendClicks } from "./shoppers.ts";
import { readUserAgents } from "./user-agents.ts";

export type ReplayFiles = {
  readonly orders: string;
  readonly rates: string;
  readonly userAgents: string | undefined;
  readonly saveTo: string | undefined;
};
export type Progress = { readonly start: (total: number) => void; readonly step: (day: string) => void; readonly stop: () => void };

export type ReplayResult = {
  readonly shop: Shop;
  readonly matching: Matching;
  readonly known: number;
  readonly clicks: ClickCounts;
  readonly orders: Tally;
  readonly returns: Tally;
  readonly outcomes: Outcomes;
  readonly product: { readonly orders: number; readonly valueMinor: bigint; readonly byPricing: Readonly<Record<string, number>> };
  readonly comparison: Comparison;
  readonly ledger: readonly {
    readonly currency: string;
    readonly differenceMinor: bigint;
    readonly entries: bigint;
    readonly postings: bigint;
  }[];
  readonly documents: Documents;
  readonly payouts: readonly PaidRun[];
  readonly memory: { readonly early: Memory; readonly late: Memory };
  readonly seconds: { readonly setUp: number; readonly orders: number; readonly monthCloses: number; readonly total: number };
};

type Day = {
  readonly day: string;
  readonly clicks: readonly PlannedClick[];
  readonly orders: readonly ShopOrder[];
  readonly returns: readonly Allocation[];
};

/** Replays the file: registers and negotiates, then day by day clicks, orders, cancellations, month ends and payouts. */
export async function runReplay(replay: Replay, files: ReplayFiles, progress: Progress): Promise<ReplayResult> {
  const started = performance.now();
  const shop = shopOf(await readOrderFile(files.orders));
  const pounds = await readRateTable(files.rates, "GBP");
  const matching = matchCancellations(shop.orders, shop.cancellations);
  const agents = await readUserAgents(files.userAgents);
  await businessTime(replay);
  const programme = await setTheStage(replay, files.rates);

  const client = actingAs(replay, merchant);
  const known = await ordersKnown(
    client,
    programme,
    shop.orders.map(({ orderId }) => orderId),
  );
  const planned = planClicks(shop.orders, partners, agents, chance(replay.state.read().seed));
  const days = daysOf(shop, planned, matching, known);
  const { cursor } = await outcomesSince(client, "");
  const setUp = performance.now() - started;

  const lived = await liveThrough(replay, programme, days, files.saveTo, progress);
  const outcomes = await outcomesSince(client, cursor);
  const ordersMs = performance.now() - started - setUp - lived.closeMs;
  const closingMs = days.length > 0 ? await closeLastMonths(replay, days, files.saveTo) : 0;

  const own = recompute({ orders: shop.orders, clicks: replay.state.clicks, partners, returns: matching.allocations, pounds });
  const balance = await patiently("trial balance", () => replay.operator.call(trialBalance));
  return {
    shop,
    matching,
    known: known.size,
    ...lived.tallies,
    outcomes,
    product: await reportedValue(client),
    comparison: await compareCommissions(replay, partners, own),
    ledger: balance.currencies,
    documents: await issuedDocuments(client, files.saveTo),
    payouts: await paidRuns(client),
    memory: { early: lived.early, late: await readMemory(replay.addresses) },
    seconds: {
      setUp: setUp / 1000,
      orders: ordersMs / 1000,
      monthCloses: (lived.closeMs + closingMs) / 1000,
      total: (performance.now() - started) / 1000,
    },
  };
}

async function setTheStage(replay: Replay, ratesPath: string): Promise<ProgrammeId> {
  const raw = await readFile(ratesPath);
  const csv = (ratesPath.endsWith(".gz") ? gunzipSync(raw) : raw).toString("utf8");
  await patiently("exchange rates", () => replay.operator.call(importRates, { body: { csv }, timeoutMs: 120_000 }));
  for (const company of [merchant, agency, ...partners]) await register(replay, company);
  const programme = await openProgramme(replay, shopfront);
  for (const partner of partners) await negotiate(replay, { programme, merchant, partner });
  replay.say(`${partners.length + 2} companies registered, ${partners.length} contracts in force`);
  return programme;
}

function daysOf(shop: Shop, planned: readonly PlannedClick[], matching: Matching, known: ReadonlySet<string>): readonly Day[] {
  const unknown = shop.orders.filter(({ orderId }) => !known.has(orderId));
  const needed = planned.filter((click) => !known.has(click.id.split("/")[0] ?? ""));
  const days = new Set([...unknown.map(({ day }) => day), ...needed.map(({ day }) => day)]);
  const isNew = unknown.length > 0;
  for (const { line } of isNew ? matching.allocations : []) days.add(line.day);
  return [...days].sort().map((day) => ({
    day,
    clicks: needed.filter((click) => click.day === day),
    orders: unknown.filter((order) => order.day === day),
    returns: matching.allocations.filter(({ line }) => line.day === day),
  }));
}

type Lived = {
  readonly tallies: { readonly clicks: ClickCounts; readonly orders: Tally; readonly returns: Tally };
  readonly closeMs: number;
  readonly early: Memory;
};

async function liveThrough(
  replay: Replay,
  programme: ProgrammeId,
  days: readonly Day[],
  saveTo: string | undefined,
  progress: Progress,
): Promise<Lived> {
  const client = actingAs(replay, merchant);
  const tallies = { clicks: { sent: 0, withId: 0, withoutId: 0, repeated: 0 }, orders: newTally(), returns: newTally() };
  let closeMs = 0;
  let early: Memory = { edgeMb: undefined, serverMb: undefined };
  let before = await businessTime(replay);
  progress.start(days.length);
  for (const [index, { day, clicks, orders, returns }] of days.entries()) {
    const toClicks = await moveClock(replay, clickStop(day));
    if (crossesMonth(before, clickStop(day))) closeMs += toClicks + (await timed(() => payWhatIsDue(client, saveTo)));
    before = clickStop(day);
    await sendClicks(replay, shopfront, clicks, clickStop(day), tallies.clicks);
    await moveClock(replay, orderStop(day));
    await sendOrders(client, programme, shopfront.currency, orders, replay.state.clicks, tallies.orders);
    await sendReturns(client, programme, returns, tallies.returns);
    if (index === Math.floor(days.length / 5)) early = await readMemory(replay.addresses);
    progress.step(day);
  }
  progress.stop();
  return { tallies, closeMs, early };
}

/** Lets the last validation deadlines and month ends pass, and pays. */
async function closeLastMonths(replay: Replay, days: readonly Day[], saveTo: string | undefined): Promise<number> {
  const last = days.at(-1)?.day ?? "";
  const [year = 0, month = 1] = last.split("-").map(Number);
  let spent = 0;
  for (const ahead of [1, 2]) {
    const next = new Date(Date.UTC(year, month - 1 + ahead, 2, 8));
    spent += await moveClock(replay, instant(next.toISOString()));
    spent += await timed(() => payWhatIsDue(actingAs(replay, merchant), saveTo));
  }
  return spent;
}

function crossesMonth(from: Instant, to: Instant): boolean {
  const zone = contractZone;
  return localDate(from, zone).slice(0, 7) !== localDate(to, zone).slice(0, 7);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function newTally(): Tally {
  return { sent: 0, received: 0, refused: [] };
}
