import type { Clock, Ids, Language, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { addJob } from "@biotop/platform/jobs";
import { insertMail, type MailId } from "../db/mail-repository.ts";
import { type MailFacts, type MailTemplate, renderMail } from "../domain/mail-template.ts";

export type NewMail = {
  [Template in MailTemplate]: {
    /** Whose action caused the mail, and who may see it. */
    readonly org: OrgId;
    readonly to: string;
    readonly language: Language;
    readonly template: Template;
    readonly facts: MailFacts[Template];
  };
}[MailTemplate];

/** `isSent`: a mail server takes it from here; without one the mail is kept and its link shown. */
export type SendMail = (tx: Tx, mail: NewMail) => Promise<{ readonly id: MailId; readonly isQueued: boolean }>;

export const sendMailTask = "messaging.send-mail";

/** Writes the mail in the caller's transaction: it leaves if and only if that commits. */
export function createSendMail(deps: { readonly clock: Clock; readonly ids: Ids; readonly hasMailServer: boolean }): SendMail {
  return async (tx, mail) => {
    const id = deps.ids.next("mai");
    const { subject, body } = renderMail(mail.template, mail.language, mail.facts as never);
    await insertMail(tx, {
      id,
      org: mail.org,
      to: mail.to,
      language: mail.language,
      template: mail.template,
      subject,
      text: body,
      link: mail.facts.link,
      state: deps.hasMailServer ? "queued" : "kept",
      createdAt: deps.clock.now(),
      sentAt: null,
    });
    if (deps.hasMailServer) await addJob(tx, sendMailTask, { mailId: id }, { key: id });
    return { id, isQueued: deps.hasMailServer };
  };
}
