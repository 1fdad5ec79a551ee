import { signingAuthoritiesOf } from "@biotop/access";
import { err, type Instant, ok, type ProgrammeId, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import type { Problem } from "@biotop/wire";
import type { GivenAuthority } from "../domain/offer.ts";
import { isWithin, reachOf } from "../domain/signing-limit.ts";
import type { Terms } from "../domain/terms.ts";
import { maySign } from "../policy.ts";

/**
 * By what right the actor accepts terms: a person with a second factor given just now, or a key under the signing authority
 * that a person gave it, within its limits. The record names both.
 */
export async function authorityToSign(
  tx: Tx,
  actor: Actor,
  what: { readonly programme: ProgrammeId; readonly terms: Terms; readonly at: Instant },
): Promise<Result<GivenAuthority, Problem>> {
  if (!maySign(actor)) return err({ kind: "not-allowed", neededScope: "contracts:sign" });
  if (actor.kind === "user")
    return actor.isFresh ? ok({ kind: "person", user: actor.user, method: "second-factor" }) : err({ kind: "fresh-sign-in-needed" });

  const authorities = await signingAuthoritiesOf(tx, actor.key, what.at);
  if (authorities.length === 0) return err({ kind: "signing-authority-needed", key: actor.key });
  const reach = reachOf(what.terms);
  const enough = authorities.find((authority) => authority.org === actor.org && isWithin(authority, what.programme, reach));
  if (!enough)
    return err({
      kind: "beyond-signing-authority",
      key: actor.key,
      programme: what.programme,
      neededPpm: reach.ppm,
      neededFixed: { currency: reach.currency, minor: reach.fixedMinor },
    });
  return ok({ kind: "key", key: actor.key, grantedBy: enough.user, signingAuthority: enough.id });
}
