import { verifyStore } from "@biotop/server/admin";
import type { Command } from "commander";
import { withStore } from "./with-store.ts";

export function registerVerify(program: Command): void {
  program
    .command("verify")
    .description("run every invariant over the whole store and print JSON; exit code 1 when one is broken")
    .action(() =>
      withStore(async (store) => {
        const verification = await verifyStore(store);
        process.stdout.write(`${JSON.stringify(verification, null, 2)}\n`);
        if (!verification.isSound) process.exitCode = 1;
      }),
    );
}
