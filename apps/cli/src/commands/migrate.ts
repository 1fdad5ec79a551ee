import type { Command } from "commander";
import { withStore } from "./with-store.ts";

export function registerMigrate(program: Command): void {
  program
    .command("migrate")
    .description("bring the store to the newest version (npm start does this too)")
    .action(() => withStore(async () => void process.stdout.write("The store is up to date.\n")));
}
