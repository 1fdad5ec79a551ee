import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { repositoryRoot } from "../config.ts";

const web = join(repositoryRoot, "apps/web");
/** Written last: a build that was interrupted does not count. */
const marker = join(web, "dist", "build-complete");
const sources = [
  "apps/web/src",
  "apps/web/build",
  "apps/web/public",
  "apps/web/index.html",
  "apps/web/vite.config.ts",
  "apps/web/package.json",
  "packages/kernel/src",
  "packages/wire/src",
  "packages/sdk/src",
  "package-lock.json",
];

/** Builds the web app when its sources are newer than its last build; answers what went wrong, if anything. */
export async function buildWebWhenNeeded(): Promise<string | undefined> {
  if (existsSync(marker) && statSync(marker).mtimeMs >= newest(sources.map((path) => join(repositoryRoot, path)))) return undefined;
  const problem = await build();
  if (problem === undefined) writeFileSync(marker, "");
  return problem;
}

function newest(paths: readonly string[]): number {
  return Math.max(0, ...paths.filter((path) => existsSync(path)).map(newestOf));
}

function newestOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time tells of removed files.
  return Math.max(stat.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))));
}

function build(): Promise<string | undefined> {
  const vite = join(repositoryRoot, "node_modules/vite/bin/vite.js");
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [vite, "build", "--logLevel", "error"], {
      cwd: web,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    // The database and the server come first.
    if (child.pid !== undefined) setPriority(child.pid, 10);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(0, 4000);
      });
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code) => resolve(code === 0 ? undefined : firstLines(output) || `vite ended with ${code}`));
  });
}

function firstLines(output: string): string {
  return stripVTControlCharacters(output).trim().split("\n").slice(0, 6).join("\n");
}
