import { ConfigError } from "@biotop/platform/config";
import { type Scope, scopes } from "@biotop/wire";
import type { Command } from "commander";
import { withStore } from "./with-store.ts";

type Options = { readonly name: string; readonly scopes?: string; readonly json?: boolean };

export function registerKey(program: Command): void {
  program
    .command("key")
    .description("API keys")
    .command("create")
    .description("create an API key of the operator and print it once; works before the set-up too")
    .option("--name <name>", "what the key is for", "made on the command line")
    .option("--scopes <list>", "what it may do, separated by commas (default: everything)")
    .option("--json", "print id and secret as JSON")
    .action((options: Options) =>
      withStore(async ({ product }) => {
        const { id, secret } = await product.createKey({
          name: options.name,
          scopes: scopesOf(options),
        });
        process.stdout.write(options.json ? `${JSON.stringify({ id, secret })}\n` : `${secret}\n`);
      }),
    );
}

function scopesOf(options: Options): readonly Scope[] {
  if (options.scopes === undefined) return scopes;
  const names = options.scopes.split(",").map((name) => name.trim());
  const isScope = (name: string): name is Scope => scopes.some((scope) => scope === name);
  const wrong = names.filter((name) => !isScope(name));
  if (wrong.length > 0) throw new ConfigError(`--scopes: ${wrong.join(", ")} is no scope; there are ${scopes.join(", ")}`);
  return names.filter(isScope);
}
