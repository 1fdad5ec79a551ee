import { type AttributionResult, attributionModel, type Touch } from "@biotop/attribution";
import { type Instant, type ProgrammeId, plusDays, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type Click, clicksByIds, clicksOfVisitors } from "@biotop/tracking";
import type { Report } from "../domain/conversion.ts";
import { type Cover, type CoverAsked, loadCover } from "./pricing-version.ts";

/** Who earns a conversion, and why. */
export type Earner = {
  readonly result: AttributionResult;
  /** The click that won. */
  readonly click: Click | undefined;
  /** Named clicks that the store does not know. */
  readonly missing: readonly string[];
};

const windowDaysMax = 365;

/** Finds who earns each report: the clicks that the shop named and the others of the same journeys, judged by the contracts. */
export async function findEarners(
  tx: Tx,
  reports: readonly Report[],
): Promise<{ readonly earners: readonly Earner[]; readonly cover: Cover }> {
  const named = await clicksByIds(tx, [...new Set(reports.flatMap((report) => report.clickIds))]);
  const byId = new Map<string, Click>(named.map((click) => [click.id, click]));
  const journeys = await loadJourneys(tx, reports, byId);
  const candidates = reports.map((report) => candidatesOf(report, byId, journeys));
  const asked = reports.flatMap((report, index) => (candidates[index] ?? []).map((click) => coverAsked(report, click)));
  const cover = await loadCover(tx, asked);
  const earners = reports.map((report, index) => attribute(report, candidates[index] ?? [], byId, cover));
  return { earners, cover };
}

type Journeys = ReadonlyMap<string, readonly Click[]>;

async function loadJourneys(tx: Tx, reports: readonly Report[], byId: ReadonlyMap<string, Click>): Promise<Journeys> {
  const since = new Map<string, { programme: ProgrammeId; visitor: string; since: Instant }>();
  for (const report of reports) {
    for (const clickId of report.clickIds) {
      const click = byId.get(clickId);
      if (!click || click.programme !== report.programme) continue;
      const from = plusDays(report.occurredAt, -windowDaysMax);
      const key = `${click.programme} ${click.visitor}`;
      const known = since.get(key);
      if (!known || known.since > from) since.set(key, { programme: click.programme, visitor: click.visitor, since: from });
    }
  }
  const journeys = new Map<string, Click[]>();
  for (const click of await clicksOfVisitors(tx, [...since.values()])) {
    const key = `${click.programme} ${click.visitor}`;
    journeys.set(key, [...(journeys.get(key) ?? []), click]);
  }
  return journeys;
}

/** Named clicks, and of their journeys what came before the order. */
function candidatesOf(report: Report, byId: ReadonlyMap<string, Click>, journeys: Journeys): readonly Click[] {
  const found = new Map<string, Click>();
  for (const clickId of report.clickIds) {
    const click = byId.get(clickId);
    if (!click) continue;
    found.set(click.id, click);
    if (click.programme !== report.programme) continue;
    for (const other of journeys.get(`${click.programme} ${click.visitor}`) ?? [])
      if (other.at <= report.occurredAt) found.set(other.id, other);
  }
  return [...found.values()];
}

function coverAsked({ programme, occurredAt }: Report, { partner, at }: Pick<Click, "partner" | "at">): CoverAsked {
  return { programme, earner: partner, clickAt: at, occurredAt };
}

function attribute(report: Report, candidates: readonly Click[], byId: ReadonlyMap<string, Click>, cover: Cover): Earner {
  const named = new Set(report.clickIds);
  const missing = report.clickIds.filter((clickId) => !byId.has(clickId));
  const model = present(attributionModel("last-click", 1), "the model that contracts name is published");
  const result = model.attribute({
    conversion: { programme: report.programme, occurredAt: report.occurredAt },
    touches: candidates.map((click) => touchOf(click, named.has(click.id))),
    unknownClickIds: missing,
    windowOf: (touch) => {
      const version = cover.of(coverAsked(report, touch));
      return version && { contractVersion: version.id, clickWindowDays: version.terms.attribution.clickWindowDays };
    },
  });
  const winner = result.winner?.clickId;
  return { result, click: winner === undefined ? undefined : candidates.find((click) => click.id === winner), missing };
}

function touchOf(click: Click, isNamed: boolean): Touch {
  return {
    clickId: click.id,
    at: click.at,
    programme: click.programme,
    partner: click.partner,
    link: click.link,
    isBot: click.isBot,
    isNamed,
  };
}
