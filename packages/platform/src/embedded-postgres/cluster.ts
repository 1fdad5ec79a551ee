import { spawn, spawnSync } from "node:child_process";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { type Binaries, findBinaries, majorVersion } from "./binaries.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { isRunning, removeStaleLocks, runningPostmaster } from "./postmaster.ts";
import { chooseRunAs, type RunAs } from "./run-as.ts";
import { socketFolder } from "./socket-folder.ts";

export type EmbeddedPostgres = {
  /** Connects as the owner, through a socket that only this account may open. */
  readonly url: string;
  readonly pid: number;
  /** Whether the server was found running: it outlived the process that had started it. */
  readonly isAdopted: boolean;
  readonly isAlive: () => boolean;
  /** Ends the server at once and cleanly; open transactions are rolled back. */
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly dataDir: string;
  /** Server settings beside ours, `{ fsync: "off" }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
};

const owner = "biotop";
const startMsMax = 60_000;

/** A real PostgreSQL in `dataDir/postgres`: made when missing, adopted when running, started otherwise. */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const cluster = join(dataDir, "postgres");
  const sockets = socketFolder(dataDir);

  const adopted = await adopt(cluster, sockets);
  if (adopted) return adopted;

  const binaries = findBinaries(join(dataDir, "postgres-libraries"));
  const runAs = chooseRunAs(binaries, dataDir);
  runAs.handOver(sockets);
  // A copy may have lost the mode that PostgreSQL insists on.
  if (existsSync(cluster)) chmodSync(cluster, 0o700);
  if (!existsSync(join(cluster, "PG_VERSION"))) makeCluster(binaries, runAs, cluster);
  refuseOtherMajor(binaries, cluster);
  return start({ binaries, runAs, cluster, sockets, logFile: join(dataDir, "postgres.log"), settings: options.settings ?? {} });
}

async function adopt(cluster: string, sockets: string): Promise<EmbeddedPostgres | undefined> {
  const pid = runningPostmaster(cluster);
  if (pid === undefined) return undefined;
  const until = performance.now() + startMsMax;
  while (isRunning(pid) && performance.now() < until) {
    if (await prepareDatabase(sockets)) return handle(sockets, pid, true);
    await delay(50);
  }
  if (isRunning(pid)) throw new EmbeddedPostgresError(`The PostgreSQL server ${pid} holds ${cluster} but does not answer.`);
  return undefined;
}

/** Made beside its place and moved there when complete: an interrupted first start leaves nothing half-made. */
function makeCluster(binaries: Binaries, runAs: RunAs, cluster: string): void {
  const fresh = `${cluster}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  runAs.handOver(fresh);
  // The bundled ICU and the host's libc differ from machine to machine: only the built-in order keeps indexes true on a move.
  const locale = majorVersion(binaries) >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : ["--locale=C.UTF-8"];
  const args = ["-D", fresh, `--username=${owner}`, "--auth=trust", "--encoding=UTF8", "--data-checksums", "--no-sync", ...locale];
  const [file, fileArgs] = runAs.command("initdb", args);
  const made = spawnSync(file, fileArgs, { ...runAs.spawn, encoding: "utf8", env: environmentOf(binaries), cwd: "/" });
  if (made.status !== 0) throw new EmbeddedPostgresError(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`);
  spawnSync("sync", ["-f", fresh], { stdio: "ignore" });
  renameSync(fresh, cluster);
}

function refuseOtherMajor(binaries: Binaries, cluster: string): void {
  const stored = Number(readFileSync(join(cluster, "PG_VERSION"), "utf8"));
  const found = majorVersion(binaries);
  if (stored !== found)
    throw new EmbeddedPostgresError(
      `${cluster} was made by PostgreSQL ${stored}, but PostgreSQL ${found} is installed: install version ${stored}, or move the data.`,
    );
}

type StartOptions = {
  readonly binaries: Binaries;
  readonly runAs: RunAs;
  readonly cluster: string;
  readonly sockets: string;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string>>;
};

async function start(options: StartOptions): Promise<EmbeddedPostgres> {
  const until = performance.now() + startMsMax;
  // After a kill the old server's last backends may still hold its shared memory for a moment: PostgreSQL ends, we try again.
  for (let tries = 0; tries < 20; tries += 1) {
    removeStaleLocks(options.cluster, options.sockets);
    const server = launch(options);
    while (server.exitCode === null && server.signalCode === null && performance.now() < until) {
      if (server.pid !== undefined && (await prepareDatabase(options.sockets))) return handle(options.sockets, server.pid, false);
      await delay(20);
    }
    if (performance.now() >= until || (tries > 0 && !isWorthAnotherTry(options.logFile))) break;
    await delay(100 + 50 * tries);
  }
  throw new EmbeddedPostgresError(`PostgreSQL did not start. The end of ${options.logFile}:\n${tail(options.logFile)}`);
}

function isWorthAnotherTry(logFile: string): boolean {
  return /shared memory|lock file/.test(tail(logFile));
}

function launch(options: StartOptions) {
  const settings: Record<string, string> = {
    listen_addresses: "",
    unix_socket_directories: options.sockets,
    unix_socket_permissions: "0700",
    timezone: "UTC",
    jit: "off",
    max_connections: "100",
    max_wal_size: "2GB",
    // The server's log shows neither statements nor values: they may hold personal data.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
    ...options.settings,
  };
  const args = ["-D", options.cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const [file, fileArgs] = options.runAs.command("postgres", args);
  const log = openSync(options.logFile, "a", 0o600);
  const env = environmentOf(options.binaries);
  const server = spawn(file, fileArgs, { ...options.runAs.spawn, detached: true, stdio: ["ignore", log, log], env, cwd: "/" });
  server.on("error", () => undefined);
  server.unref();
  closeSync(log);
  return server;
}

function environmentOf(binaries: Binaries): NodeJS.ProcessEnv {
  // PG… settings of the account would change what the programs do.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PG"));
  return { ...Object.fromEntries(inherited), ...binaries.environment };
}

/** Whether the server answers; makes our database on the first visit. */
async function prepareDatabase(sockets: string): Promise<boolean> {
  const client = new Client({ connectionString: urlOf(sockets, "postgres") });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("select from pg_database where datname = $1", [owner]);
    if (rows.length === 0) await client.query(`create database ${owner}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function handle(sockets: string, pid: number, isAdopted: boolean): EmbeddedPostgres {
  return { url: urlOf(sockets, owner), pid, isAdopted, isAlive: () => isRunning(pid), stop: () => stop(pid) };
}

function urlOf(sockets: string, database: string): string {
  return `postgresql://${owner}@localhost/${database}?host=${encodeURIComponent(sockets)}`;
}

const stopMsMax = 20_000;

async function stop(pid: number): Promise<void> {
  if (!isRunning(pid)) return;
  process.kill(pid, "SIGINT");
  const until = performance.now() + stopMsMax;
  while (isRunning(pid)) {
    if (performance.now() > until) process.kill(pid, "SIGQUIT");
    await delay(10);
  }
}

function tail(logFile: string): string {
  if (!existsSync(logFile)) return "(no log)";
  chmodSync(logFile, 0o600);
  return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}
