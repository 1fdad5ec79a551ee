#!/usr/bin/env node
// Plain JavaScript, because it may be an older Node that runs it: the program itself runs on the pinned one.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const pinned = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
const isCurrent = Number(process.versions.node.split(".")[0]) >= 24;
if (isCurrent) {
  nodeModule.enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/biotop", import.meta.url)));
  await import(main);
} else {
  const node = process.platform === "win32" ? `${pinned}.exe` : pinned;
  if (!existsSync(node)) {
    process.stderr.write("biotop needs Node 24, which comes with the dependencies: run npm ci first.\n");
    process.exit(1);
  }
  process.exit(spawnSync(node, [main, ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 1);
}
