import { type Instant, plusDays } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { StartOptions } from "../start-options.ts";

/** How the store keeps business time. A store that has once run on real time never leaves it. */
export type StoredClock = { readonly mode: "real" } | { readonly mode: "manual"; readonly at: Instant; readonly isDemoPlaying: boolean };

export type ClockDecision = { readonly clock: StoredClock; readonly isNew: boolean; readonly note?: string } | { readonly refusal: string };

/** The days of life that a demo plays. */
export const demoDays = 90;

/** Which clock a start runs on, from what the store has and what the command line asks for. */
export function decideClock(stored: StoredClock | undefined, asked: Pick<StartOptions, "clock" | "isDemo">, now: Instant): ClockDecision {
  if (!stored) return { clock: newClock(asked, now), isNew: true };
  if (stored.mode === "real") {
    if (asked.clock.mode === "manual")
      return { refusal: "This store has run on real time; a manual clock needs a new store (another BIOTOP_DATA_DIR)." };
    return {
      clock: stored,
      isNew: false,
      ...(asked.isDemo ? { note: "The demo plays into a new store only; this one goes on in real time." } : {}),
    };
  }
  if (asked.clock.mode === "real")
    return { refusal: "This store runs on a manual clock; real time needs a new store (another BIOTOP_DATA_DIR)." };
  if (asked.isDemo && !stored.isDemoPlaying)
    return { refusal: "This store runs on a manual clock; the demo needs a new store (another BIOTOP_DATA_DIR)." };
  const isOther = asked.clock.mode === "manual" && asked.clock.at !== undefined && asked.clock.at !== stored.at;
  return {
    clock: stored,
    isNew: false,
    ...(isOther ? { note: `--at holds for a new store only; this one goes on from ${stored.at}.` } : {}),
  };
}

function newClock(asked: Pick<StartOptions, "clock" | "isDemo">, now: Instant): StoredClock {
  if (asked.isDemo) return { mode: "manual", at: plusDays(now, -demoDays), isDemoPlaying: true };
  if (asked.clock.mode === "manual") return { mode: "manual", at: asked.clock.at ?? now, isDemoPlaying: false };
  return { mode: "real" };
}

export async function readStoredClock(tx: Tx): Promise<StoredClock | undefined> {
  const { rows } = await tx.query<{ mode: "real" | "manual"; at: Instant | null; isDemoPlaying: boolean }>(
    'select mode, at, is_demo_playing as "isDemoPlaying" from platform.clock',
  );
  const row = rows[0];
  if (!row) return undefined;
  return row.mode === "manual" && row.at ? { mode: "manual", at: row.at, isDemoPlaying: row.isDemoPlaying } : { mode: "real" };
}

export async function saveStoredClock(tx: Tx, clock: StoredClock): Promise<void> {
  await tx.query(
    `insert into platform.clock (mode, at, is_demo_playing) values ($1, $2, $3)
     on conflict (is_single) do update set mode = excluded.mode, at = excluded.at, is_demo_playing = excluded.is_demo_playing`,
    [clock.mode, clock.mode === "manual" ? clock.at : null, clock.mode === "manual" && clock.isDemoPlaying],
    "clock-save",
  );
}
