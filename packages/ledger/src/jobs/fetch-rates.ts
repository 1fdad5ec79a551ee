import type { LocalDate } from "@biotop/kernel";
import type { Database, Tx } from "@biotop/platform/db";
import type { Egress } from "@biotop/platform/egress";
import { type JobTask, jobTask } from "@biotop/platform/jobs";
import type { Log } from "@biotop/platform/log";
import { z } from "zod";
import { newestRateDate } from "../db/rates.ts";
import { rateDayUpTo } from "../domain/business-day.ts";
import { ratesXmlAsCsv } from "../domain/rates-xml.ts";
import { importRates } from "../usecases/exchange-rates.ts";

export type RatesJobDeps = { readonly db: Database; readonly egress: Egress; readonly log: Log };

const base = "https://www.ecb.europa.eu/stats/eurofxref";
/** The last 90 days close every gap of a few weeks; the first fetch takes the whole history. */
const recentUrl = `${base}/eurofxref-hist-90d.xml`;
const historyUrl = `${base}/eurofxref-hist.xml`;

/** Whether the newest rate day up to the machine's today is there: rates are facts of real time, also where business time is manual. */
async function knownRates(tx: Tx): Promise<{ readonly newest: LocalDate | undefined; readonly isComplete: boolean }> {
  const newest = await newestRateDate(tx);
  const { rows } = await tx.query<{ today: LocalDate }>("select (clock_timestamp() at time zone 'Europe/Berlin')::date as today");
  const today = rows[0]?.today;
  return { newest, isComplete: newest !== undefined && today !== undefined && newest >= rateDayUpTo(today) };
}

/**
 * Fetches the day's reference rates (published about 16:00 in Frankfurt; looked for every hour until they are there). A failure is
 * only logged: the next run tries again, and amounts whose rate is unknown wait.
 */
export function fetchRatesJob(deps: RatesJobDeps): JobTask {
  return jobTask({
    name: "ledger.fetch-rates",
    payload: z.object({}).loose(),
    cron: "20 * * * *",
    run: async () => {
      const { newest, isComplete } = await deps.db.inTransaction("system", knownRates);
      if (isComplete) return;
      const answer = await deps.egress({ url: newest ? recentUrl : historyUrl, bytesMax: 20_000_000 });
      if (!answer.ok) {
        deps.log.warn({ problem: answer.error.kind }, "exchange rates were not fetched");
        return;
      }
      const imported = await deps.db.inTransaction("system", (tx) => importRates(tx, ratesXmlAsCsv(answer.value.body.toString("utf8"))));
      if (imported.ok) deps.log.info({ added: imported.value.added, errors: imported.value.errors.length }, "exchange rates fetched");
      else deps.log.warn({ problem: imported.error.kind }, "exchange rates were not readable");
    },
  });
}
