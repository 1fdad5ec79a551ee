import { createHash } from "node:crypto";
import { instant } from "@biotop/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AuditEntry, chainStart, firstBreak, hashOfEntry } from "./audit-chain.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function chainOf(length: number): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let index = 0; index < length; index += 1) {
    const open = {
      org: "org_1",
      number: BigInt(index + 1),
      id: `aud_${index}`,
      at: instant("2026-01-01T00:00:00Z"),
      actorKind: "user",
      actorId: "usr_1",
      action: "member.removed",
      subject: `usr_${index}`,
      facts: "{}",
      previousHash: entries.at(-1)?.hash ?? chainStart.hash,
    } as const;
    entries.push({ ...open, hash: hashOfEntry(open, sha256) });
  }
  return entries;
}

describe("an audit chain", () => {
  test("holds as it was written", () => {
    expect(firstBreak(chainOf(5), chainStart, sha256)).toBeUndefined();
  });

  test("breaks at the first entry that was changed, left out or moved", () => {
    const changes: readonly ((entry: AuditEntry) => AuditEntry)[] = [
      (entry) => ({ ...entry, action: "x" }),
      (entry) => ({ ...entry, facts: '{"a":1}' }),
      (entry) => ({ ...entry, actorId: "usr_2" }),
      (entry) => ({ ...entry, at: instant("2026-01-01T00:00:01Z") }),
      (entry) => ({ ...entry, subject: "usr_x", hash: hashOfEntry({ ...entry, subject: "usr_x" }, sha256) }),
    ];
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), fc.constantFrom(...changes), (length, at, change) => {
        const chain = chainOf(length);
        const index = at % (length - 1);
        const tampered = chain.map((entry, place) => (place === index ? change(entry) : entry));
        expect(firstBreak(tampered, chainStart, sha256)).toBeDefined();
        expect(firstBreak(chain.toSpliced(index, 1), chainStart, sha256)).toBe(BigInt(index + 2));
      }),
    );
  });
});
