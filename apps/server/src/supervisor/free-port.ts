import { type AddressInfo, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { ConfigError } from "@biotop/platform/config";

export function freePort(host: string): Promise<number> {
  return listenOnce(host, 0);
}

const waitMsMax = 4000;

/** A process that has just been killed may still let go of its port; another program's port is named at once, all together. */
export async function requireFreePorts(host: string, ports: Readonly<Record<string, number>>): Promise<void> {
  const taken = await Promise.all(
    Object.entries(ports).map(async ([name, port]) => ((await becomesFree(host, port)) ? [] : [`  ${name}: ${port}`])),
  );
  if (taken.flat().length === 0) return;
  throw new ConfigError(`Another program listens on these ports already; stop it or choose others:\n${taken.flat().join("\n")}`);
}

async function becomesFree(host: string, port: number): Promise<boolean> {
  for (const until = performance.now() + waitMsMax; ; await delay(100)) {
    const isFree = await listenOnce(host, port).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === "EADDRINUSE") return false;
        throw new ConfigError(`Port ${port} on ${host} cannot be used: ${error.message}`);
      },
    );
    if (isFree || performance.now() > until) return isFree;
  }
}

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(port, host, () => {
      const { port: chosen } = probe.address() as AddressInfo;
      probe.close(() => resolve(chosen));
    });
  });
}
