import type { ContractVersionId, ConversionId, Instant } from "@biotop/kernel";
import type { DueSource } from "@biotop/platform/module";
import type { TransactionsDeps } from "../ports.ts";
import { applyChanges } from "./apply-changes.ts";
import type { VersionCache } from "./pricing-version.ts";

const batchMax = 500;

/** When the agreed days are over, the contract decides what nobody decided; the fact's time is the deadline itself. */
export function validationDeadlines(deps: TransactionsDeps, versions: VersionCache): DueSource {
  return {
    name: "transactions.validation-deadline",
    nextDue: async (tx) => {
      const { rows } = await tx.query<{ due: Instant | null }>(
        "select min(deadline_at) as due from transactions.conversion where deadline_at is not null",
        [],
        "transactions-next-deadline",
      );
      return rows[0]?.due ?? undefined;
    },
    runDue: (until) =>
      deps.db.inTransaction("system", async (tx) => {
        const { rows } = await tx.query<{ id: ConversionId; due: Instant; version: ContractVersionId }>(
          `select id, deadline_at as due, contract_version_id as version from transactions.conversion
           where deadline_at <= $1 order by deadline_at, id limit $2`,
          [until, batchMax],
          "transactions-due",
        );
        if (rows.length === 0) return 0;
        const versionOf = await versions.load(
          tx,
          rows.map((row) => row.version),
        );
        const commands = rows.map(({ id, due, version }) => {
          const base = { changeId: "deadline", at: due, source: "deadline" } as const;
          const { onDeadline } = versionOf(version).terms.validation;
          const change =
            onDeadline === "approve" ? { ...base, op: "approve" as const } : { ...base, op: "decline" as const, reason: "deadline" };
          return { conversion: id, change };
        });
        await applyChanges(tx, deps, versions, commands);
        return rows.length;
      }),
  };
}
