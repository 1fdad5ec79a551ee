import { assert, canonicalJson, type Instant, type Json, type OrgId, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Principal } from "@biotop/platform/http";
import { type AuditEntry, hashOfEntry } from "../domain/audit-chain.ts";
import { sha256 } from "../sign-in/secrets.ts";

export type AuditRow = {
  /** In whose log it stands. */
  readonly org: OrgId;
  readonly principal: Principal | "system";
  /** Past tense: `contract.accepted`. */
  readonly action: string;
  /** The id of what was changed. */
  readonly subject: string;
  /** What an auditor needs to know; no personal data. */
  readonly facts: Readonly<Record<string, Json>>;
  /** Business time of the fact; the log's own time is real. */
  readonly at?: Instant;
};

type Head = { readonly org_id: OrgId; readonly number: bigint; readonly hash: string; readonly at: Instant };

/**
 * Writes audit entries in the caller's transaction. Each organisation's chain is locked until the transaction ends,
 * always in the order of their ids: write late and, in batches, once.
 */
export async function audit(tx: Tx, ...rows: readonly AuditRow[]): Promise<void> {
  if (rows.length === 0) return;
  const heads = await lockHeads(tx, rows);
  const entries = link(rows, heads);
  const ends = new Map(entries.map((entry) => [entry.org, entry]));
  const { rowCount } = await tx.query(
    `with entry as (
       insert into access.audit_entry (org_id, number, id, at, actor_kind, actor_id, action, subject, facts, previous_hash, hash)
       select * from unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[],
         $9::text[], $10::text[], $11::text[]))
     update access.audit_head as head set number = ends.number, hash = ends.hash
     from unnest($12::text[], $13::bigint[], $14::text[]) as ends (org_id, number, hash) where head.org_id = ends.org_id`,
    [
      entries.map(({ org }) => org),
      entries.map(({ number }) => number),
      entries.map(({ id }) => id),
      entries.map(({ at }) => at),
      entries.map(({ actorKind }) => actorKind),
      entries.map(({ actorId }) => actorId),
      entries.map(({ action }) => action),
      entries.map(({ subject }) => subject),
      entries.map(({ facts }) => facts),
      entries.map(({ previousHash }) => previousHash),
      entries.map(({ hash }) => hash),
      [...ends.keys()],
      [...ends.values()].map(({ number }) => number),
      [...ends.values()].map(({ hash }) => hash),
    ],
    "access-audit-write",
  );
  assert(rowCount === ends.size, "every audit chain has one end");
}

async function lockHeads(tx: Tx, rows: readonly AuditRow[]): Promise<ReadonlyMap<OrgId, Head>> {
  const orgs = [...new Set(rows.map(({ org }) => org))].sort();
  const { rows: heads } = await tx.query<Head>(
    `insert into access.audit_head as head (org_id, number, hash) select org_id, 0, '' from unnest($1::text[]) as given (org_id)
     on conflict (org_id) do update set number = head.number
     returning org_id, number, hash, date_trunc('milliseconds', clock_timestamp()) as at`,
    [orgs],
    "access-audit-heads",
  );
  return new Map(heads.map((head) => [head.org_id, head]));
}

function link(rows: readonly AuditRow[], heads: ReadonlyMap<OrgId, Head>): readonly AuditEntry[] {
  const ends = new Map<OrgId, { readonly number: bigint; readonly hash: string; readonly at: Instant }>(heads);
  return rows.map((row) => {
    const before = present(ends.get(row.org), "every audit chain has one end");
    const number = before.number + 1n;
    const open = {
      org: row.org,
      number,
      // The place in the chain names the entry; a random id would say nothing more.
      id: `aud_${sha256(`${row.org}/${number}`).slice(0, 26)}`,
      at: before.at,
      ...actorFields(row.principal),
      action: row.action,
      subject: row.subject,
      facts: canonicalJson(row.at === undefined ? row.facts : { ...row.facts, businessTime: row.at }),
      previousHash: before.hash,
    };
    const entry = { ...open, hash: hashOfEntry(open, sha256) };
    ends.set(row.org, { number, hash: entry.hash, at: before.at });
    return entry;
  });
}

function actorFields(principal: AuditRow["principal"]): Pick<AuditEntry, "actorKind" | "actorId"> {
  if (principal === "system" || principal.kind === "nobody") return { actorKind: "system", actorId: null };
  return principal.kind === "user" ? { actorKind: "user", actorId: principal.user } : { actorKind: "key", actorId: principal.key };
}
