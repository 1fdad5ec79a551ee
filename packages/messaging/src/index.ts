export type { MailFacts, MailTemplate } from "./domain/mail-template.ts";
export type { NewMail, SendMail } from "./usecases/send-mail.ts";
