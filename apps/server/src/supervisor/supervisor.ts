import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ConfigError } from "@biotop/platform/config";
import { createLog, type Log } from "@biotop/platform/log";
import { repositoryRoot, type Settings } from "../config.ts";
import { readSecrets } from "../secrets.ts";
import type { StartOptions } from "../start-options.ts";
import { realNow } from "../time/instance-clock.ts";
import { compileCacheFolder } from "./compile-cache.ts";
import { lockDataFolder } from "./data-folder-lock.ts";
import { playDemo } from "./demo.ts";
import { freePort, requireFreePorts } from "./free-port.ts";
import { keepOwnStore } from "./own-store.ts";
import { prepareStore } from "./prepare-store.ts";
import { noteProcesses, stopLeftovers } from "./process-note.ts";
import { type SupervisedChild, superviseChild } from "./supervised-child.ts";
import { buildWebWhenNeeded } from "./web-build.ts";

export type Running = { readonly stop: () => Promise<void> };

type Say = (line: string) => void;

/** Brings up database, server and edge workers in this order, keeps them running, and says when they serve. */
export async function supervise(options: StartOptions, given: Settings, say: Say): Promise<Running> {
  const settings = { ...given, ...(await withPorts(given)) };
  const log = createLog({ level: settings.logLevel, name: "supervisor" });
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDataFolder(settings.dataDir);
  readSecrets(settings.secretFile);
  await stopLeftovers(settings.dataDir, edgeEntry);
  await requireFreePorts(settings.host, {
    ...(options.roles.has("api") ? { PORT: settings.port } : {}),
    ...(options.roles.has("edge") ? { EDGE_PORT: settings.edgePort } : {}),
  });
  const webBuild = options.roles.has("api") ? buildWebWhenNeeded() : Promise.resolve(undefined);

  const children: SupervisedChild[] = [];
  const own =
    settings.databaseUrl === undefined
      ? await keepOwnStore(settings.dataDir, log, () => noteProcesses(settings.dataDir, own, children))
      : undefined;
  const databaseUrl = settings.databaseUrl ?? own?.url ?? "";
  let isStopping = false;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await Promise.all(children.map((child) => child.stop()));
    await own?.stop();
    lock.release();
  };
  try {
    const { clock, note } = await prepareStore(databaseUrl, options, realNow());
    if (note) say(note);
    children.push(
      ...startChildren({ options, settings, databaseUrl, log, onChange: () => noteProcesses(settings.dataDir, own, children) }),
    );
    const ready = await Promise.all(children.map((child) => child.ready));
    noteProcesses(settings.dataDir, own, children);
    await Promise.race([webBuild, delay(Math.max(0, webBuiltByMs - performance.now()))]);
    void webBuild.then((problem) => problem && !isStopping && say(`The web app could not be built; the API runs without it:\n${problem}`));
    const isDemo = clock.mode === "manual" && clock.isDemoPlaying;
    announce(say, options, settings, isDemo ? undefined : ready.find(({ setupLink }) => setupLink)?.setupLink);
    if (isDemo && options.roles.has("api")) void playDemo(settings, say);
    else if (clock.mode === "manual") say(`Business time moves only when it is told to; it stands at ${clock.at}.`);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A first build may take longer than the rest: the app's address then answers with a page that waits for it. */
const webBuiltByMs = 6500;

/** Port 0 means any free one: chosen here, because links carry it. */
async function withPorts(settings: Settings): Promise<Partial<Settings>> {
  if (settings.port !== 0 && settings.edgePort !== 0) return {};
  const port = settings.port || (await freePort(settings.host));
  const edgePort = settings.edgePort || (await freePort(settings.host));
  const named = (url: string, chosen: number): string => (url.endsWith(":0") ? url.replace(/:0$/, `:${chosen}`) : url);
  return { port, edgePort, publicUrl: named(settings.publicUrl, port), edgePublicUrl: named(settings.edgePublicUrl, edgePort) };
}

/** The heap follows what is really in use: collected often, given back, instead of growing while there is memory to be had. */
const thriftyHeap = ["--heap-growing-percent=50", "--max-semi-space-size=8"];

const serverEntry = join(import.meta.dirname, "../server-process.ts");
const edgeEntry = join(repositoryRoot, "apps/edge/src/main.ts");

type ChildrenOptions = {
  readonly options: StartOptions;
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly log: Log;
  readonly onChange: () => void;
};

function startChildren({ options, settings, databaseUrl, log, onChange }: ChildrenOptions): readonly SupervisedChild[] {
  const environment = {
    MALLOC_ARENA_MAX: "2",
    NODE_COMPILE_CACHE: compileCacheFolder,
    ...process.env,
    ...environmentOf(settings),
    DATABASE_URL: databaseUrl,
  };
  const onRestart = (facts: object): void => log.warn(facts, "a process ended; starting it again");
  const children: SupervisedChild[] = [];
  const shared = { runtimeFlags: thriftyHeap, onChange, onRestart };
  const serverRoles = [...options.roles].filter((role) => role !== "edge");
  if (serverRoles.length > 0) {
    children.push(
      superviseChild({ ...shared, name: "server", entry: serverEntry, args: serverRoles, firstArgs: ["with-setup-link"], environment }),
    );
  }
  if (!options.roles.has("edge")) return children;
  // The edge has no way to the database.
  const { DATABASE_URL: _store, ...edgeEnvironment } = environment;
  children.push(superviseChild({ ...shared, name: "edge", entry: edgeEntry, environment: edgeEnvironment }));
  return children;
}

/** What children read again from their environment: the settings as they are in force. */
function environmentOf(settings: Settings): Readonly<Record<string, string>> {
  return {
    BIOTOP_DATA_DIR: settings.dataDir,
    BIOTOP_SECRET_FILE: settings.secretFile,
    HOST: settings.host,
    PORT: String(settings.port),
    EDGE_PORT: String(settings.edgePort),
    EDGE_WORKERS: String(settings.edgeWorkers),
    PUBLIC_URL: settings.publicUrl,
    EDGE_PUBLIC_URL: settings.edgePublicUrl,
    TRUSTED_PROXIES: settings.trustedProxies.join(","),
    LOG_LEVEL: settings.logLevel,
  };
}

function announce(say: Say, options: StartOptions, settings: Settings, setupLink: string | undefined): void {
  const parts = [
    ...(options.roles.has("api") ? [`web and API ${settings.publicUrl}`] : []),
    ...(options.roles.has("edge") ? [`tracking ${settings.edgePublicUrl}`] : []),
    ...(options.roles.has("worker") && !options.roles.has("api") ? ["background work"] : []),
  ];
  if (parts.length === 0) throw new ConfigError("--roles names nothing to run");
  say(`Biotop is ready: ${parts.join(" · ")} (stop with Ctrl-C)`);
  if (setupLink) say(`First run: set up this instance at ${setupLink}`);
}
