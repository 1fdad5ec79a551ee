import type { Instant } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import { type JobTask, jobTask } from "@biotop/platform/jobs";
import { id } from "@biotop/wire";
import nodemailer from "nodemailer";
import { z } from "zod";
import { loadMail, markFailed, markSent } from "../db/mail-repository.ts";
import { sendMailTask } from "../usecases/send-mail.ts";

/** Hands one mail to the mail server; throws when it does not take it. */
export type MailTransport = (mail: {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}) => Promise<void>;

const timeoutMs = 20_000;

export function smtpTransport(options: { readonly smtpUrl: string; readonly from: string }): MailTransport {
  const server = nodemailer.createTransport({ url: options.smtpUrl, connectionTimeout: timeoutMs, socketTimeout: timeoutMs });
  return async ({ id: mailId, to, subject, text }) => {
    await server.sendMail({
      from: options.from,
      to,
      subject,
      text,
      messageId: `<${mailId}@biotop>`,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
}

/** A mail server that refuses for good: the address does not exist, the sender is not allowed. */
function isRefusedForGood(error: unknown): boolean {
  return error instanceof Error && "responseCode" in error && typeof error.responseCode === "number" && error.responseCode >= 500;
}

/** At least once: a server that dies between delivery and note sends the same message id again. */
export function deliverMailTask(deps: {
  readonly db: Database;
  readonly transport: MailTransport;
  readonly realNow: () => Instant;
}): JobTask {
  return jobTask({
    name: sendMailTask,
    payload: z.object({ mailId: id("mai") }),
    async run({ mailId }) {
      const mail = await deps.db.inTransaction("system", (tx) => loadMail(tx, mailId));
      if (mail?.state !== "queued") return;
      try {
        await deps.transport(mail);
      } catch (error) {
        if (!isRefusedForGood(error)) throw error;
        await deps.db.inTransaction("system", (tx) => markFailed(tx, mailId));
        return;
      }
      await deps.db.inTransaction("system", (tx) => markSent(tx, mailId, deps.realNow()));
    },
  });
}
