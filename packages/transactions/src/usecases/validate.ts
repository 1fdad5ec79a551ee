import { audit } from "@biotop/access";
import { type ConversionId, err, ok, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { Problem } from "@biotop/wire";
import { matchingIds, type TransactionFilter } from "../db/transaction-list.ts";
import type { Change } from "../domain/change.ts";
import { canTake, type Decision, statesFor } from "../policy.ts";
import type { TransactionsDeps } from "../ports.ts";
import { applyChanges } from "./apply-changes.ts";
import type { VersionCache } from "./pricing-version.ts";

export type ValidateCommand = {
  readonly principal: Actor;
  readonly ids: readonly ConversionId[] | undefined;
  readonly filter: TransactionFilter | undefined;
  readonly decision: Decision;
  readonly reason: string | undefined;
};

export type Validated = { readonly changed: number; readonly refused: readonly { readonly id: ConversionId; readonly code: string }[] };

const conversionsMax = 20_000;
const batchMax = 500;
const refusedMax = 1_000;

/**
 * The merchant's decision about named conversions or about all that match. Worked off in batches, each in its own transaction; a
 * repeat finds what is decided already and changes nothing.
 */
export async function validateTransactions(
  deps: TransactionsDeps,
  versions: VersionCache,
  command: ValidateCommand,
): Promise<Result<Validated, Problem>> {
  const { org } = command.principal;
  const ids =
    command.ids ??
    (await deps.db.inTransaction({ org }, (tx) =>
      matchingIds(tx, org, command.filter ?? {}, statesFor(command.decision), conversionsMax + 1),
    ));
  if (ids.length > conversionsMax) return err({ kind: "too-many-transactions", transactionsMax: conversionsMax });

  let changed = 0;
  const refused: { id: ConversionId; code: string }[] = [];
  for (let start = 0; start < ids.length; start += batchMax) {
    const done = await decideBatch(deps, versions, command, ids.slice(start, start + batchMax));
    changed += done.changed;
    refused.push(...done.refused);
  }
  return ok({ changed, refused: refused.slice(0, refusedMax) });
}

function decideBatch(
  deps: TransactionsDeps,
  versions: VersionCache,
  { principal, decision, reason }: ValidateCommand,
  ids: readonly ConversionId[],
): Promise<Validated> {
  const { org } = principal;
  return deps.db.inTransaction({ org }, async (tx) => {
    const { rows } = await tx.query<{ id: ConversionId; validation: "open"; version: number }>(
      "select id, validation, version from transactions.conversion where id = any($1::text[]) and org_id = $2 and pricing <> 'test' order by id for update",
      [ids, org],
      "transactions-to-decide",
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    const refused = ids.flatMap((id) => {
      const row = found.get(id);
      if (!row) return [{ id, code: "not-found" }];
      return canTake(row.validation, decision) ? [] : [{ id, code: `already-${row.validation}` }];
    });
    const at = deps.clock.now();
    const open = rows.filter((row) => canTake(row.validation, decision)).sort((a, b) => (a.id < b.id ? -1 : 1));
    const outcomes = await applyChanges(
      tx,
      deps,
      versions,
      open.map(({ id, version }) => {
        const change: Change = { changeId: `hand/${version + 1}`, at, source: "hand", ...operation(decision, reason) };
        return { conversion: id, change, actor: principal.kind === "user" ? principal.user : principal.key };
      }),
    );
    const notAgreed = outcomes.flatMap((outcome, index) => {
      const id = open[index]?.id;
      return outcome.kind === "refused" && id ? [{ id, code: outcome.code }] : [];
    });
    const changed = outcomes.filter((outcome) => outcome.kind === "changed").length;
    const first = open[0];
    if (changed > 0 && first) {
      const facts = { decision, reason: reason ?? null, count: changed };
      await audit(tx, { org, principal, action: "transactions.validated", subject: first.id, facts, at });
    }
    return { changed, refused: [...refused, ...notAgreed] };
  });
}

function operation(decision: Decision, reason: string | undefined) {
  if (decision === "decline") return { op: "decline", reason: reason ?? "other" } as const;
  return { op: decision } as const;
}
