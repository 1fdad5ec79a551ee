import type { Command } from "commander";
import { registerDemo } from "./demo.ts";
import { registerKey } from "./key.ts";
import { registerMigrate } from "./migrate.ts";
import { registerOpenApi } from "./openapi.ts";
import { registerRates } from "./rates.ts";
import { registerReplay } from "./replay.ts";
import { registerSetup } from "./setup.ts";
import { registerVerify } from "./verify.ts";

/** Every command of `biotop`, in the order of the help. */
export const commands: readonly ((program: Command) => void)[] = [
  registerSetup,
  registerKey,
  registerMigrate,
  registerVerify,
  registerDemo,
  registerReplay,
  registerRates,
  registerOpenApi,
];
