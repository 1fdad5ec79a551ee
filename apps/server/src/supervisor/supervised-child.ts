import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

/** What a child tells its supervisor when it serves. */
export type ChildReady = { readonly type: "ready"; readonly setupLink?: string };

export type SupervisedChild = {
  readonly name: string;
  /** The first time that it serves; rejects when it cannot start. */
  readonly ready: Promise<ChildReady>;
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly name: string;
  /** The file that runs. */
  readonly entry: string;
  readonly args?: readonly string[];
  /** Arguments of the first start only. */
  readonly firstArgs?: readonly string[];
  /** Flags of the runtime itself. */
  readonly runtimeFlags?: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onChange: () => void;
  readonly onRestart: (facts: { readonly name: string; readonly code: number | null; readonly signal: string | null }) => void;
};

const failuresMax = 3;
const stopMsMax = 10_000;

/** Runs a process of ours and starts it again whenever it ends, quickly at first, then every five seconds. */
export function superviseChild(options: Options): SupervisedChild {
  let child: ChildProcess | undefined;
  let isStopping = false;
  let hasBeenReady = false;
  const ready = Promise.withResolvers<ChildReady>();
  ready.promise.catch(() => undefined);

  const run = async (): Promise<void> => {
    for (let failures = 0; !isStopping; ) {
      const started = performance.now();
      const firstArgs = child ? [] : (options.firstArgs ?? []);
      child = fork(options.entry, [...(options.args ?? []), ...firstArgs], {
        execArgv: [...(options.runtimeFlags ?? [])],
        env: options.environment,
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      });
      child.on("message", (message: ChildReady) => {
        if (message.type !== "ready") return;
        hasBeenReady = true;
        ready.resolve(message);
      });
      options.onChange();
      const ended = await endOf(child);
      if (isStopping) return;
      failures = performance.now() - started > 10_000 ? 0 : failures + 1;
      if (!hasBeenReady && failures >= failuresMax) return void ready.reject(new Error(`${options.name} does not start`));
      options.onRestart({ name: options.name, ...ended });
      await delay(Math.min(5000, 100 * 2 ** Math.min(failures, 6) - 100));
    }
  };
  const ended = run();

  return {
    name: options.name,
    ready: ready.promise,
    pid: () => (child?.exitCode === null && child.signalCode === null ? child.pid : undefined),
    async stop() {
      isStopping = true;
      child?.kill("SIGTERM");
      const patience = setTimeout(() => child?.kill("SIGKILL"), stopMsMax);
      await ended;
      clearTimeout(patience);
    },
  };
}

function endOf(child: ChildProcess): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
}
