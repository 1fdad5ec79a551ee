import { ConfigError } from "@biotop/platform/config";
import { EmbeddedPostgresError } from "@biotop/platform/embedded-postgres";
import { readEnvironment, readSettings } from "./config.ts";
import { parseStartOptions, startHelp } from "./start-options.ts";
import { supervise } from "./supervisor/supervisor.ts";

/** `npm start`: the supervisor of everything that runs on this machine. */
async function main(): Promise<void> {
  const options = parseStartOptions(process.argv.slice(2));
  if (options === "help") return say(startHelp);
  const running = await supervise(options, readSettings(readEnvironment()), say);
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await running.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError || error instanceof EmbeddedPostgresError;
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
