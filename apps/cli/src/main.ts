import { ConfigError } from "@biotop/platform/config";
import { EmbeddedPostgresError } from "@biotop/platform/embedded-postgres";
import { Command } from "commander";
import { commands } from "./commands/all.ts";

/** The `biotop` command. */
const program = new Command("biotop")
  .description("Runs and looks after a Biotop instance. Settings are read from the environment: see docs/settings.md.")
  .showHelpAfterError();
for (const register of commands) register(program);

await program.parseAsync().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError || error instanceof EmbeddedPostgresError;
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
