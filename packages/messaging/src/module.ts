import type { Clock, Ids, Instant } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import type { ContextModule } from "@biotop/platform/module";
import { messagingRoutes } from "./http/routes.ts";
import { messagingInvariants } from "./invariants.ts";
import { deliverMailTask, type MailTransport } from "./jobs/deliver-mail.ts";
import { type NewsDeps, newsSubscriptions } from "./jobs/subscriptions.ts";
import { createSendMail, type SendMail } from "./usecases/send-mail.ts";

export { type MailTransport, smtpTransport } from "./jobs/deliver-mail.ts";
export type { Recipient } from "./jobs/subscriptions.ts";

export type MessagingDeps = Omit<NewsDeps, "mails"> & {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Absent without a mail server: every mail is then kept and its link shown. */
  readonly transport?: MailTransport | undefined;
  readonly realNow: () => Instant;
};

export function createMessagingModule(deps: MessagingDeps): ContextModule & { readonly mails: SendMail } {
  const { db, transport, realNow } = deps;
  const mails = createSendMail({ ...deps, hasMailServer: transport !== undefined });
  return {
    name: "messaging",
    migrations: { context: "messaging", folder: new URL("./db/migrations/", import.meta.url) },
    routes: messagingRoutes(deps),
    subscriptions: newsSubscriptions({ ...deps, mails }),
    due: [],
    jobs: transport ? [deliverMailTask({ db, transport, realNow })] : [],
    invariants: messagingInvariants,
    mails,
  };
}
