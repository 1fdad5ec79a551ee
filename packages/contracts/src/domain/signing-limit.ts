import { type Currency, type Money, type ProgrammeId, ppmWhole } from "@biotop/kernel";
import type { Terms } from "./terms.ts";

/** Up to what somebody's key may accept terms. */
export type SigningLimit = {
  readonly programmes: "any" | readonly ProgrammeId[];
  readonly limitPpm: bigint;
  /** Null: no fixed amounts. */
  readonly limitFixed: Money | null;
};

/** What terms ask of a signing authority. */
export type Reach = { readonly ppm: bigint; readonly fixedMinor: bigint; readonly currency: Currency };

/** The most that terms can cost for one sale: parts per million of its net value (rounded up), and a fixed amount. */
export function reachOf(terms: Terms): Reach {
  const pays = terms.conversionTypes.flatMap((type) => [...type.rules.map((rule) => rule.pay), type.otherwise]);
  const commissionPpm = pays.reduce((most, pay) => (pay.kind === "percent" && pay.ppm > most ? pay.ppm : most), 0n);
  const commissionMinor = pays.reduce((most, pay) => (pay.kind === "fixed" && pay.minor > most ? pay.minor : most), 0n);
  let [onTop, ofBase, fixed] = [0n, 0n, 0n];
  for (const split of terms.splits) {
    if (split.kind === "on-top-of-commission") onTop += split.ppm;
    if (split.kind === "of-base") ofBase += split.ppm;
    if (split.kind === "fixed") fixed += split.minor;
  }
  const withTop = (amount: bigint): bigint => amount + (amount * onTop + ppmWhole - 1n) / ppmWhole;
  return { ppm: withTop(commissionPpm) + ofBase, fixedMinor: withTop(commissionMinor) + fixed, currency: terms.currency };
}

export function isWithin(limit: SigningLimit, programme: ProgrammeId, reach: Reach): boolean {
  if (limit.programmes !== "any" && !limit.programmes.includes(programme)) return false;
  if (reach.ppm > limit.limitPpm) return false;
  if (reach.fixedMinor === 0n) return true;
  return limit.limitFixed !== null && limit.limitFixed.currency === reach.currency && reach.fixedMinor <= limit.limitFixed.minor;
}
