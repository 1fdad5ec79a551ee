import { chance, type DemoLife, type DemoShop, demoLife, demoZone, planClicks } from "@biotop/ecosystem-generator";
import { instant, instantFromMs, type LocalDate, localDate, type ProgrammeId } from "@biotop/kernel";
import type { Client } from "@biotop/sdk";
import { changeConversion, finishDemoTime, getInstance } from "@biotop/wire";
import { clickStop, moveClock, orderStop } from "../replay/clock.ts";
import { firstTurn, negotiate, openProgramme, type Shopfront } from "../replay/negotiate.ts";
import { patiently } from "../replay/patient.ts";
import { payWhatIsDue } from "../replay/payouts.ts";
import { register } from "../replay/register.ts";
import { actingAs, type Replay } from "../replay/session.ts";
import { sendOrders, type Tally } from "../replay/shop-server.ts";
import { sendClicks } from "../replay/shoppers.ts";
import type { KnownCompany } from "../replay/state.ts";
import { readUserAgents } from "../replay/user-agents.ts";

export type Progress = { readonly start: (total: number) => void; readonly step: (label: string) => void; readonly stop: () => void };

/** Lives through the demo's ninety days over the public interface and then lets real time begin; an interrupted demo goes on. */
export async function playDemo(replay: Replay, progress: Progress): Promise<readonly KnownCompany[]> {
  const instance = await patiently("instance", () => replay.operator.call(getInstance));
  if (!instance.isDemoPlaying) return signIns(replay);

  const life = demoLife(replay.state.read().seed, localDate(instantFromMs(Date.now()), demoZone));
  progress.start(life.companies.length + life.days.length);
  for (const company of life.companies) {
    await register(replay, company);
    progress.step(company.name);
  }
  const shops: OpenShop[] = [];
  for (const shop of life.shops) shops.push(await openShop(replay, shop));
  await liveThrough(replay, life, shops, instance.clock.at.slice(0, 10), progress);
  for (const { shop, programme } of shops) await startTalks(replay, shop, programme);
  await patiently("real time", () => replay.operator.call(finishDemoTime, { timeoutMs: 300_000 }));
  progress.stop();
  return signIns(replay);
}

type OpenShop = { readonly shop: DemoShop; readonly front: Shopfront; readonly programme: ProgrammeId; readonly client: Client };

async function openShop(replay: Replay, shop: DemoShop): Promise<OpenShop> {
  const front: Shopfront = { merchant: shop.merchant, homeUrl: shop.homeUrl, host: shop.host, currency: "EUR", timeZone: demoZone };
  const programme = await openProgramme(replay, front);
  for (const partner of shop.partners) await negotiate(replay, { programme, merchant: shop.merchant, partner });
  return { shop, front, programme, client: actingAs(replay, shop.merchant) };
}

async function liveThrough(replay: Replay, life: DemoLife, shops: readonly OpenShop[], today: string, progress: Progress): Promise<void> {
  const agents = await readUserAgents(undefined);
  const seed = replay.state.read().seed;
  const clicks = new Map(
    shops.map(({ shop }) => [shop, planClicks(shop.orders, shop.partners, agents, chance(`${seed} ${shop.merchant.slug}`))]),
  );
  let before = today;
  for (const day of life.days.filter((each) => each >= today)) {
    await moveClock(replay, clickStop(day));
    if (before.slice(0, 7) !== day.slice(0, 7) && isOld(day)) for (const { client } of shops) await payWhatIsDue(client, undefined);
    before = day;
    for (const { shop, front } of shops) {
      const ofDay = (clicks.get(shop) ?? []).filter((click) => click.day === day);
      await sendClicks(replay, front, ofDay, clickStop(day), { sent: 0, withId: 0, withoutId: 0, repeated: 0 });
    }
    await moveClock(replay, orderStop(day));
    for (const open of shops) await sell(replay, open, day);
    progress.step(day);
  }
}

/** The newest month's payout run is left for whoever looks at the demo. */
function isOld(day: string): boolean {
  return Date.now() - Date.parse(day) > 31 * 86_400_000;
}

async function sell(replay: Replay, { shop, programme, client }: OpenShop, day: LocalDate): Promise<void> {
  const tally: Tally = { sent: 0, received: 0, refused: [] };
  const orders = shop.orders.filter((order) => order.day === day);
  await sendOrders(client, programme, "EUR", orders, replay.state.clicks, tally);
  const rows = shop.aftermath
    .filter((after) => after.day === day)
    .map((after) => {
      const base = { programme, orderId: after.orderId, event: "sale", occurredAt: instant(`${day}T18:00:00Z`) };
      if (after.kind === "cancelled")
        return { ...base, op: "decline" as const, reason: "cancelled", changeId: `${after.orderId}-cancelled` };
      const positions = [{ index: after.positionIndex, quantity: after.quantity }];
      return { ...base, op: "return" as const, positions, changeId: `${after.orderId}-return` };
    });
  if (rows.length > 0) {
    await patiently("returns", () =>
      client.call(changeConversion, { body: { rows }, idempotencyKey: `demo-${shop.merchant.slug}-returns-${day}` }),
    );
  }
}

async function startTalks(replay: Replay, shop: DemoShop, programme: ProgrammeId): Promise<void> {
  for (const { partner, turnOf } of shop.openTalks) {
    await firstTurn(replay, { programme, merchant: shop.merchant, partner }, turnOf === "merchant");
  }
}

function signIns(replay: Replay): readonly KnownCompany[] {
  return Object.values(replay.state.read().companies);
}
