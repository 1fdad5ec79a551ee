import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

describe("what the documents say", () => {
  test("every command that a page names exists", async () => {
    const { scripts } = await manifestOf("package.json");
    const pages = await Promise.all(["README.md", "CONTRIBUTING.md", ".ci/run"].map(textOf));
    const named = pages.flatMap((page) => [...page.matchAll(/npm run (?:--silent )?(\w[\w:-]*)/g)].map(([, name = ""]) => name));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("decisions are numbered without a gap, each with state, decision and consequences", async () => {
    const files = (await readdir(join(root, "docs/adr"))).toSorted();
    expect(files.map((file) => file.slice(0, 4))).toEqual(files.map((_, index) => String(index + 1).padStart(4, "0")));
    for (const file of files) {
      const text = await textOf(`docs/adr/${file}`);
      expect(text, file).toMatch(new RegExp(`^# ${file.slice(0, 4)} .+\\nStatus: (accepted|replaced by \\d{4})`));
      expect(text, file).toContain("**Decision.**");
      expect(text, file).toContain("**Consequences.**");
    }
  });

  test("every word of the glossary stands once, in both languages, with its meaning", async () => {
    const rows = tableOf(await textOf("docs/glossary.md"));
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter((cells) => cells.length !== 3 || cells.includes(""))).toEqual([]);
    const words = rows.map(([word]) => word);
    expect(words).toEqual([...new Set(words)]);
  });

  test("every library has a line that says why, and none is named that is gone", async () => {
    const named = tableOf(await textOf("docs/adr/0020-libraries.md")).flatMap(([names = ""]) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
    );
    const libraries = await librariesInUse();
    const isNamed = (library: string) => named.some((name) => name === library || matches(name, library));
    expect(libraries.filter((library) => !isNamed(library))).toEqual([]);
    expect(named.filter((name) => !libraries.some((library) => library === name || matches(name, library)))).toEqual([]);
  });
});

type Manifest = {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

async function librariesInUse(): Promise<readonly string[]> {
  const folders = await Promise.all(
    ["apps", "packages"].map(async (folder) => (await readdir(join(root, folder))).map((name) => `${folder}/${name}/package.json`)),
  );
  const manifests = await Promise.all(["package.json", ...folders.flat()].map(manifestOf));
  const names = manifests.flatMap((manifest) =>
    Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }),
  );
  return [...new Set(names)].filter((name) => !name.startsWith("@biotop/")).toSorted();
}

/** `@types/*` stands for every package below it. */
function matches(pattern: string, name: string): boolean {
  return pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1));
}

function tableOf(page: string): readonly (readonly string[])[] {
  const lines = page.split("\n");
  const start = lines.findIndex((line) => line.startsWith("|---"));
  return lines
    .slice(start + 1)
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .replaceAll(/^\| | \|$/g, "")
        .split(" | ")
        .map((cell) => cell.trim()),
    );
}

async function manifestOf(path: string): Promise<Manifest> {
  return JSON.parse(await textOf(path)) as Manifest;
}

function textOf(path: string): Promise<string> {
  return readFile(join(root, path), "utf8");
}
