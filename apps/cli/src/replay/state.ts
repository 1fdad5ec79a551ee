import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ContractId, Instant, LinkId, OrgId, ProgrammeId } from "@biotop/kernel";
import type { SeenClick } from "./recompute.ts";

/** What the replay knows about a company that it registered. Mode 0600: it holds a key and a password. */
export type KnownCompany = {
  readonly slug: string;
  readonly org: OrgId;
  readonly email: string;
  readonly password: string;
  readonly invitationToken?: string;
  readonly totpSecret?: string;
  readonly key?: string;
  readonly isReady?: boolean;
};

export type KnownDeal = { readonly contract: ContractId; readonly link?: LinkId; readonly linkUrl?: string };

export type ReplayState = {
  readonly seed: string;
  readonly companies: Readonly<Record<string, KnownCompany>>;
  /** By the merchant's slug. */
  readonly programmes: Readonly<Record<string, ProgrammeId>>;
  /** By `merchant/partner`. */
  readonly deals: Readonly<Record<string, KnownDeal>>;
};

export type StateFile = {
  readonly read: () => ReplayState;
  readonly change: (change: (state: ReplayState) => ReplayState) => Promise<void>;
  /** Clicks that got an id, by order; one line each, appended as they are seen. */
  readonly clicks: ReadonlyMap<string, readonly SeenClick[]>;
  readonly addClicks: (clicks: readonly (SeenClick & { readonly orderId: string })[]) => Promise<void>;
};

export async function openStateFile(dataDir: string, name: "replay" | "demo", seed: string): Promise<StateFile> {
  const path = join(dataDir, name, "state.json");
  const clicksPath = join(dataDir, name, "clicks.ndjson");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let state = await readState(path, seed);
  const clicks = await readClicks(clicksPath);
  return {
    read: () => state,
    clicks,
    async change(change) {
      state = change(state);
      await writeFile(path, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    },
    async addClicks(seen) {
      if (seen.length === 0) return;
      for (const { orderId, ...click } of seen) clicks.set(orderId, [...(clicks.get(orderId) ?? []), click]);
      await appendFile(clicksPath, seen.map((click) => `${JSON.stringify(click)}\n`).join(""), { mode: 0o600 });
    },
  };
}

async function readState(path: string, seed: string): Promise<ReplayState> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return { seed, companies: {}, programmes: {}, deals: {} };
  const state = JSON.parse(text) as ReplayState;
  if (state.seed !== seed) throw new Error(`${path} was made with seed ${state.seed}; use --seed ${state.seed} or another data directory`);
  return state;
}

async function readClicks(path: string): Promise<Map<string, readonly SeenClick[]>> {
  const clicks = new Map<string, readonly SeenClick[]>();
  const text = await readFile(path, "utf8").catch(() => "");
  for (const line of text.split("\n").filter(Boolean)) {
    const { orderId, clickId, at, partner } = JSON.parse(line) as { orderId: string; clickId: string; at: Instant; partner: string };
    clicks.set(orderId, [...(clicks.get(orderId) ?? []), { clickId, at, partner }]);
  }
  return clicks;
}
