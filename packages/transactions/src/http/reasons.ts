import { declineReasons } from "@biotop/contracts";
import type { LocalText } from "@biotop/kernel";

/** Every coded reason that a person may read on a transaction, beside the contract's own reasons for declining. */
const reasons = {
  "no-click": { de: "ohne Klick gemeldet", en: "reported without a click" },
  "outside-window": { de: "Klick außerhalb des Klick-Fensters", en: "click outside the click window" },
  "after-conversion": { de: "Klick nach der Bestellung", en: "click after the order" },
  "no-contract": { de: "kein Vertrag in Kraft", en: "no contract in force" },
  "other-programme": { de: "Klick auf ein anderes Programm", en: "click on another programme" },
  "unknown-click": { de: "Klick unbekannt", en: "click unknown" },
  bot: { de: "Klick eines Bots", en: "click of a bot" },
  test: { de: "Testklick", en: "test click" },
  "no-consent": { de: "ohne Einwilligung", en: "without consent" },
  "rate-unknown": { de: "wartet auf den Wechselkurs", en: "waits for the exchange rate" },
  "reported-declined": { de: "vom Shop abgelehnt gemeldet", en: "reported as declined by the shop" },
  "amount-changed": { de: "Betrag geändert", en: "amount changed" },
  deadline: { de: "Frist abgelaufen", en: "deadline passed" },
  reattributed: { de: "neu zugeordnet", en: "attributed again" },
  "last-click": { de: "letzter Klick im Fenster", en: "last click inside the window" },
  "later-click-won": { de: "ein späterer Klick hat gewonnen", en: "a later click won" },
} as const satisfies Record<string, LocalText>;

export function reasonText(code: string): LocalText {
  const own = Object.entries(reasons).find(([name]) => name === code)?.[1];
  return own ?? declineReasons[code] ?? { de: code, en: code };
}
