import { join, resolve } from "node:path";
import type { Addresses } from "../replay/session.ts";

type Options = { readonly url?: string; readonly edgeUrl?: string };

/** Where the instance answers: named, or the ports of the environment on this machine. */
export function addressesOf(options: Options, environment: Readonly<Record<string, string | undefined>>): Addresses {
  const local = (port: string): string => `http://127.0.0.1:${port}`;
  return {
    baseUrl: options.url ?? local(environment["PORT"] ?? "3000"),
    edgeUrl: options.edgeUrl ?? local(environment["EDGE_PORT"] ?? "3001"),
  };
}

const repositoryRoot = join(import.meta.dirname, "../../../..");

/** Relative paths count from the repository, as the server counts them. */
export function dataDirOf(environment: Readonly<Record<string, string | undefined>>): string {
  return resolve(repositoryRoot, environment["BIOTOP_DATA_DIR"] ?? ".biotop");
}
