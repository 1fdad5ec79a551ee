import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

const folder = join(import.meta.dirname, "..", "src", "i18n");
const prefix = "virtual:messages/";

/** Serves `virtual:messages/de` and `/en`: the JSON catalogues of one language, compiled from ICU at build time. */
export function messageCatalogues(): Plugin {
  return {
    name: "biotop-message-catalogues",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const language = id.slice(prefix.length + 1);
      for (const file of catalogueFiles(language)) this.addWatchFile(file);
      return `export const messages = ${JSON.stringify(compileCatalogue(language))};`;
    },
  };
}

/** Every message of a language by its key; `{count, plural, …}` and friends become arrays that need no parser in the browser. */
function compileCatalogue(language: string): Record<string, unknown> {
  const compiled: Record<string, unknown> = {};
  for (const file of catalogueFiles(language)) {
    const texts = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
    for (const [key, text] of Object.entries(texts)) compiled[key] = compileMessageOrThrow(text);
  }
  return compiled;
}

function catalogueFiles(language: string): readonly string[] {
  const inside = join(folder, language);
  return readdirSync(inside)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(inside, name));
}
