import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Guarantees of the edge stand in the table only: it has no store that `verify` could ask. */
const withoutCheck = /^edge\./;

type Row = { readonly id: string; readonly statement: string; readonly proof: string; readonly test: string };

let rows: readonly Row[] = [];
let checks: readonly { readonly id: string; readonly statement: string }[] = [];

beforeAll(async () => {
  const table = await readFile(join(root, "docs/invariants.md"), "utf8");
  rows = table
    .split("\n")
    .filter((line) => /^\| [a-z]+\./.test(line))
    .map((line) => line.split(" | ").map((cell) => cell.replaceAll(/^\| | \|$/g, "").trim()))
    .map(([id = "", statement = "", assertion = "", constraint = "", proof = ""]) => ({
      id,
      statement,
      proof: `${assertion} ${constraint} ${proof}`,
      test: proof,
    }));
  const files = (await Promise.all(["apps/server/src", "packages"].map((folder) => sourcesBelow(folder)))).flat();
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  checks = texts
    .filter((text) => text.includes("InvariantCheck"))
    .flatMap((text) => [...text.matchAll(/(?:\bid:|\bcheck\()\s*"([^"]+)",\s*(?:statement:\s*)?"([^"]+)"/g)])
    .map(([, id = "", statement = ""]) => ({ id, statement }));
});

describe("the table of invariants", () => {
  test("has a row for every check, and a check for every row of the store", () => {
    expect(checks.length).toBeGreaterThan(20);
    expect(rows.filter(({ id }) => !withoutCheck.test(id)).map(({ id }) => id)).toEqual(checks.map(({ id }) => id).toSorted());
  });

  test("is sorted and names nothing twice", () => {
    const ids = rows.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  test("says what the check says", () => {
    const said = new Map(checks.map(({ id, statement }) => [id, statement]));
    expect(rows.filter(({ id, statement }) => said.has(id) && said.get(id) !== statement)).toEqual([]);
  });

  test("names a test for every row, and only files that exist", () => {
    expect(rows.filter((row) => row.test === "" || row.test === "–").map(({ id }) => id)).toEqual([]);
    const named = rows.flatMap(({ proof }) => [...proof.matchAll(/`([a-z-]+\/[\w./-]+\.ts)`/g)].map(([, path = ""]) => path));
    const missing = named.filter((path) => !["packages", "apps"].some((folder) => existsSync(join(root, folder, path))));
    expect(missing).toEqual([]);
  });
});

async function sourcesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && /\/src(\/|$)/.test(entry.parentPath))
    .filter((entry) => !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name));
}
