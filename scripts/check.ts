import { spawn } from "node:child_process";
import { join } from "node:path";

/** `npm run check`: every rule that is checked, side by side, with its seconds. Red when one is red. */
type Step = { readonly name: string; readonly command: string; readonly args: readonly string[] };

const root = join(import.meta.dirname, "..");
const fast: readonly Step[] = [
  { name: "format and lint (biome)", command: "biome", args: ["ci", "--error-on-warnings", "."] },
  { name: "types, node (tsc)", command: "tsc", args: ["-p", "tsconfig.node.json"] },
  { name: "types, web (tsc)", command: "tsc", args: ["-p", "tsconfig.web.json"] },
  { name: "promises and functions (oxlint)", command: "oxlint", args: ["--type-aware", "--deny-warnings"] },
  { name: "walls (dependency-cruiser)", command: "depcruise", args: ["--config", ".dependency-cruiser.cjs", "packages", "apps"] },
  { name: "unused code (knip)", command: "knip", args: [] },
  { name: "generated files (drift)", command: "node", args: ["scripts/generate.ts", "--check"] },
  { name: "lock file is complete", command: "node", args: ["scripts/complete-lockfile.ts", "--check"] },
];
const tests: Step = { name: "tests (vitest)", command: "vitest", args: ["run", "--reporter=dot"] };

let failed = 0;
for (const pair of inPairs(fast)) await Promise.all(pair.map(runStep));
await runStep(tests);
if (failed > 0) {
  console.error(`check: ${failed} step(s) are red`);
  process.exitCode = 1;
}

function inPairs(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.filter((_, index) => index % 2 === 0).map((step, index) => [step, ...steps.slice(2 * index + 1, 2 * index + 2)]);
}

function runStep(step: Step): Promise<void> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(step.command, step.args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on("error", (error) => {
      output += error.message;
    });
    child.on("close", (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? "✓" : "✗"} ${step.name} (${seconds} s)`);
      if (code !== 0) {
        failed += 1;
        console.log(output.trimEnd());
      }
      resolve();
    });
  });
}
