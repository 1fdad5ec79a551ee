/**
 * Text in the characters that every SEPA bank takes: a–z, A–Z, 0–9, space and / - ? : ( ) . , ' +. German letters are written
 * out, accents are dropped, everything else becomes a full stop.
 */
export function bankText(text: string, lengthMax: number): string {
  const written = text.replaceAll(/./gsu, (character) => writtenOut[character] ?? character);
  const plain = written.normalize("NFD").replaceAll(/\p{Mark}/gu, "");
  const allowed = plain.replaceAll(/[^a-zA-Z0-9/\-?:().,'+ ]/g, ".").replaceAll(/ {2,}/g, " ");
  return allowed.trim().slice(0, lengthMax).trim();
}

/** An id as banks take it: `run_01j…` → `RUN01J…`, at most 35 characters. */
export function bankId(id: string): string {
  return id
    .replaceAll(/[^a-zA-Z0-9]/g, "")
    .toUpperCase()
    .slice(0, 35);
}

const writtenOut: Readonly<Record<string, string>> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  Ä: "Ae",
  Ö: "Oe",
  Ü: "Ue",
  ß: "ss",
  ẞ: "SS",
  æ: "ae",
  Æ: "AE",
  ø: "oe",
  Ø: "Oe",
  å: "aa",
  Å: "Aa",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  þ: "th",
  Þ: "Th",
  œ: "oe",
  Œ: "OE",
  ı: "i",
  "&": "+",
  "–": "-",
  "—": "-",
  "’": "'",
  _: "-",
};
