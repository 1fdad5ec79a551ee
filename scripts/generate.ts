import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endpoints, openApiDocument } from "@biotop/wire";
import { settingsPage } from "../apps/server/src/settings-page.ts";

/** `npm run generate` writes the files that are made from code; `--check` says which ones are out of date. */
const root = join(import.meta.dirname, "..");
const files: readonly { readonly path: string; readonly text: () => string }[] = [
  { path: "docs/settings.md", text: settingsPage },
  {
    path: "docs/openapi.generated.json",
    text: () =>
      `${JSON.stringify(openApiDocument(endpoints, { apiUrl: "http://localhost:3000", edgeUrl: "http://localhost:3001" }), null, 1)}\n`,
  },
];

const isCheck = process.argv.includes("--check");
for (const { path, text } of files) {
  const file = join(root, path);
  const fresh = text();
  if (fresh === readOrNothing(file)) continue;
  if (isCheck) {
    console.error(`${path} is out of date: run npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, fresh);
    console.log(`wrote ${path}`);
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
