/** What an edge worker counts; names become Prometheus series. */
export const counterNames = [
  "clicks_recorded",
  "clicks_untracked_storage",
  "records_stored",
  "records_not_stored",
  "commits",
  "commit_failures",
  "commit_stalls",
  "segments_opened",
  "dropped_unknown_link",
  "dropped_paused_link",
  "dropped_prefetch",
  "dropped_not_a_navigation",
  "dropped_bot",
  "dropped_gpc",
  "dropped_denied",
  "dropped_no_consent",
  "heads",
  "bots",
  "targets_refused",
  "sub_ids_refused",
  "cookies_refused",
  "conversion_requests",
  "conversion_rows_received",
  "conversion_rows_refused",
  "conversion_requests_refused",
  "route_tables_taken",
  "route_tables_refused",
  "internal_errors",
] as const;
export type CounterName = (typeof counterNames)[number];
export type Counters = Record<CounterName, number>;

export function createCounters(): Counters {
  return Object.fromEntries(counterNames.map((name) => [name, 0])) as Counters;
}
