import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { withStore } from "./with-store.ts";

export function registerRates(program: Command): void {
  program
    .command("rates")
    .description("exchange rates")
    .command("import")
    .argument("<file>", "reference rates in the history format of the European Central Bank (CSV)")
    .description("take over reference rates; known ones stay as they are")
    .action((file: string) =>
      withStore(async ({ product }) => {
        const imported = await product.importRates(await readFile(file, "utf8"));
        process.stdout.write(`${JSON.stringify(imported)}\n`);
      }),
    );
}
