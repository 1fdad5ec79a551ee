import { edgeKeyVerifiers } from "@biotop/access";
import { longestClickWindows, type Programme, programmeList } from "@biotop/contracts";
import { assert } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { parseRouteTable, type RouteTable } from "@biotop/tracking-protocol";
import { allLinks } from "../db/link-repository.ts";
import { lockRouteTable, readRouteTableState, saveRouteTable } from "../db/route-table-state.ts";
import type { Link } from "../domain/link.ts";
import type { TrackingDeps } from "../ports.ts";

/**
 * Writes what the edges have to know as one file under the next version and answers it. One publisher at a time: the state's row is
 * locked while the file is written, so an older content never replaces a newer one.
 */
export function publishRouteTable(deps: TrackingDeps): Promise<number> {
  return deps.db.inTransaction("system", async (tx) => {
    const state = await lockRouteTable(tx);
    const onDisk = await deps.edgeFiles.routeTableVersion();
    const version = Math.max(Number(state.version), onDisk) + 1;
    const text = JSON.stringify(await buildRouteTable(deps, tx, version));
    const checked = parseRouteTable(text);
    assert(checked.ok, `an edge takes the published table${checked.ok ? "" : `: ${checked.error.at} ${checked.error.detail}`}`);

    await deps.edgeFiles.writeRouteTable(text);
    await saveRouteTable(tx, { version: BigInt(version), wanted: state.wanted, published: state.wanted });
    return version;
  });
}

/** Publishes when something has changed since the last time; answers whether it did. */
export async function publishIfWanted(deps: TrackingDeps): Promise<boolean> {
  const state = await deps.db.inTransaction("system", readRouteTableState);
  if (state.published >= state.wanted) return false;
  await publishRouteTable(deps);
  return true;
}

async function buildRouteTable(deps: TrackingDeps, tx: Tx, version: number): Promise<RouteTable> {
  const windows = await longestClickWindows(tx);
  const programmes = (await programmeList(tx)).map((programme) => routeProgrammeOf(programme, windows.get(programme.id)));
  const known = new Set(programmes.map((programme) => programme.id));
  return {
    version,
    clock: deps.clock.mode() === "manual" ? { mode: "manual", at: deps.clock.now() } : { mode: "real" },
    clickKeys: await deps.edgeFiles.clickKeys(),
    programmes,
    links: (await allLinks(tx)).filter((link) => known.has(link.programme)).map(routeLinkOf),
    keys: await edgeKeyVerifiers(tx),
  };
}

const clickParameter = "bk";
const cookieDaysDefault = 30;
/** The longest life that browsers grant a cookie. */
const cookieDaysMax = 400;

function routeProgrammeOf(programme: Programme, windowDays = cookieDaysDefault): RouteTable["programmes"][number] {
  const { id, org: merchant, homeUrl, hosts, currency, consentPolicy } = programme;
  return { id, merchant, homeUrl, hosts, currency, clickParameter, cookieDays: Math.min(windowDays, cookieDaysMax), consentPolicy };
}

function routeLinkOf(link: Link): RouteTable["links"][number] {
  return {
    key: link.key,
    id: link.id,
    programme: link.programme,
    partner: link.partner,
    target: link.targetUrl,
    ...(Object.keys(link.subIds).length === 0 ? {} : { subIds: link.subIds }),
    ...(link.state === "paused" ? { state: link.state } : {}),
  };
}
