import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "@biotop/platform/log";
import { createSegmentReader, type SegmentGap } from "@biotop/platform/segments";
import type { EdgeRecord, RouteTable } from "@biotop/tracking-protocol";
import { type EdgeOptions, type RunningEdge, startEdge } from "../src/index.ts";

export const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
export const keyText = `bt_live_shopkey_${"Z".repeat(32)}`;
const keyOfOther = `bt_live_otherkey_${"Y".repeat(32)}`;
const keyExpired = `bt_live_oldkey_${"X".repeat(32)}`;
const keyWithoutScope = `bt_live_readkey_${"W".repeat(32)}`;
export const keys = { shop: keyText, other: keyOfOther, expired: keyExpired, withoutScope: keyWithoutScope };

export function sampleTable(changes: Partial<RouteTable> = {}): RouteTable {
  const programme = {
    merchant: "org_shop",
    homeUrl: "https://shop.example/",
    hosts: ["shop.example", "xn--mller-kva.example"],
    currency: "EUR",
    clickParameter: "bk",
    cookieDays: 30,
    consentPolicy: "strict",
  } as const;
  const key = (text: string, org: "org_shop" | "org_other", scopes: string[], expiresAt: string | null) => ({
    keyId: `key_${text.split("_")[2]}` as const,
    org,
    secretSha256: createHash("sha256").update(text).digest("hex"),
    scopes,
    expiresAt: expiresAt as never,
  });
  return {
    version: 1,
    clock: { mode: "real" },
    clickKeys: [{ kid: "test", secret: "test-secret-test-secret-test-secret-1" }],
    programmes: [
      { ...programme, id: "prg_shop", currency: "EUR" as never },
      { ...programme, id: "prg_easy", currency: "EUR" as never, consentPolicy: "assumed" },
      { ...programme, id: "prg_other", merchant: "org_other", currency: "EUR" as never },
    ],
    links: [
      { key: "spring", id: "lnk_spring", programme: "prg_shop", partner: "org_blog", target: "https://shop.example/spring?x=1#top" },
      {
        key: "marked",
        id: "lnk_marked",
        programme: "prg_shop",
        partner: "org_blog",
        target: "https://shop.example/",
        subIds: { sub1: "a", sub2: "b" },
      },
      { key: "paused", id: "lnk_paused", programme: "prg_shop", partner: "org_blog", target: "https://shop.example/old", state: "paused" },
      { key: "easy", id: "lnk_easy", programme: "prg_easy", partner: "org_blog", target: "https://shop.example/easy" },
      { key: "astray", id: "lnk_astray", programme: "prg_shop", partner: "org_blog", target: "https://elsewhere.example/" },
    ],
    keys: [
      key(keyText, "org_shop", ["conversions:write"], null),
      key(keyOfOther, "org_other", ["conversions:write"], null),
      key(keyExpired, "org_shop", ["conversions:write"], "2020-01-01T00:00:00.000Z"),
      key(keyWithoutScope, "org_shop", ["links:read"], null),
    ],
    ...changes,
  };
}

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), "biotop-edge-"));
}

export function publish(dataDir: string, table: RouteTable): void {
  const directory = join(dataDir, "route-table");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "new.json"), JSON.stringify(table));
  renameSync(join(directory, "new.json"), join(directory, "current.json"));
}

export type EdgeUnderTest = {
  readonly edge: RunningEdge;
  readonly dataDir: string;
  readonly get: (path: string, headers?: Readonly<Record<string, string>>, method?: string) => Promise<Answer>;
  readonly send: (body: unknown, options?: SendOptions) => Promise<Answer>;
  /** Every record on the disk. */
  readonly records: () => Promise<readonly EdgeRecord[]>;
  readonly close: () => Promise<void>;
};
export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };
export type SendOptions = {
  readonly method?: string;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: Buffer;
};

export async function openEdge(options: Partial<EdgeOptions> & { readonly table?: RouteTable | undefined } = {}): Promise<EdgeUnderTest> {
  const dataDir = options.dataDir ?? newDataDir();
  if (options.table !== undefined || !("table" in options)) publish(dataDir, options.table ?? sampleTable());
  const edge = await startEdge({
    host: "127.0.0.1",
    port: 0,
    publicUrl: "http://localhost",
    log: createLog({ name: "test", level: "silent" }),
    ...options,
    storing: { segmentBytes: 65_536, ...options.storing },
    dataDir,
  });
  return {
    edge,
    dataDir,
    get: (path, headers = {}, method = "GET") => ask(edge.port, method, path, { "user-agent": browser, ...headers }),
    send: (body, given = {}) => {
      const key = "key" in given ? given.key : keyText;
      const headers = {
        "content-type": "application/json",
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...given.headers,
      };
      return ask(edge.port, given.method ?? "POST", "/v1/conversions", headers, given.raw ?? Buffer.from(JSON.stringify(body)));
    },
    records: async () => (await readRecords(dataDir)).records,
    async close() {
      await edge.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function ask(port: number, method: string, path: string, headers: Readonly<Record<string, string>>, body?: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
      );
      response.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

export async function readRecords(
  dataDir: string,
): Promise<{ readonly records: readonly EdgeRecord[]; readonly gaps: readonly SegmentGap[] }> {
  const reader = createSegmentReader({ directory: join(dataDir, "segments") });
  const records: EdgeRecord[] = [];
  const gaps: SegmentGap[] = [];
  let batch = await reader.readBatch(new Map());
  for (let round = 0; round < 10_000; round += 1) {
    records.push(...batch.records);
    gaps.push(...batch.gaps);
    if (batch.reachedEnd) return { records, gaps };
    batch = await reader.readBatch(batch.places);
  }
  throw new Error("the log has no end");
}

/** Everything that stands anywhere in the data directory. */
export function everythingOnDisk(directory: string): string {
  return readdirSync(directory)
    .map((name) => join(directory, name))
    .map((path) => (statSync(path).isDirectory() ? everythingOnDisk(path) : readFileSync(path, "latin1")))
    .join("\n");
}
