import { type Logger as Pino, pino } from "pino";

/** One JSON line per request, job or segment, with ids, outcome and durations; never personal data. */
export type Log = Pick<Pino, "info" | "warn" | "error" | "debug" | "child">;

export function createLog(options: { readonly level: string; readonly name: string }): Log {
  return pino({ name: options.name, level: options.level, base: { name: options.name } });
}
