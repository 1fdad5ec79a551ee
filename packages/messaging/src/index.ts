export type { MailFacts, MailTemplate } from "./domain/mail-template.ts";
export type { NewMail, SendMail, WrittenMail } from "./usecases/send-mail.ts";
