import { isAbsolute, resolve } from "node:path";
import { readConfig } from "@biotop/platform/config";
import { z } from "zod";

const settings = z.object({
  BIOTOP_DATA_DIR: z.string().default(".biotop"),
  HOST: z.string().default("127.0.0.1"),
  EDGE_PORT: z.coerce.number("a port number").int().min(0).max(65_535).default(3001),
  EDGE_WORKERS: z.coerce.number("a whole number").int().min(1).max(64).default(1),
  EDGE_PUBLIC_URL: z.url({ protocol: /^https?$/, error: "an address such as https://go.shop.example" }).optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"], "debug, info, warn, error or silent").default("warn"),
});

export type EdgeSettings = {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly publicUrl: string;
  readonly logLevel: string;
};

/** The edge's settings. `TRUSTED_PROXIES` is not among them: the edge never looks at a client's address. */
export function readEdgeSettings(environment: Readonly<Record<string, string | undefined>>, checkout: string): EdgeSettings {
  const given = readConfig(settings, environment);
  return {
    dataDir: isAbsolute(given.BIOTOP_DATA_DIR) ? given.BIOTOP_DATA_DIR : resolve(checkout, given.BIOTOP_DATA_DIR),
    host: given.HOST,
    port: given.EDGE_PORT,
    workers: given.EDGE_WORKERS,
    publicUrl: given.EDGE_PUBLIC_URL ?? `http://localhost:${given.EDGE_PORT}`,
    logLevel: given.LOG_LEVEL,
  };
}
