import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "@biotop/kernel";
import { setupI18n } from "@lingui/core";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";

const folder = join(import.meta.dirname, "..", "apps", "web", "src", "i18n");

export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The words that the app shows, by their keys: `say("links.copy")`. */
export function wordsOf(language: Language): Say {
  const messages: Record<string, ReturnType<typeof compileMessageOrThrow>> = {};
  for (const file of readdirSync(join(folder, language))) {
    const texts = JSON.parse(readFileSync(join(folder, language, file), "utf8")) as Record<string, string>;
    for (const [key, text] of Object.entries(texts)) messages[key] = compileMessageOrThrow(text);
  }
  const i18n = setupI18n({ locale: language, messages: { [language]: messages } });
  return (key, values) => {
    if (!(key in messages)) throw new Error(`no words for ${key}`);
    return i18n._(key, values);
  };
}
