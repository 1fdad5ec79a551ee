import type { Database } from "@biotop/platform/db";
import { type JobTask, jobTask } from "@biotop/platform/jobs";
import { z } from "zod";
import { removeOldAttempts } from "../db/attempts.ts";
import { removeOldPasswordResets } from "../db/password-resets.ts";
import { removeExpiredSessions } from "../db/sessions.ts";
import { removeOldCodes } from "../db/used-codes.ts";

/** Once a day: sessions and links that are over and attempts that no longer count go. */
export function tidySessions(db: Database): JobTask {
  return jobTask({
    name: "access.tidy-sessions",
    payload: z.looseObject({}),
    cron: "17 3 * * *",
    run: () =>
      db.inTransaction("system", async (tx) => {
        await removeExpiredSessions(tx);
        await removeOldAttempts(tx);
        await removeOldPasswordResets(tx);
        await removeOldCodes(tx);
      }),
  });
}
