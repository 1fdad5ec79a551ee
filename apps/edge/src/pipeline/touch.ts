import type { IncomingHttpHeaders } from "node:http";
import type { ProgrammeId } from "@biotop/kernel";
import type { ClickId, CookieClick, UserAgentClass } from "@biotop/tracking-protocol";
import type { CompiledLink, CompiledProgramme, CompiledTable, CompiledTarget } from "../route-table/compiled-table.ts";
import type { ClickQuery } from "./click-query.ts";

/** Why a click is redirected without a click id. */
export type DropReason = "unknown-link" | "paused-link" | "prefetch" | "not-a-navigation" | "bot" | "gpc" | "denied" | "no-consent";

/** A request for a link on its way through the steps. Each step fills in its own fields. */
export type Touch = {
  readonly key: string;
  readonly queryText: string;
  readonly headers: IncomingHttpHeaders;
  link: CompiledLink | undefined;
  programme: CompiledProgramme | undefined;
  query: ClickQuery | undefined;
  target: CompiledTarget | undefined;
  isTargetRefused: boolean;
  agent: UserAgentClass | undefined;
  id: ClickId | undefined;
  visitor: string | undefined;
  /** The journey so far with this click, for the cookie; absent for bots. */
  journey: readonly CookieClick[] | undefined;
  isCookieRefused: boolean;
};

/** What the steps know besides the touch. */
export type ClickWorld = {
  readonly table: CompiledTable;
  readonly nowMs: number;
  readonly nextUlid: (epochMs: number) => string;
  readonly classify: (userAgent: string | undefined) => UserAgentClass;
};

export function newTouch(key: string, queryText: string, headers: IncomingHttpHeaders): Touch {
  return {
    key,
    queryText,
    headers,
    link: undefined,
    programme: undefined,
    query: undefined,
    target: undefined,
    isTargetRefused: false,
    agent: undefined,
    id: undefined,
    visitor: undefined,
    journey: undefined,
    isCookieRefused: false,
  };
}

/** A key that names a programme (`prg_…`, perhaps with a suffix behind a dot) leads to its home page even where it is no link. */
export function programmeOfKey(key: string): ProgrammeId | undefined {
  const name = key.split(".", 1)[0] ?? "";
  return /^prg_[0-9a-z]+$/.test(name) ? (name as ProgrammeId) : undefined;
}
