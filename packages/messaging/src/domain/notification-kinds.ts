import { decimalText, isCurrency, type Language, type LocalText } from "@biotop/kernel";
import { defineNotification, type NotificationFacts, type NotificationKind } from "./notification.ts";

/** Every kind of news: one entry each. The code is stored with the news, so a published one stays. */
export const notificationKinds: readonly NotificationKind[] = [
  defineNotification({
    code: "proposal-handed-over",
    text: ({ organisation = "", programme = "" }) => ({
      de: `${organisation} hat geantwortet: Im Vorschlag zu „${programme}“ sind Sie am Zug.`,
      en: `${organisation} has answered: it is your turn in the proposal for “${programme}”.`,
    }),
  }),
  defineNotification({
    code: "contract-activated",
    text: ({ programme = "" }) => ({
      de: `Der Vertrag zu „${programme}“ ist geschlossen und gilt.`,
      en: `The contract for “${programme}” is concluded and in force.`,
    }),
  }),
  defineNotification({
    code: "document-issued",
    text: (facts) => ({
      de: `${facts["issuer"]} hat die Gutschrift ${facts["number"]} über ${amount("de", facts)} ausgestellt.`,
      en: `${facts["issuer"]} has issued the self-billing invoice ${facts["number"]} for ${amount("en", facts)}.`,
    }),
  }),
  defineNotification({
    code: "payout-paid",
    text: (facts) => ({
      de: `${facts["payer"]} hat ${amount("de", facts)} an Sie ausgezahlt.`,
      en: `${facts["payer"]} has paid you ${amount("en", facts)}.`,
    }),
  }),
  defineNotification({
    code: "conversions-declined",
    text: (facts) => ({
      de:
        facts["count"] === "1"
          ? `„${facts["programme"]}“ hat eine Transaktion abgelehnt.`
          : `„${facts["programme"]}“ hat ${facts["count"]} Transaktionen abgelehnt.`,
      en:
        facts["count"] === "1"
          ? `“${facts["programme"]}” has declined one transaction.`
          : `“${facts["programme"]}” has declined ${facts["count"]} transactions.`,
    }),
  }),
  defineNotification({
    code: "partner-joined",
    text: ({ organisation = "" }) => ({
      de: `${organisation} hat Ihre Einladung angenommen.`,
      en: `${organisation} has accepted your invitation.`,
    }),
  }),
];

const byCode = new Map(notificationKinds.map((kind) => [kind.code, kind]));

/** How stored news reads; one of an unknown kind shows its code. */
export function notificationText(code: string, facts: NotificationFacts): LocalText {
  return byCode.get(code)?.text(facts) ?? { de: code, en: code };
}

/** An amount as people of the language write it, exact to the cent. */
export function amount(language: Language, facts: NotificationFacts): string {
  const { currency = "", amountMinor = "0" } = facts;
  if (!isCurrency(currency)) return amountMinor;
  const decimal = decimalText({ currency, minor: BigInt(amountMinor) });
  return new Intl.NumberFormat(language, { style: "currency", currency }).format(decimal as Intl.StringNumericLiteral);
}
