import { parseArgs } from "node:util";
import { type Instant, parseInstant } from "@biotop/kernel";
import { ConfigError } from "@biotop/platform/config";

const roleNames = ["api", "worker", "edge"] as const;
export type Role = (typeof roleNames)[number];

export type StartOptions = {
  readonly roles: ReadonlySet<Role>;
  readonly clock: { readonly mode: "real" | "stored" } | { readonly mode: "manual"; readonly at: Instant | undefined };
  readonly isDemo: boolean;
};

export const startHelp = `npm start -- [options]

  --roles LIST     which parts run here: api, worker, edge or all (default: all)
  --clock manual   business time moves only when told (test and sandbox; for a new store only)
  --at TIME        where the manual clock of a new store starts, e.g. 2010-12-01T00:00:00Z
  --demo           play 90 days of a living ecosystem into a new store, then go on in real time
  --help           show this

Settings are read from the environment: see docs/settings.md.`;

/** The flags of `npm start`; throws with every problem. */
export function parseStartOptions(args: readonly string[]): StartOptions | "help" {
  const { values } = parse(args);
  if (values.help) return "help";
  const problems: string[] = [];
  const roles = rolesOf(values.roles ?? "all", problems);
  const at = values.at === undefined ? undefined : parseInstant(values.at);
  if (values.at !== undefined && at === undefined) problems.push(`--at ${values.at}: a time such as 2010-12-01T00:00:00Z`);
  if (values.clock !== undefined && values.clock !== "manual" && values.clock !== "real")
    problems.push(`--clock ${values.clock}: manual or real`);
  if (at !== undefined && values.clock !== "manual") problems.push("--at needs --clock manual");
  if (values.demo && values.clock !== undefined) problems.push("--demo brings its own clock: leave --clock away");
  if (problems.length > 0) throw new ConfigError(`These options are wrong:\n${problems.map((line) => `  ${line}`).join("\n")}`);
  const clock =
    values.clock === "manual"
      ? { mode: "manual" as const, at }
      : { mode: values.clock === "real" ? ("real" as const) : ("stored" as const) };
  return { roles, clock, isDemo: values.demo ?? false };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        roles: { type: "string" },
        clock: { type: "string" },
        at: { type: "string" },
        demo: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n\n${startHelp}`);
  }
}

function rolesOf(text: string, problems: string[]): ReadonlySet<Role> {
  if (text === "all") return new Set(roleNames);
  const names = text.split(",").map((name) => name.trim());
  const isRole = (name: string): name is Role => roleNames.some((role) => role === name);
  const wrong = names.filter((name) => !isRole(name));
  if (wrong.length > 0) problems.push(`--roles ${wrong.join(",")}: api, worker, edge or all`);
  return new Set(names.filter(isRole));
}
