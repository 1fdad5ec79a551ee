import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { ConfigError } from "@biotop/platform/config";
import { socketFolder } from "@biotop/platform/embedded-postgres";

export type DataFolderLock = { readonly release: () => void };

/** One Biotop per data folder: whoever listens on the folder's socket holds it, and a killed process lets go by dying. */
export async function lockDataFolder(dataDir: string): Promise<DataFolderLock> {
  const socket = join(socketFolder(dataDir), "supervisor.sock");
  if (await answers(socket)) throw new ConfigError(`Biotop already runs in ${dataDir}: stop it first, or choose another BIOTOP_DATA_DIR.`);
  rmSync(socket, { force: true });
  const server = createServer((connection) => connection.end());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  server.unref();
  return { release: () => server.close() };
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.once("error", () => resolve(false));
  });
}
