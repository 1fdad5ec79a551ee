import type { Instant, LocalDate, OrgId, ProgrammeId, TimeZone } from "@biotop/kernel";
import { addCalendarDays, parseLocalDate, startOfDay } from "@biotop/kernel";
import { pricingStates, settlementStates, validationStates } from "@biotop/wire";
import { z } from "zod";
import { browserTimeZone } from "../../format/places.ts";

const text = z.coerce.string().catch("");

const schema = z.object({
  state: z.enum(["", ...validationStates]).catch(""),
  settlement: z.enum(["", ...settlementStates]).catch(""),
  pricing: z.enum(["", ...pricingStates]).catch(""),
  programme: text,
  partner: text,
  from: text,
  to: text,
  orderId: text,
});

export type TransactionFilter = z.output<typeof schema>;

/** The filter that an address names. */
export function transactionFilter(search: unknown): TransactionFilter {
  const parsed = schema.parse(search);
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, value === "undefined" ? "" : value])) as TransactionFilter;
}

/** The same filter as the API takes it: days become instants, both days inclusive. */
export function filterQuery(filter: TransactionFilter) {
  const zone = browserTimeZone() as TimeZone;
  const from = parseLocalDate(filter.from);
  const to = parseLocalDate(filter.to);
  return {
    ...(filter.state ? { state: filter.state } : {}),
    ...(filter.settlement ? { settlement: filter.settlement } : {}),
    ...(filter.pricing ? { pricing: filter.pricing } : {}),
    ...(filter.programme ? { programme: filter.programme as ProgrammeId } : {}),
    ...(filter.partner ? { partner: filter.partner as OrgId } : {}),
    ...(from ? { from: startOf(from, zone) } : {}),
    ...(to ? { to: startOf(addCalendarDays(to, 1), zone) } : {}),
    ...(filter.orderId ? { orderId: filter.orderId } : {}),
  };
}

function startOf(day: LocalDate, zone: TimeZone): Instant {
  return startOfDay(day, zone);
}

export function isFiltered(filter: TransactionFilter): boolean {
  return Object.values(filter).some((value) => value !== "");
}

/** Only what is set goes into the address. */
export function compactSearch(filter: TransactionFilter): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
}
