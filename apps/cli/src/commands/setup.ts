import type { Command } from "commander";
import { withStore } from "./with-store.ts";

export function registerSetup(program: Command): void {
  program
    .command("setup")
    .description("print a new one-time link that sets up this instance (the link before it ends)")
    .action(() =>
      withStore(async ({ product }) => {
        const link = await product.setupLink();
        process.stdout.write(link ? `${link}\n` : "This instance is already set up: sign in.\n");
      }),
    );
}
