import type { Language } from "@biotop/kernel";
import type { Invitation } from "./invitation.ts";

/** The words of an invitation, in the language of the one who is invited. */
export function invitationMail(
  invitation: Pick<Invitation, "kind" | "language">,
  inviting: string,
  link: string,
): { readonly subject: string; readonly text: string } {
  const words = texts[invitation.language][invitation.kind];
  return {
    subject: words.subject.replace("{name}", inviting),
    text: `${words.text.replace("{name}", inviting)}\n\n${link}\n\n${closing[invitation.language]}\n`,
  };
}

const texts: Readonly<Record<Language, Record<Invitation["kind"], { readonly subject: string; readonly text: string }>>> = {
  de: {
    member: { subject: "{name} lädt Sie zu Biotop ein", text: "{name} lädt Sie ein, mitzuarbeiten. Öffnen Sie dazu:" },
    partner: {
      subject: "{name} möchte Ihr Partner werden",
      text: "{name} lädt Sie zur Zusammenarbeit ein. Das Angebot sehen Sie, sobald Sie Ihr Konto angelegt haben:",
    },
    owner: { subject: "Ihre Organisation bei {name}", text: "{name} hat Ihre Organisation angelegt. Übernehmen Sie sie hier:" },
  },
  en: {
    member: { subject: "{name} invites you to Biotop", text: "{name} invites you to join its team. Open:" },
    partner: {
      subject: "{name} would like to partner with you",
      text: "{name} invites you to work together. You see the offer as soon as you have created your account:",
    },
    owner: { subject: "Your organisation at {name}", text: "{name} has created your organisation. Take it over here:" },
  },
};

const closing: Readonly<Record<Language, string>> = {
  de: "Der Link gilt 14 Tage. Haben Sie nichts erwartet, dann beachten Sie diese Nachricht nicht.",
  en: "The link is valid for 14 days. If you did not expect this message, ignore it.",
};
