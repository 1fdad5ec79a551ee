import { createHash, timingSafeEqual } from "node:crypto";
import { epochMs, err, ok, type Result } from "@biotop/kernel";
import type { RouteKey } from "@biotop/tracking-protocol";
import type { Problem } from "@biotop/wire";
import type { CompiledTable } from "../route-table/compiled-table.ts";

const scope = "conversions:write";

/** Checks a bearer key by the table's verifiers: no store is asked. Expiry is real time, like all sign-in. */
export function checkKey(table: CompiledTable, authorization: string | undefined, nowMs: number): Result<RouteKey, Problem> {
  const text = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(authorization ?? "")?.[1];
  if (text === undefined) return err({ kind: "not-signed-in", detail: "Send the header Authorization: Bearer bt_live_…" });
  const match = /^bt_live_([0-9a-z]{1,64})_/.exec(text);
  const key = match ? table.keys.get(`key_${match[1]}`) : undefined;
  const isRight = key !== undefined && timingSafeEqual(createHash("sha256").update(text).digest(), Buffer.from(key.secretSha256, "hex"));
  if (!isRight) return err({ kind: "not-signed-in", detail: "The key is unknown or was revoked." });
  if (key.expiresAt !== null && epochMs(key.expiresAt) <= nowMs) {
    return err({ kind: "not-signed-in", detail: "The key has expired.", expiresAt: key.expiresAt });
  }
  if (!key.scopes.includes(scope)) return err({ kind: "not-allowed", neededScope: scope });
  return ok(key);
}
