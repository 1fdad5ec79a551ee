import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigError } from "@biotop/platform/config";
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { ReplayError } from "../replay/patient.ts";
import { isRight, reportJson, reportText } from "../replay/report.ts";
import { type Progress, type ReplayFiles, runReplay } from "../replay/run.ts";
import { clientOf } from "../replay/session.ts";
import { openStateFile } from "../replay/state.ts";
import { addressesOf, dataDirOf } from "./addresses.ts";
import { ownCommand } from "./own-command.ts";

type Options = {
  readonly url?: string;
  readonly edgeUrl?: string;
  readonly key?: string;
  readonly seed: string;
  readonly rates?: string;
  readonly userAgents?: string;
  readonly save?: string;
  readonly json?: boolean;
};

export function registerReplay(program: Command): void {
  program
    .command("replay")
    .description("replay real orders as a merchant's shop and its shoppers, through the public interface, and check every cent")
    .argument(
      "<file>",
      "order lines as CSV, optionally gzipped: InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country",
    )
    .option("--url <url>", "the instance's API (default: PORT on this machine)")
    .option("--edge-url <url>", "where clicks and conversions go (default: EDGE_PORT on this machine)")
    .option("--key <key>", "an operator's API key (default: BIOTOP_API_KEY, else made by `biotop key create`)")
    .option("--seed <text>", "decides who came through whom", "1")
    .option("--rates <file>", "exchange rates, ECB history format (default: ../reference/ecb-eurofxref-hist.csv.gz beside the file)")
    .option(
      "--user-agents <file>",
      "a web server's combined log (default: ../logs/access-combined-3000.log.gz beside the file, else a short list)",
    )
    .option("--save <folder>", "keep documents and bank files there")
    .option("--json", "print the result as JSON")
    .action((file: string, options: Options) => replay(file, options));
}

async function replay(file: string, options: Options): Promise<void> {
  const files = filesOf(file, options);
  const environment = process.env;
  const addresses = addressesOf(options, environment);
  const key = options.key ?? environment["BIOTOP_API_KEY"] ?? (await ownCommand(["key", "create", "--name", "replay"]));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const state = await openStateFile(dataDirOf(environment), "replay", options.seed);
  const result = await runReplay({ addresses, operator: clientOf(addresses, key), state, say }, files, progressBar("Replay")).catch(
    (error: unknown) => {
      throw error instanceof ReplayError ? new ConfigError(`The replay stopped: ${error.message}`) : error;
    },
  );
  process.stdout.write(options.json ? `${JSON.stringify(reportJson(result), null, 2)}\n` : `${reportText(result)}\n`);
  if (!isRight(result)) process.exitCode = 1;
}

function filesOf(file: string, options: Options): ReplayFiles {
  if (!existsSync(file)) throw new ConfigError(`There is no file ${file}`);
  const beside = (path: string): string => join(dirname(file), "..", path);
  const rates = options.rates ?? beside("reference/ecb-eurofxref-hist.csv.gz");
  if (!existsSync(rates))
    throw new ConfigError(`There are no exchange rates at ${rates}; name a file in the ECB's history format with --rates`);
  const log = options.userAgents ?? beside("logs/access-combined-3000.log.gz");
  if (options.userAgents !== undefined && !existsSync(log)) throw new ConfigError(`There is no file ${log}`);
  return { orders: file, rates, userAgents: existsSync(log) ? log : undefined, saveTo: options.save };
}

/** A bar where somebody looks, a line now and then where the output goes into a file. */
export function progressBar(label: string): Progress {
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage} % | {day} | {eta_formatted}`,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    hideCursor: null,
  });
  return {
    start: (total) => bar.start(total, 0, { day: "" }),
    step: (day) => bar.increment(1, { day }),
    stop: () => bar.stop(),
  };
}
