import type { Clock, Ids, Language, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { addJob } from "@biotop/platform/jobs";
import { insertMail } from "../db/mail-repository.ts";
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

/** A mail that its sender has put into words; `template` is for sorting and search. */
export type WrittenMail = {
  readonly org: OrgId;
  readonly to: string;
  readonly language: Language;
  readonly template: string;
  readonly subject: string;
  readonly text: string;
  readonly link: string | null;
};

/** Both write the mail in the caller's transaction: it leaves if and only if that commits. Without a mail server its link is shown. */
export type SendMail = {
  readonly send: (tx: Tx, mail: NewMail) => Promise<void>;
  readonly sendWritten: (tx: Tx, mail: WrittenMail) => Promise<void>;
};

export const sendMailTask = "messaging.send-mail";

export function createSendMail(deps: { readonly clock: Clock; readonly ids: Ids; readonly hasMailServer: boolean }): SendMail {
  const { clock, ids, hasMailServer } = deps;
  const sendWritten = async (tx: Tx, mail: WrittenMail): Promise<void> => {
    const id = ids.next("mai");
    const state = hasMailServer ? "queued" : "kept";
    await insertMail(tx, { ...mail, id, state, createdAt: clock.now(), sentAt: null });
    if (hasMailServer) await addJob(tx, sendMailTask, { mailId: id }, { key: id });
  };
  return {
    sendWritten,
    send(tx, { org, to, language, template, facts }) {
      // The union ties facts to their template; the compiler cannot follow it through the call.
      const { subject, body } = renderMail(template, language, facts as never);
      return sendWritten(tx, { org, to, language, template, subject, text: body, link: facts.link });
    },
  };
}
