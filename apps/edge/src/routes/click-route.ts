import type { IncomingMessage, ServerResponse } from "node:http";
import { encodeCookie } from "@biotop/tracking-protocol";
import type { CounterName } from "../counters.ts";
import type { EdgeWorld } from "../edge-world.ts";
import { clickRecordJson, countRecordJson } from "../pipeline/click-record.ts";
import { clickSteps, targetSteps } from "../pipeline/click-steps.ts";
import { type Outcome, runPipeline, runTimedPipeline } from "../pipeline/run-pipeline.ts";
import { type ClickWorld, type DropReason, newTouch, type Touch } from "../pipeline/touch.ts";
import type { CompiledTable } from "../route-table/compiled-table.ts";
import { sendUnavailable, sendUnknownLink } from "./pages.ts";

const dropCounters: Readonly<Record<DropReason, CounterName>> = {
  "unknown-link": "dropped_unknown_link",
  "paused-link": "dropped_paused_link",
  prefetch: "dropped_prefetch",
  "not-a-navigation": "dropped_not_a_navigation",
  bot: "dropped_bot",
  gpc: "dropped_gpc",
  denied: "dropped_denied",
  "no-consent": "dropped_no_consent",
};

/** `GET /c/{key}`: on the disk, then on the way. */
export function answerClick(world: EdgeWorld, key: string, queryText: string, request: IncomingMessage, response: ServerResponse): void {
  const table = world.table.current();
  if (!table) {
    sendUnavailable(request, response);
    return;
  }
  const nowMs = world.nowMs();
  const touch = newTouch(key, queryText, request.headers);
  const clickWorld: ClickWorld = { table, nowMs, nextUlid: world.nextUlid, classify: world.classify };
  const outcome = world.stepTimes.isSampled()
    ? runTimedPipeline(clickSteps, touch, clickWorld, world.stepTimes.timer)
    : runPipeline(clickSteps, touch, clickWorld);
  countTouch(world, touch, outcome);

  const receivedAt = world.instantOf(nowMs);
  const times = { at: table.manualAt ?? receivedAt, receivedAt };
  if (outcome) {
    answerDropped(world, touch, outcome.dropped, times, request, response);
    return;
  }
  world.segments.append(clickRecordJson(touch, times), (isStored) => {
    if (!isStored) {
      world.counters.clicks_untracked_storage += 1;
      return redirect(response, touch.target?.landing.untracked ?? "/", undefined);
    }
    world.counters.clicks_recorded += 1;
    redirectTracked(table, touch, response);
  });
}

/** `HEAD /c/{key}`: the same address, nothing recorded, nothing set. */
export function answerHead(world: EdgeWorld, key: string, queryText: string, request: IncomingMessage, response: ServerResponse): void {
  const table = world.table.current();
  if (!table) {
    sendUnavailable(request, response);
    return;
  }
  world.counters.heads += 1;
  const touch = newTouch(key, queryText, request.headers);
  runPipeline(targetSteps, touch, { table, nowMs: world.nowMs(), nextUlid: world.nextUlid, classify: world.classify });
  if (!touch.target) {
    sendUnknownLink(request, response);
    return;
  }
  redirect(response, touch.target.landing.untracked, undefined);
}

/** Without a click id there is only a count; where not even a programme is known, the worker's own counter is enough. */
function answerDropped(
  world: EdgeWorld,
  touch: Touch,
  reason: DropReason,
  times: Parameters<typeof countRecordJson>[2],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { target } = touch;
  if (!target) {
    sendUnknownLink(request, response);
    return;
  }
  world.segments.append(countRecordJson(touch, reason, times), () => redirect(response, target.landing.untracked, undefined));
}

function countTouch({ counters }: EdgeWorld, touch: Touch, outcome: Outcome<DropReason>): void {
  if (outcome) counters[dropCounters[outcome.dropped]] += 1;
  if (touch.agent?.isBot) counters.bots += 1;
  if (touch.isTargetRefused) counters.targets_refused += 1;
  if (touch.isCookieRefused) counters.cookies_refused += 1;
  if (touch.query) counters.sub_ids_refused += touch.query.subIdsRefused;
}

function redirectTracked(table: CompiledTable, touch: Touch, response: ServerResponse): void {
  const { target, id, journey, visitor } = touch;
  if (!target || !id || !visitor) {
    redirect(response, target?.landing.untracked ?? "/", undefined);
    return;
  }
  const cookie = journey && `${table.cookie.name}=${encodeCookie(table.signer, visitor, journey)}${table.cookie.attributes}`;
  redirect(response, target.landing.before + id + target.landing.after, cookie);
}

/**
 * Few headers, each costs. The page that the shopper comes from decides on the referrer (a policy here would loosen a strict one), and
 * robots.txt keeps search engines away.
 */
function redirect(response: ServerResponse, location: string, cookie: string | undefined): void {
  const headers = ["Location", location, "Cache-Control", "no-store, private", "Content-Length", "0"];
  if (cookie !== undefined) headers.push("Set-Cookie", cookie);
  response.writeHead(302, headers);
  response.end();
}
