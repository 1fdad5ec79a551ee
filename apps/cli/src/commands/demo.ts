import { ConfigError } from "@biotop/platform/config";
import type { Command } from "commander";
import { playDemo } from "../demo/play.ts";
import { operatorSlug, setUpInstance } from "../demo/set-up-instance.ts";
import { ReplayError } from "../replay/patient.ts";
import { type KnownCompany, openStateFile } from "../replay/state.ts";
import { addressesOf, dataDirOf } from "./addresses.ts";
import { ownCommand } from "./own-command.ts";
import { progressBar } from "./replay.ts";

type Options = { readonly url?: string; readonly edgeUrl?: string; readonly seed: string };

export function registerDemo(program: Command): void {
  program
    .command("demo")
    .description("play ninety days of a living ecosystem into an instance started with `npm start -- --demo`, or print its sign-ins again")
    .option("--url <url>", "the instance's API (default: PORT on this machine)")
    .option("--edge-url <url>", "where clicks and conversions go (default: EDGE_PORT on this machine)")
    .option("--seed <text>", "another seed, another life", "1")
    .action((options: Options) => demo(options));
}

async function demo(options: Options): Promise<void> {
  const addresses = addressesOf(options, process.env);
  const state = await openStateFile(dataDirOf(process.env), "demo", options.seed);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const companies = await setUpInstance(addresses, state, setupToken)
    .then((operator) => playDemo({ addresses, operator, state, say }, progressBar("Demo")))
    .catch((error: unknown) => {
      throw error instanceof ReplayError ? new ConfigError(`The demo stopped: ${error.message}`) : error;
    });
  process.stdout.write(signInText(companies, process.env["PUBLIC_URL"] ?? addresses.baseUrl));
}

/** The token at the end of the one-time link. */
async function setupToken(): Promise<string> {
  const link = await ownCommand(["setup"]);
  const token = /[?&#]token=([^\s&]+)/.exec(link)?.[1] ?? /\/setup\/([^\s?/]+)/.exec(link)?.[1];
  if (!token) throw new ConfigError(`This instance cannot be set up again: ${link}`);
  return token;
}

const shown = [operatorSlug, "hafenlicht", "nordlicht", "wohnblick", "kaffeepause"];

function signInText(companies: readonly KnownCompany[], url: string): string {
  const rows = shown.flatMap((slug) => companies.filter((company) => company.slug === slug));
  const lines = rows.map(
    ({ slug, email, password, totpSecret }) => `  ${slug.padEnd(12)} ${email.padEnd(32)} ${password}   authenticator ${totpSecret ?? "–"}`,
  );
  return `The demo has been played. Sign in at ${url} as\n${lines.join("\n")}\n(all sign-ins: demo/state.json in the data directory)\n`;
}
