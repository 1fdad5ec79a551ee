import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** What may ship with Apache-2.0 code without asking anybody for more. */
const permissive: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Bitstream-Vera",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PostgreSQL",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** Packages whose manifest does not name a licence of the list; each was read. */
const readByHand: Readonly<Record<string, string>> = {
  // The Bitstream Vera licence: embedding and distribution are free, only the font alone may not be sold.
  "dejavu-fonts-ttf": "Bitstream-Vera",
  // The LICENSE file is the text of MIT.
  "png-js": "MIT",
};

/** MPL-2.0 asks for its own files only: a tool of the web build, unchanged, and nothing of it is in what is built. */
const buildTool = /^lightningcss(-|@)/;

type Locked = { readonly dev?: boolean; readonly link?: boolean; readonly optional?: boolean; readonly license?: string };

let shipped: readonly { readonly name: string; readonly licence: string }[] = [];

beforeAll(async () => {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as { packages: Record<string, Locked> };
  const installed = Object.entries(lock.packages).filter(
    ([path, { dev, link }]) => path.includes("node_modules/") && !dev && !link && existsSync(join(root, path, "package.json")),
  );
  shipped = await Promise.all(
    installed.map(async ([path]) => {
      const manifest = JSON.parse(await readFile(join(root, path, "package.json"), "utf8")) as Manifest;
      return { name: `${manifest.name}@${manifest.version}`, licence: readByHand[manifest.name] ?? licenceOf(manifest) };
    }),
  );
});

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly licenses?: readonly { readonly type: string }[];
};

test("everything that ships has a permissive licence", () => {
  expect(shipped.length).toBeGreaterThan(50);
  expect(shipped.filter(({ licence }) => !isPermissive(licence)).filter(({ name }) => !buildTool.test(name))).toEqual([]);
});

test("a licence that asks for more, or none, is refused", () => {
  for (const licence of ["GPL-3.0-only", "AGPL-3.0", "MIT AND GPL-2.0", "UNLICENSED", "SEE LICENSE IN LICENSE", ""]) {
    expect(isPermissive(licence)).toBe(false);
  }
  expect(isPermissive("(MIT OR GPL-3.0)")).toBe(true);
});

function licenceOf({ license, licenses }: Manifest): string {
  if (typeof license === "string") return license;
  return license?.type ?? (licenses ?? []).map(({ type }) => type).join(" OR ");
}

/** SPDX: of alternatives one must be permissive, of what holds together each. */
function isPermissive(expression: string): boolean {
  const words = expression.replaceAll(/[()]/g, " ").trim();
  return words.split(/\s+or\s+/i).some((choice) => choice.split(/\s+and\s+/i).every((licence) => permissive.has(licence.trim())));
}
