import { ConfigError } from "@biotop/platform/config";
import { EmbeddedPostgresError } from "@biotop/platform/embedded-postgres";
import { readEnvironment, readSettings } from "./config.ts";
import { parseStartOptions, startHelp } from "./start-options.ts";
import { supervise } from "./supervisor/supervisor.ts";

/** Runs the supervisor of everything on this machine; what cannot start says why and ends with 1. */
export async function start(args: readonly string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    const isExpected = error instanceof ConfigError || error instanceof EmbeddedPostgresError;
    process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
}

async function run(args: readonly string[]): Promise<void> {
  const options = parseStartOptions(args);
  if (options === "help") return say(startHelp);
  const starting = supervise(options, readSettings(readEnvironment()), say);
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    // Also while it still starts: what was begun is ended in order.
    await starting.then((running) => running.stop());
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop().catch(() => process.exit(1)));
  await starting;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
