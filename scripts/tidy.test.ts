import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { endpoints, problemCatalogue } from "@biotop/wire";
import { beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const contexts = [
  "directory",
  "access",
  "contracts",
  "tracking",
  "attribution",
  "transactions",
  "ledger",
  "billing",
  "messaging",
  "reporting",
];

/** Files that may be longer than 400 lines, each with its reason. */
const longByRight: readonly string[] = [];

type Source = { readonly path: string; readonly text: string; readonly lines: number };

let sources: readonly Source[] = [];

beforeAll(async () => {
  const paths = (await Promise.all(["apps", "packages", "scripts", "e2e"].map((folder) => filesBelow(join(root, folder))))).flat();
  sources = await Promise.all(
    paths
      .filter((path) => /\.(ts|tsx)$/.test(path) && !path.includes(".generated."))
      .map(async (path) => {
        const text = await readFile(path, "utf8");
        return { path: relative(root, path), text, lines: text.split("\n").length };
      }),
  );
});

describe("the house rules", () => {
  test("source files exist to be checked", () => {
    expect(sources.length).toBeGreaterThan(100);
  });

  test("no file is longer than 400 lines", () => {
    expect(
      sources.filter(({ path, lines }) => lines > 401 && !longByRight.includes(path)).map(({ path, lines }) => `${path}: ${lines}`),
    ).toEqual([]);
  });

  test("files and folders are named for what they hold, in kebab-case", () => {
    const banned = /(^|\/)(utils?|helpers?|commons?|managers?|misc|shared|info)(\.|\/|$)/;
    expect(sources.filter(({ path }) => banned.test(path)).map(({ path }) => path)).toEqual([]);
    expect(sources.filter(({ path }) => !/^[a-z0-9$_]+([.-][a-z0-9$_]+)*\.tsx?$/.test(basename(path))).map(({ path }) => path)).toEqual([]);
  });

  test("clock, chance, environment and console stay in adapters", () => {
    const effects = /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\bprocess\.env\b|\bconsole\.|\brandomUUID\(|\brandomBytes\(/;
    const inside = /^packages\/[^/]+\/src\/(domain|usecases|http|jobs|db)\//;
    const offenders = sources.filter(
      ({ path, text }) =>
        inside.test(path) && !path.startsWith("packages/platform/") && !isTest(path) && effects.test(withoutComments(text)),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  test("money is never a number", () => {
    const offenders = sources.filter(
      ({ path, text }) =>
        !isTest(path) && !path.startsWith("apps/web/") && /\b(\w*Minor|\w*[pP]pm)\??: number\b/.test(withoutComments(text)),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  test("no test is switched off or left running alone, and none sleeps", () => {
    const offenders = sources.filter(
      ({ path, text }) =>
        isTest(path) &&
        path !== "scripts/tidy.test.ts" &&
        /\b(it|test|describe)\.(only|skip|todo)\(|\bsetTimeout\(resolve, \d{4,}\)/.test(text),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  test("nothing is left for later", () => {
    const offenders = sources.filter(
      ({ path, text }) => path !== "scripts/tidy.test.ts" && /\b(TODO|FIXME|XXX|not implemented|coming soon)\b/.test(text),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  test("no file carries a path of a machine", () => {
    const offenders = sources.filter(({ path, text }) => path !== "scripts/tidy.test.ts" && /["'`]\/(work|home|Users)\//.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});

describe("every context", () => {
  test.each(contexts)("%s has a short README", async (context) => {
    const text = await readFile(join(root, "packages", context, "README.md"), "utf8");
    expect(text.split("\n").length).toBeLessThanOrEqual(31);
  });

  test("every migration says why, what it locks and how to go back", async () => {
    const files = (await filesBelow(join(root, "packages"))).filter((path) => path.endsWith(".sql"));
    expect(files.length).toBeGreaterThan(8);
    const headless: string[] = [];
    for (const file of files) {
      const head = (await readFile(file, "utf8")).split("\n").slice(0, 8).join("\n").toLowerCase();
      if (!/why/.test(head) || !/lock/.test(head) || !/way back/.test(head)) headless.push(relative(root, file));
    }
    expect(headless).toEqual([]);
  });
});

describe("the public interface", () => {
  test("every operation has its own id and address", () => {
    const ids = endpoints.map(({ id }) => id);
    const addresses = endpoints.map(({ at, method, path }) => `${at} ${method} ${path}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test("every problem is named in both languages", () => {
    for (const { title } of Object.values(problemCatalogue)) {
      expect(title.de.length).toBeGreaterThan(3);
      expect(title.en.length).toBeGreaterThan(3);
    }
  });

  test("every problem that an operation names is in the catalogue", () => {
    for (const { problems } of endpoints) for (const kind of problems) expect(problemCatalogue).toHaveProperty(kind);
  });
});

function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/test\/|^e2e\//.test(path);
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !/(^|\/)(node_modules|dist)(\/|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name));
}
