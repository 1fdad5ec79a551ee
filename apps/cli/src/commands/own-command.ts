import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Another command of this program, in a process of its own: what a person would type in the next terminal. */
export async function ownCommand(args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, "../main.ts"), ...args], { env: process.env });
  return stdout.trim();
}
