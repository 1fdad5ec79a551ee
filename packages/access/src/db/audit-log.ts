import type { OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type AuditEntry, chainStart, firstBreak } from "../domain/audit-chain.ts";
import { sha256 } from "../sign-in/secrets.ts";

const columns = `org_id as org, number, id, at, actor_kind as "actorKind", actor_id as "actorId", action, subject, facts,
  previous_hash as "previousHash", hash`;

export type AuditEntryShown = AuditEntry & { readonly actorName: string | null };

export type AuditFilter = {
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
};

/** Newest first; one row more than `limit` when there is a next page. */
export async function auditLogOf(tx: Tx, org: OrgId, filter: AuditFilter): Promise<readonly AuditEntryShown[]> {
  const { rows } = await tx.query<AuditEntryShown>(
    `select ${columns}, coalesce(
         (select name from access.person where actor_kind = 'user' and person.id = actor_id),
         (select name from access.api_key where actor_kind = 'key' and api_key.id = actor_id)) as "actorName"
     from access.audit_entry
     where org_id = $1 and ($2::text is null or action = $2) and ($3::text is null or subject = $3)
       and ($4::bigint is null or number < $4) order by number desc limit $5`,
    [org, filter.action ?? null, filter.subject ?? null, filter.before ?? null, filter.limit + 1],
  );
  return rows;
}

const entriesAtOnce = 5000;

/** Organisations whose chain is broken, and where: at most 20; system scope. */
export async function brokenAuditChains(tx: Tx): Promise<readonly string[]> {
  const { rows: heads } = await tx.query<{ org: OrgId; number: bigint; hash: string }>(
    "select org_id as org, number, hash from access.audit_head order by org_id",
  );
  const broken: string[] = [];
  for (const head of heads) {
    if (broken.length >= 20) break;
    const at = await breakOf(tx, head);
    if (at !== undefined) broken.push(`${head.org} at ${at}`);
  }
  return broken;
}

/** Each page of at most 5,000 entries is checked against the end of the page before. */
async function breakOf(tx: Tx, head: { readonly org: OrgId; readonly number: bigint; readonly hash: string }): Promise<bigint | undefined> {
  let end: { readonly number: bigint; readonly hash: string } = chainStart;
  for (;;) {
    const { rows } = await tx.query<AuditEntry>(
      `select ${columns} from access.audit_entry where org_id = $1 and number > $2 order by number limit $3`,
      [head.org, end.number, entriesAtOnce],
    );
    const at = firstBreak(rows, end, sha256);
    if (at !== undefined) return at;
    end = rows.at(-1) ?? end;
    if (rows.length < entriesAtOnce) break;
  }
  return end.number === head.number && end.hash === head.hash ? undefined : end.number + 1n;
}
