import { createHash } from "node:crypto";
import type { Endpoint, Problem } from "@biotop/wire";
import type { FastifyRequest } from "fastify";
import type { Database } from "../db/index.ts";
import type { Principal } from "./principal.ts";

type Idempotent =
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "known"; readonly status: number; readonly answer: string }
  | { readonly kind: "new"; readonly remember: (status: number, answer: string) => Promise<void>; readonly forget: () => Promise<void> };

const nothing = async (): Promise<void> => undefined;

/**
 * The `Idempotency-Key` of a writing request: the same key with the same body answers the same, with another body is refused.
 * A refusal is not remembered, so that a corrected request may use the key again. Kept 30 days.
 */
export async function beginIdempotent(
  db: Database,
  endpoint: Endpoint,
  principal: Principal,
  request: FastifyRequest,
): Promise<Idempotent> {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || endpoint.method === "GET" || principal.kind === "nobody")
    return { kind: "new", remember: nothing, forget: nothing };
  if (key.length < 1 || key.length > 200) {
    return {
      kind: "refused",
      problem: {
        kind: "invalid-request",
        errors: [{ pointer: "", code: "idempotency-key", detail: "Idempotency-Key: 1 to 200 characters" }],
      },
    };
  }
  const owner = principal.kind === "user" ? (principal.org ?? principal.user) : principal.org;
  const hash = createHash("sha256")
    .update(`${endpoint.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest("hex");
  return db.inTransaction("system", async (tx) => {
    const { rows: claimed } = await tx.query(
      `insert into platform.idempotency as known (owner, key, request_hash) values ($1, $2, $3)
       on conflict (owner, key) do update set created_at = clock_timestamp()
         where known.status is null and known.request_hash = $3 and known.created_at < clock_timestamp() - interval '2 minutes'
       returning key`,
      [owner, key, hash],
    );
    if (claimed.length > 0) return { kind: "new", remember: rememberer(db, owner, key), forget: forgetter(db, owner, key) };

    const { rows } = await tx.query<{ request_hash: string; status: number | null; answer: string | null }>(
      "select request_hash, status, answer from platform.idempotency where owner = $1 and key = $2",
      [owner, key],
    );
    const known = rows[0];
    if (known && known.request_hash !== hash) return { kind: "refused", problem: { kind: "idempotency-key-reused" } };
    if (known?.status) return { kind: "known", status: known.status, answer: known.answer ?? "" };
    return {
      kind: "refused",
      problem: { kind: "changed-meanwhile", detail: "The same request is being worked on; ask again in a moment." },
    };
  });
}

function rememberer(db: Database, owner: string, key: string) {
  return (status: number, answer: string): Promise<void> =>
    db.inTransaction("system", async (tx) => {
      await tx.query("update platform.idempotency set status = $3, answer = $4 where owner = $1 and key = $2", [
        owner,
        key,
        status,
        answer,
      ]);
    });
}

function forgetter(db: Database, owner: string, key: string) {
  return (): Promise<void> =>
    db.inTransaction("system", async (tx) => {
      await tx.query("delete from platform.idempotency where owner = $1 and key = $2 and status is null", [owner, key]);
    });
}
