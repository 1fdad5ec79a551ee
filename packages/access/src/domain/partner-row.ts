import { isId, type Language, type LocalText, type OfferId } from "@biotop/kernel";

/** One partner to invite, as it was checked. */
export type PartnerRow = {
  /** 1 is the first row after the header. */
  readonly row: number;
  readonly email: string;
  readonly organisationName: string;
  readonly country: string;
  readonly language: Language;
  readonly offer: OfferId | null;
};

export type RowError = { readonly row: number; readonly field: string; readonly code: string; readonly reason: LocalText };

type Given = Readonly<Record<string, string | null>>;

/** Sorts rows into those that can be invited and what is wrong with the others; each field of a bad row is named. */
export function checkPartnerRows(rows: readonly Given[]): { readonly good: readonly PartnerRow[]; readonly errors: readonly RowError[] } {
  const seen = new Map<string, number>();
  const good: PartnerRow[] = [];
  const errors: RowError[] = [];
  for (const [index, given] of rows.entries()) {
    const row = index + 1;
    const faults = faultsOf(given, row);
    const email = (given["email"] ?? "").trim().toLowerCase();
    const offer = given["offer"]?.trim() || null;
    const twin = seen.get(`${email} ${offer}`);
    if (faults.length === 0 && twin !== undefined) faults.push(fault(row, "email", "twice", reasons.twice(twin)));
    errors.push(...faults);
    if (faults.length > 0) continue;
    seen.set(`${email} ${offer}`, row);
    good.push({
      row,
      email,
      organisationName: (given["organisationName"] ?? "").trim(),
      country: (given["country"] ?? "").trim().toUpperCase(),
      language: given["language"]?.trim().toLowerCase() === "de" ? "de" : "en",
      offer: offer !== null && isId("off", offer) ? offer : null,
    });
  }
  return { good, errors };
}

const fieldNames: ReadonlySet<string> = new Set(["email", "organisationName", "country", "language", "offer"]);

function faultsOf(given: Given, row: number): RowError[] {
  const faults: RowError[] = [];
  const value = (name: string): string => (given[name] ?? "").trim();
  if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value("email")) || value("email").length > 254)
    faults.push(fault(row, "email", "email", reasons.email));
  if (value("organisationName") === "" || value("organisationName").length > 120)
    faults.push(fault(row, "organisationName", "length", reasons.name));
  if (!/^[A-Za-z]{2}$/.test(value("country"))) faults.push(fault(row, "country", "country", reasons.country));
  if (!/^(de|en)?$/i.test(value("language"))) faults.push(fault(row, "language", "language", reasons.language));
  if (value("offer") !== "" && !isId("off", value("offer"))) faults.push(fault(row, "offer", "offer", reasons.offer));
  for (const name of Object.keys(given)) if (!fieldNames.has(name)) faults.push(fault(row, name, "unknown-field", reasons.unknownField));
  return faults;
}

function fault(row: number, field: string, code: string, reason: LocalText): RowError {
  return { row, field, code, reason };
}

const reasons = {
  email: { de: "Keine E-Mail-Adresse.", en: "Not an e-mail address." },
  name: { de: "Der Name der Organisation hat 1 bis 120 Zeichen.", en: "The organisation's name has 1 to 120 characters." },
  country: { de: "Länderkürzel mit zwei Buchstaben, zum Beispiel AT.", en: "A country code of two letters, for example AT." },
  language: { de: "Sprache: de oder en.", en: "Language: de or en." },
  offer: { de: "Keine Kennung eines Angebots (off_…).", en: "Not an offer's id (off_…)." },
  unknownField: { de: "Diese Spalte gibt es nicht.", en: "There is no such column." },
  twice: (row: number): LocalText => ({ de: `Steht schon in Zeile ${row}.`, en: `Is in row ${row} already.` }),
} as const;

/** What only the store can tell. */
export const storeReasons = {
  foreignOffer: { de: "Dieses Angebot gehört Ihnen nicht oder ist geschlossen.", en: "This offer is not yours or is closed." },
  alreadyInvited: {
    de: "An diese Adresse ist schon eine Einladung offen.",
    en: "There is an open invitation to this address already.",
  },
} as const satisfies Record<string, LocalText>;
