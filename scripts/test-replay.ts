import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ciiSchemaErrors, en16931Findings, hasOfficialMaterial, pain001SchemaErrors } from "../packages/billing/test/official-material.ts";
import { ordersFile, sharedFile, startInstance, startProgram } from "./instance.ts";

/**
 * `npm run test:replay`: three months of real orders through the public interface; every cent against an independent recomputation,
 * every invariant over the store, every document against the official rules, and a second run that adds nothing.
 */
type Summary = {
  readonly isRight: boolean;
  readonly orders: { readonly known: number; readonly sent: number };
  readonly clicks: { readonly sent: number };
  readonly outcomes: { readonly byKind: Readonly<Record<string, number>> };
  readonly commissions: object;
  readonly ledger: readonly { readonly entries: string; readonly postings: string }[];
  readonly documents: {
    readonly count: number;
    readonly grossMinor: Readonly<Record<string, string>>;
    readonly paidMinor: Readonly<Record<string, string>>;
  };
  readonly payouts: readonly { readonly rail: string; readonly totalMinor: string }[];
  readonly memory: { readonly early: Memory; readonly late: Memory };
  readonly ordersPerSecond: number | null;
};
type Memory = { readonly edgeMb?: number; readonly serverMb?: number };

let passed = 0;
let failed = 0;
function expect(what: string, holds: boolean): void {
  console.log(`${holds ? "✓" : "✗"} ${what}`);
  if (holds) passed += 1;
  else failed += 1;
}

const file = sharedFile(ordersFile);
if (existsSync(file)) await main();
else console.log(`test:replay skipped: there is no order file at ${file}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function main(): Promise<void> {
  const instance = await startInstance(["--clock", "manual", "--at", "2010-12-01T00:00:00Z"]);
  const files = join(instance.dataDir, "files");
  try {
    const first = await replay(instance.environment, ["--save", files]);
    expect("every sum of the first run is equal to the cent", first.isRight);
    console.log(`  ${first.ordersPerSecond} orders/s, memory ${JSON.stringify(first.memory)}`);
    expect(
      "memory of edge and server at the end is at most 1.2 × at 20 %",
      isFlat(first.memory.early.edgeMb, first.memory.late.edgeMb) && isFlat(first.memory.early.serverMb, first.memory.late.serverMb),
    );
    expect("the store is sound", (await verify(instance.environment)).isSound);
    await checkFiles(files, first);
    const second = await replay(instance.environment, []);
    expect("a second run sends no order and no click", second.orders.sent === 0 && second.clicks.sent === 0);
    expect("a second run changes nothing", facts(first) === facts(second));
    expect("the store is sound afterwards", (await verify(instance.environment)).isSound);
  } finally {
    await instance.stop();
    await instance.remove();
  }
}

async function replay(environment: Readonly<Record<string, string | undefined>>, args: readonly string[]): Promise<Summary> {
  return JSON.parse(await startProgram(["apps/cli/src/main.ts", "replay", file, "--json", ...args], environment).output) as Summary;
}

async function verify(environment: Readonly<Record<string, string | undefined>>): Promise<{ isSound: boolean }> {
  return JSON.parse(await startProgram(["apps/cli/src/main.ts", "verify"], environment).output) as { isSound: boolean };
}

function facts({ commissions, ledger, documents, payouts }: Summary): string {
  return JSON.stringify({ commissions, ledger, documents, payouts });
}

function isFlat(early: number | undefined, late: number | undefined): boolean {
  return early !== undefined && late !== undefined && late <= early * 1.2;
}

async function checkFiles(folder: string, summary: Summary): Promise<void> {
  const names = await readdir(folder);
  const invoices = names.filter((name) => name.endsWith(".xml") && !name.startsWith("run_"));
  const bankFiles = names.filter((name) => name.startsWith("run_") && name.endsWith(".xml"));
  expect(`every document has its XML (${invoices.length})`, invoices.length === summary.documents.count && invoices.length > 0);
  const total = await sumOfBankFiles(folder, bankFiles);
  const sepa = summary.payouts.filter(({ rail }) => rail === "sepa").reduce((sum, { totalMinor }) => sum + BigInt(totalMinor), 0n);
  expect(
    `the bank files' sum is the sum of the EUR payables (${total} cents in ${bankFiles.length} files)`,
    total === sepa && total === BigInt(summary.documents.paidMinor["EUR"] ?? "0"),
  );
  if (!hasOfficialMaterial) return;

  const broken: string[] = [];
  for (const name of invoices) {
    const xml = await readFile(join(folder, name), "utf8");
    const errors = [...(await ciiSchemaErrors(xml)), ...en16931Findings(xml).fatal];
    if (errors.length > 0) broken.push(`${name}: ${errors[0]}`);
  }
  expect(
    `every XML is valid by schema and EN 16931 rules${broken.length > 0 ? `\n  ${broken.slice(0, 5).join("\n  ")}` : ""}`,
    broken.length === 0,
  );
  const wrong: string[] = [];
  for (const name of bankFiles) wrong.push(...(await pain001SchemaErrors(await readFile(join(folder, name), "utf8"))));
  expect(`every bank file is valid by schema${wrong.length > 0 ? `: ${wrong[0]}` : ""}`, wrong.length === 0 && bankFiles.length > 0);
}

async function sumOfBankFiles(folder: string, names: readonly string[]): Promise<bigint> {
  let total = 0n;
  for (const name of names) {
    const text = /<CtrlSum>(\d+)\.(\d{2})<\/CtrlSum>/.exec(await readFile(join(folder, name), "utf8"));
    total += BigInt(`${text?.[1] ?? "0"}${text?.[2] ?? "00"}`);
  }
  return total;
}
