import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { describe, expect, test } from "vitest";

type Catalogue = Readonly<Record<string, string>>;

function catalogue(language: "de" | "en", file: string): Catalogue {
  return JSON.parse(readFileSync(join(import.meta.dirname, language, file), "utf8")) as Catalogue;
}

const files = readdirSync(join(import.meta.dirname, "en"));

describe("the catalogues", () => {
  test("German and English have the same files", () => {
    expect(readdirSync(join(import.meta.dirname, "de"))).toEqual(files);
  });

  test.each(files)("%s has the same keys in both languages, none of them empty", (file) => {
    const de = catalogue("de", file);
    const en = catalogue("en", file);
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    expect([...Object.entries(de), ...Object.entries(en)].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test.each(files)("%s asks for the same values in both languages", (file) => {
    const de = catalogue("de", file);
    for (const [key, text] of Object.entries(catalogue("en", file))) expect([key, valuesOf(de[key] ?? "")]).toEqual([key, valuesOf(text)]);
  });
});

/** Names of the placeholders of a message, also inside of plurals. */
function valuesOf(text: string): readonly string[] {
  const found = new Set<string>();
  const visit = (message: unknown): void => {
    if (!Array.isArray(message)) return;
    for (const token of message as readonly unknown[]) {
      if (!Array.isArray(token)) continue;
      found.add(String(token[0]));
      if (typeof token[2] === "object" && token[2] !== null) for (const choice of Object.values(token[2])) visit(choice);
    }
  };
  visit(compileMessageOrThrow(text));
  return [...found].sort();
}
