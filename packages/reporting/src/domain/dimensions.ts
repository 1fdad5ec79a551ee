import type { LocalText } from "@biotop/kernel";

export const dimensions = [
  { code: "day", label: { de: "Tag", en: "Day" } },
  { code: "partner", label: { de: "Partner", en: "Partner" } },
  { code: "programme", label: { de: "Programm", en: "Programme" } },
  { code: "sub1", label: { de: "Sub-ID 1", en: "Sub-id 1" } },
] as const satisfies readonly { readonly code: string; readonly label: LocalText }[];

export type Dimension = (typeof dimensions)[number]["code"];

/** What stands where a row has no partner or no sub-id. */
export const nothingNamed: Record<Dimension, LocalText> = {
  day: { de: "ohne Tag", en: "no day" },
  partner: { de: "ohne Partner", en: "no partner" },
  programme: { de: "ohne Programm", en: "no programme" },
  sub1: { de: "ohne Sub-ID", en: "no sub-id" },
};
