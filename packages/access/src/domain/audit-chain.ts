import { canonicalJson, type Instant, type OrgId } from "@biotop/kernel";

/** One line of the audit log: who did what to what. */
export type AuditEntry = {
  readonly org: OrgId;
  readonly number: bigint;
  readonly id: string;
  readonly at: Instant;
  readonly actorKind: "user" | "key" | "system";
  readonly actorId: string | null;
  readonly action: string;
  readonly subject: string;
  /** Canonical JSON. */
  readonly facts: string;
  readonly previousHash: string;
  readonly hash: string;
};

export type Sha256 = (text: string) => string;

/** The hash of an entry covers everything in it and the hash before: nothing can be changed, moved or left out unseen. */
export function hashOfEntry(entry: Omit<AuditEntry, "hash">, sha256: Sha256): string {
  return sha256(
    canonicalJson({
      org: entry.org,
      number: entry.number.toString(),
      id: entry.id,
      at: entry.at,
      actorKind: entry.actorKind,
      actorId: entry.actorId,
      action: entry.action,
      subject: entry.subject,
      facts: entry.facts,
      previousHash: entry.previousHash,
    }),
  );
}

/** The first entry that breaks an organisation's chain, by number; entries come in order, without a gap at the start. */
export function firstBreak(
  entries: readonly AuditEntry[],
  before: Pick<AuditEntry, "number" | "hash">,
  sha256: Sha256,
): bigint | undefined {
  let previous = before;
  for (const entry of entries) {
    const follows = entry.number === previous.number + 1n && entry.previousHash === previous.hash;
    if (!follows || hashOfEntry(entry, sha256) !== entry.hash) return entry.number;
    previous = entry;
  }
  return undefined;
}

/** Before the first entry. */
export const chainStart = { number: 0n, hash: "" } as const;
