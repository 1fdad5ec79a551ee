import type { Language } from "@biotop/kernel";

/** What a mail says: plain text, the link on a line of its own. */
export type MailText = { readonly subject: string; readonly body: string };

/** The facts that each kind of mail needs; `link` is what the mail leads to. */
export type MailFacts = {
  readonly "proposal-handed-over": { readonly organisation: string; readonly programme: string; readonly link: string };
  readonly "document-issued": { readonly issuer: string; readonly number: string; readonly total: string; readonly link: string };
  readonly "payout-sent": { readonly payer: string; readonly amount: string; readonly link: string };
};

export type MailTemplate = keyof MailFacts;

type Texts<Facts> = Readonly<Record<Language, (facts: Facts) => MailText>>;

export const mailTemplates: { readonly [Template in MailTemplate]: Texts<MailFacts[Template]> } = {
  "proposal-handed-over": {
    de: ({ organisation, programme, link }) => ({
      subject: `${organisation} hat geantwortet: ${programme}`,
      body: lines(
        "Guten Tag,",
        `im Vorschlag zum Programm „${programme}“ ist Ihre Seite am Zug. Zuletzt hat ${organisation} geantwortet.`,
        link,
      ),
    }),
    en: ({ organisation, programme, link }) => ({
      subject: `${organisation} has answered: ${programme}`,
      body: lines(
        "Hello,",
        `it is your side's turn in the proposal for the programme “${programme}”. ${organisation} answered last.`,
        link,
      ),
    }),
  },
  "document-issued": {
    de: ({ issuer, number, total, link }) => ({
      subject: `Gutschrift ${number} von ${issuer}`,
      body: lines("Guten Tag,", `${issuer} hat die Gutschrift ${number} über ${total} ausgestellt. PDF und XML liegen hier bereit:`, link),
    }),
    en: ({ issuer, number, total, link }) => ({
      subject: `Self-billing invoice ${number} from ${issuer}`,
      body: lines("Hello,", `${issuer} has issued the self-billing invoice ${number} for ${total}. PDF and XML are ready here:`, link),
    }),
  },
  "payout-sent": {
    de: ({ payer, amount, link }) => ({
      subject: `${payer} zahlt ${amount} aus`,
      body: lines("Guten Tag,", `${payer} hat eine Auszahlung von ${amount} an Sie freigegeben. Einzelheiten:`, link),
    }),
    en: ({ payer, amount, link }) => ({
      subject: `${payer} pays out ${amount}`,
      body: lines("Hello,", `${payer} has approved a payout of ${amount} to you. Details:`, link),
    }),
  },
};

/** The mail in the recipient's language. A line break in a fact cannot reach the subject, where it would forge a header. */
export function renderMail<Template extends MailTemplate>(template: Template, language: Language, facts: MailFacts[Template]): MailText {
  const { subject, body } = mailTemplates[template][language](facts);
  return { subject: subject.replaceAll(/\s+/g, " ").slice(0, 200), body };
}

function lines(...paragraphs: readonly string[]): string {
  return `${paragraphs.join("\n\n")}\n`;
}
