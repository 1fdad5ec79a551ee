import type { z } from "zod";

/** A setting that is wrong or missing, by its environment name. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads settings once, at start; names every problem at once. */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".") || "environment"}: ${issue.message}`);
  throw new ConfigError(`These settings are wrong:\n${lines.join("\n")}`);
}
