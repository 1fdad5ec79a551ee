import { assert, type LocalDate } from "@biotop/kernel";

/** A series restarts each year; within it numbers have no gap. */
export function seriesOf(issuedOn: LocalDate): string {
  return `GS-${issuedOn.slice(0, 4)}`;
}

/** `GS-2010-000001`. */
export function documentNumber(series: string, counter: bigint): string {
  assert(counter > 0n, "document numbers count from one");
  return `${series}-${counter.toString().padStart(6, "0")}`;
}
