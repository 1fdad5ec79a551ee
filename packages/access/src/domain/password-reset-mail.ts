import type { Language } from "@biotop/kernel";

/** The words that go with a link for a new password, in the person's language. */
export function passwordResetMail(language: Language, link: string): { readonly subject: string; readonly text: string } {
  const { subject, lead, closing } = texts[language];
  return { subject, text: `${lead}\n\n${link}\n\n${closing}\n` };
}

const texts: Readonly<Record<Language, { readonly subject: string; readonly lead: string; readonly closing: string }>> = {
  de: {
    subject: "Neues Passwort für Biotop",
    lead: "Für Ihr Konto wurde ein neues Passwort angefordert. Hier vergeben Sie es:",
    closing: "Der Link gilt eine Stunde und nur einmal. Haben Sie nichts angefordert, dann beachten Sie diese Nachricht nicht.",
  },
  en: {
    subject: "A new password for Biotop",
    lead: "Somebody asked for a new password for your account. Set it here:",
    closing: "The link is valid for one hour and works once. If you did not ask for it, ignore this message.",
  },
};
