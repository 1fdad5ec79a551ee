import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);

/** One forbidden import per wall: the file that is planted and what it imports. */
const plants: readonly { readonly wall: string; readonly file: string; readonly imports: string }[] = [
  { wall: "directory-knows-only-its-neighbours", file: "packages/directory/src/usecases/planted.ts", imports: "@biotop/access" },
  { wall: "access-knows-only-its-neighbours", file: "packages/access/src/usecases/planted.ts", imports: "@biotop/contracts" },
  { wall: "contracts-knows-only-its-neighbours", file: "packages/contracts/src/usecases/planted.ts", imports: "@biotop/ledger" },
  { wall: "tracking-knows-only-its-neighbours", file: "packages/tracking/src/usecases/planted.ts", imports: "@biotop/attribution" },
  { wall: "attribution-knows-only-its-neighbours", file: "packages/attribution/src/usecases/planted.ts", imports: "@biotop/ledger" },
  { wall: "ledger-knows-only-its-neighbours", file: "packages/ledger/src/usecases/planted.ts", imports: "@biotop/contracts" },
  { wall: "transactions-knows-only-its-neighbours", file: "packages/transactions/src/usecases/planted.ts", imports: "@biotop/billing" },
  { wall: "billing-knows-only-its-neighbours", file: "packages/billing/src/usecases/planted.ts", imports: "@biotop/tracking" },
  { wall: "messaging-knows-only-its-neighbours", file: "packages/messaging/src/usecases/planted.ts", imports: "@biotop/billing" },
  { wall: "nobody-imports-reporting", file: "packages/billing/src/usecases/planted-report.ts", imports: "@biotop/reporting/module" },
  { wall: "kernel-has-no-dependencies", file: "packages/kernel/src/planted.ts", imports: "node:fs" },
  { wall: "wire-and-protocol-know-the-kernel", file: "packages/wire/src/planted.ts", imports: "@biotop/platform/db" },
  { wall: "platform-knows-kernel-and-wire", file: "packages/platform/src/db/planted.ts", imports: "@biotop/ledger" },
  {
    wall: "platform-speaks-the-protocol-in-segments-only",
    file: "packages/platform/src/db/planted-protocol.ts",
    imports: "@biotop/tracking-protocol",
  },
  {
    wall: "other-contexts-only-by-their-face",
    file: "packages/billing/src/usecases/planted-inside.ts",
    imports: "../../../ledger/src/domain/planted-target.ts",
  },
  {
    wall: "modules-are-wired-by-the-server-only",
    file: "packages/billing/src/usecases/planted-module.ts",
    imports: "@biotop/ledger/module",
  },
  { wall: "domain-is-pure", file: "packages/ledger/src/domain/planted.ts", imports: "node:crypto" },
  { wall: "http-never-touches-db", file: "packages/ledger/src/http/planted.ts", imports: "../db/planted-target.ts" },
  { wall: "usecases-below-http-and-jobs", file: "packages/ledger/src/usecases/planted-below.ts", imports: "../http/planted.ts" },
  { wall: "edge-stays-small", file: "apps/edge/src/planted.ts", imports: "@biotop/platform/db" },
  { wall: "edge-has-no-database-client", file: "apps/edge/src/planted-client.ts", imports: "pg" },
  { wall: "browser-and-client-speak-the-wire", file: "packages/sdk/src/planted.ts", imports: "@biotop/contracts" },
  { wall: "replay-is-a-stranger", file: "apps/cli/src/replay/planted.ts", imports: "@biotop/contracts" },
  { wall: "generator-is-pure", file: "packages/ecosystem-generator/src/planted.ts", imports: "@biotop/contracts" },
  { wall: "no-test-code-in-the-product", file: "packages/ledger/src/usecases/planted-test.ts", imports: "@biotop/testing" },
  { wall: "no-cycles", file: "packages/kernel/src/planted-cycle-back.ts", imports: "./planted-cycle.ts" },
];

const targets: Readonly<Record<string, string>> = {
  "packages/ledger/src/domain/planted-target.ts": "export const planted = 1;\n",
  "packages/ledger/src/db/planted-target.ts": "export const planted = 1;\n",
  "packages/kernel/src/planted-cycle.ts": 'export { planted } from "./planted-cycle-back.ts";\n',
};

describe("the walls", () => {
  let copy = "";
  let broken = new Map<string, Set<string>>();
  let modules = 0;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), "biotop-walls-"));
    await copySources(copy);
    for (const { file, imports } of plants)
      await plant(copy, file, `import * as forbidden from "${imports}";\nexport const planted = forbidden;\n`);
    for (const [file, text] of Object.entries(targets)) await plant(copy, file, text);
    ({ broken, modules } = await cruise(copy));
  }, 120_000);

  afterAll(() => rm(copy, { recursive: true, force: true }));

  test("a cruise that reads no module proves nothing", () => {
    expect(modules).toBeGreaterThan(100);
  });

  test.each(plants)("$wall stops $file", ({ wall, file }) => {
    expect([...(broken.get(wall) ?? [])]).toContain(file);
  });
});

async function plant(copy: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(copy, file)), { recursive: true });
  await writeFile(join(copy, file), text);
}

/** The sources without what is built, and a node_modules whose own packages point into the copy. */
async function copySources(copy: string): Promise<void> {
  for (const folder of ["apps", "packages"]) {
    await cp(join(root, folder), join(copy, folder), { recursive: true, filter: (source) => !/(node_modules|dist)$/.test(source) });
  }
  for (const file of ["package.json", ".dependency-cruiser.cjs", "tsconfig.base.json"]) await cp(join(root, file), join(copy, file));
  const modules = join(copy, "node_modules");
  await mkdir(join(modules, "@biotop"), { recursive: true });
  for (const name of await readdir(join(root, "node_modules"))) {
    if (name !== "@biotop" && name !== ".bin") await symlink(join(root, "node_modules", name), join(modules, name));
  }
  for (const folder of ["apps", "packages"]) {
    for (const name of await readdir(join(copy, folder))) await symlink(join(copy, folder, name), join(modules, "@biotop", name));
  }
}

type Cruise = {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
};

async function cruise(folder: string): Promise<{ broken: Map<string, Set<string>>; modules: number }> {
  const command = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const options = { cwd: folder, maxBuffer: 256 * 1024 * 1024 };
  const output = await run(
    process.execPath,
    [command, "--config", ".dependency-cruiser.cjs", "--output-type", "json", "packages", "apps"],
    options,
  )
    .then(({ stdout }) => stdout)
    .catch((failure: { stdout?: string }) => failure.stdout ?? "");
  const { summary } = JSON.parse(output) as Cruise;
  const broken = new Map<string, Set<string>>();
  for (const { from, rule } of summary.violations) broken.set(rule.name, (broken.get(rule.name) ?? new Set()).add(from));
  return { broken, modules: summary.totalCruised };
}
