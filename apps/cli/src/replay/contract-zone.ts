import type { TimeZone } from "@biotop/kernel";

/** The time zone of every generated contract. */
export const contractZone = "Europe/Berlin" as TimeZone;
