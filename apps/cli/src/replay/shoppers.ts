import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { PlannedClick } from "@biotop/ecosystem-generator";
import type { Instant } from "@biotop/kernel";
import type { Shopfront } from "./negotiate.ts";
import { inParallel, ReplayError } from "./patient.ts";
import type { SeenClick } from "./recompute.ts";
import type { Replay } from "./session.ts";

export type ClickCounts = { sent: number; withId: number; withoutId: number; repeated: number };

const atOnceMax = 16;
const attemptsMax = 400;
const agent = new Agent({ keepAlive: true, maxSockets: atOnceMax });

/** Sends the day's clicks as browsers would and remembers which ids the shop's landing page saw. */
export async function sendClicks(
  replay: Replay,
  shop: Shopfront,
  clicks: readonly PlannedClick[],
  at: Instant,
  counts: ClickCounts,
): Promise<void> {
  const seen = await inParallel(clicks, atOnceMax, async (click): Promise<(SeenClick & { orderId: string }) | undefined> => {
    const clickId = await clickOnce(replay, shop, click, counts);
    counts.sent += 1;
    if (clickId === undefined) counts.withoutId += 1;
    else counts.withId += 1;
    return clickId !== undefined && click.orderId !== undefined
      ? { clickId, at, partner: click.partner, orderId: click.orderId }
      : undefined;
  });
  await replay.state.addClicks(seen.filter((click) => click !== undefined));
}

async function clickOnce(replay: Replay, shop: Shopfront, click: PlannedClick, counts: ClickCounts): Promise<string | undefined> {
  const url = clickUrl(replay, shop, click);
  const headers = { "user-agent": click.userAgent, ...(click.consent === "gpc" ? { "sec-gpc": "1" } : {}) };
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const location = await redirectOf(url, headers).catch(() => undefined);
    if (location !== undefined) return new URL(location).searchParams.get("bk") ?? undefined;
    counts.repeated += 1;
    await delay(Math.min(1000, 50 * (attempt + 1)));
  }
  throw new ReplayError(`no redirect from ${url.origin} after ${attemptsMax} attempts`);
}

function clickUrl(replay: Replay, shop: Shopfront, click: PlannedClick): URL {
  const deal = replay.state.read().deals[`${shop.merchant.slug}/${click.partner}`];
  if (!deal?.linkUrl) throw new ReplayError(`${click.partner} has no link`);
  const url = new URL(new URL(deal.linkUrl).pathname, replay.addresses.edgeUrl);
  url.searchParams.set("sub1", click.sub1);
  if (click.consent === "granted" || click.consent === "gpc") url.searchParams.set("cons", "1");
  if (click.consent === "denied") url.searchParams.set("cons", "0");
  if (click.deepLink) url.searchParams.set("to", new URL("/winter?from=partner#top", shop.homeUrl).href);
  return url;
}

function redirectOf(url: URL, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers, timeout: 10_000 }, (response) => {
      response.resume();
      response.on("end", () => {
        const { location } = response.headers;
        if (response.statusCode === 302 && location !== undefined) resolve(location);
        else reject(new Error(`expected a redirect, got ${response.statusCode}`));
      });
      response.on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer")));
    sent.on("error", reject);
    sent.end();
  });
}
