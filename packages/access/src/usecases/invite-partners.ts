import type { OfferId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { audit } from "../db/audit.ts";
import { openPartnerAddresses } from "../db/invitations.ts";
import { checkPartnerRows, type PartnerRow, type RowError, storeReasons } from "../domain/partner-row.ts";
import type { AccessDeps } from "./deps.ts";
import { type SentInvitation, sendInvitations } from "./send-invitations.ts";

export type PartnersInvited = {
  readonly invited: readonly (SentInvitation & { readonly row: number })[];
  readonly errors: readonly RowError[];
};

/** Invites each good row and names what is wrong with the others. */
export function invitePartners(
  deps: AccessDeps,
  principal: Actor,
  rows: readonly Readonly<Record<string, string | null>>[],
): Promise<PartnersInvited> {
  const { org } = principal;
  const checked = checkPartnerRows(rows);
  return deps.db.inTransaction({ org }, async (tx) => {
    const refused = await refuseByStore(deps, tx, principal, checked.good);
    const bad = new Set(refused.map(({ row }) => row));
    const good = checked.good.filter(({ row }) => !bad.has(row));
    const sent = await sendInvitations(
      deps,
      tx,
      org,
      good.map(({ row: _row, ...partner }) => ({ kind: "partner", joins: null, role: "owner", ...partner })),
    );
    await audit(
      tx,
      ...sent.map(({ invitation }) => ({
        org,
        principal,
        action: "invitation.sent",
        subject: invitation.id,
        facts: { kind: "partner", offer: invitation.offer },
      })),
    );
    const invited = sent.map((each, index) => ({ ...each, row: good[index]?.row ?? 0 }));
    const errors = [...checked.errors, ...refused].sort((a, b) => a.row - b.row);
    return { invited, errors };
  });
}

async function refuseByStore(deps: AccessDeps, tx: Tx, principal: Actor, rows: readonly PartnerRow[]): Promise<readonly RowError[]> {
  const { org } = principal;
  const own = new Map<OfferId, boolean>();
  for (const { offer } of rows) if (offer !== null && !own.has(offer)) own.set(offer, await deps.isOwnOffer(tx, { org, offer }));
  const addresses = rows.map(({ email }) => email);
  const open = await openPartnerAddresses(tx, org, addresses, deps.realClock.now());
  return rows.flatMap(({ row, email, offer }): RowError[] => {
    if (offer !== null && !own.get(offer)) return [{ row, field: "offer", code: "not-your-offer", reason: storeReasons.foreignOffer }];
    if (open.has(`${email} ${offer ?? ""}`)) return [{ row, field: "email", code: "already-invited", reason: storeReasons.alreadyInvited }];
    return [];
  });
}
