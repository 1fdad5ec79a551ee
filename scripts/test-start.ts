import { rm } from "node:fs/promises";
import { startInstance, waitUntil } from "./instance.ts";

/** `npm run test:start`: the README's two commands, on an empty folder, with their seconds. */
let failed = 0;
let passed = 0;

function expect(what: string, holds: boolean): void {
  console.log(`${holds ? "✓" : "✗"} ${what}`);
  if (holds) passed += 1;
  else failed += 1;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

/** Whether something becomes true in time. */
function within(msMax: number, isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
  return waitUntil(isTrue, msMax).then(
    () => true,
    () => false,
  );
}

function isServed(url: string): Promise<boolean> {
  return fetch(url).then(
    async (response) => response.ok && (await response.text()).includes('<div id="root"'),
    () => false,
  );
}

const first = await startInstance([]);
expect(`first start is ready (${first.secondsToReady.toFixed(1)} s)`, true);
expect("a one-time set-up link is printed", await within(5_000, () => /First run: .*https?:\/\//.test(first.textSoFar())));
expect("web and API answer", (await answers(`${first.url}/healthz`)) && (await answers(`${first.url}/readyz`)));
expect("the web app is served, once it is built", await within(120_000, () => isServed(first.url)));
expect("the edge answers", await answers(`${first.edgeUrl}/healthz`));
await first.stop();

const second = await startInstance([], { dataDir: first.dataDir });
expect(`second start is ready (${second.secondsToReady.toFixed(1)} s)`, true);
expect("the store is the same", await answers(`${second.url}/readyz`));
await second.stop();
await first.remove();

const demo = await startInstance(["--demo"]);
const started = performance.now();
await waitUntil(() => demo.textSoFar().includes("Sign in at"), 300_000);
expect(`the demo has been played (${((performance.now() - started) / 1000).toFixed(0)} s after the ready line)`, true);
const clock = (await fetch(`${demo.url}/v1/instance`).then((response) => response.json())) as { clock: { mode: string } };
expect("real time has begun", clock.clock.mode === "real");
await demo.stop();
await rm(demo.dataDir, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
