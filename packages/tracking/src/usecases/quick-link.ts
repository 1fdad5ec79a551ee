import { programmeList } from "@biotop/contracts";
import { err, type ProgrammeId, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { isAllowedHost, type Link, type ProgrammeFacts } from "../domain/link.ts";
import type { TrackingDeps } from "../ports.ts";
import { type CreateLink, type CreateLinkRefusal, findJoined, saveNewLink } from "./create-link.ts";

export type QuickLink = Omit<CreateLink, "programme" | "targetUrl"> & {
  readonly url: string;
  readonly programme?: ProgrammeId | undefined;
};

export type QuickLinkRefusal =
  | CreateLinkRefusal
  | { readonly kind: "no-programme-for-host"; readonly host: string }
  | { readonly kind: "programme-ambiguous"; readonly programmes: readonly { readonly id: ProgrammeId; readonly name: string }[] };

/** Finds the programme by the address's host and makes a link to the address. */
export async function quickLink(deps: TrackingDeps, actor: Actor, cmd: QuickLink): Promise<Result<Link, QuickLinkRefusal>> {
  const found = await deps.db.inTransaction("system", (tx) => findProgramme(deps, tx, actor, cmd));
  if (!found.ok) return found;
  return saveNewLink(deps, actor, found.value, { ...cmd, targetUrl: cmd.url });
}

async function findProgramme(deps: TrackingDeps, tx: Tx, actor: Actor, cmd: QuickLink): Promise<Result<ProgrammeFacts, QuickLinkRefusal>> {
  if (cmd.programme !== undefined) return findJoined(deps, tx, actor, cmd.programme);

  const address = new URL(cmd.url);
  const { hostname: host } = address;
  const fitting = (await programmeList(tx)).filter((programme) => isAllowedHost(address, programme));
  if (fitting.length === 0) return err({ kind: "no-programme-for-host", host });

  const judged = await Promise.all(fitting.map((programme) => findJoined(deps, tx, actor, programme.id)));
  const joined = judged.flatMap((each) => (each.ok ? [each.value] : []));
  if (joined.length > 1) return err({ kind: "programme-ambiguous", programmes: joined.map(({ id, name }) => ({ id, name })) });
  return judged.find((each) => each.ok) ?? judged[0] ?? err({ kind: "no-programme-for-host", host });
}
