/** Words that a person reads, always in both languages. */
export type LocalText = { readonly de: string; readonly en: string };
export type Language = keyof LocalText;
export const languages = ["de", "en"] as const satisfies readonly Language[];
