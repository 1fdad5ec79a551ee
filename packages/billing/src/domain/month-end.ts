import { type Instant, type Month, monthOf, type OrgId, periodOfMonth, plusMs, type TimeZone } from "@biotop/kernel";

const hourMs = 3_600_000;

/** When a payer's month ends: documents at the first instant of the next month, the draft of the payout run an hour later. */
export function monthEndOf(payer: OrgId, timeZone: TimeZone, at: Instant) {
  const month: Month = monthOf(at, timeZone);
  const dueAt = periodOfMonth(month, timeZone).to;
  return { payer, timeZone, month, dueAt, prepareDueAt: plusMs(dueAt, hourMs) };
}
