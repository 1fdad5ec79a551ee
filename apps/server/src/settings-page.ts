import { settingsSchema } from "./config.ts";

/** The text of `docs/settings.md`. */
export function settingsPage(): string {
  const rows = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined).data;
    const shown = fallback === undefined || (Array.isArray(fallback) && fallback.length === 0) ? "–" : `\`${String(fallback)}\``;
    return `| \`${name}\` | ${shown} | ${schema.description ?? ""} |`;
  });
  return `${head}${rows.join("\n")}\n`;
}

const head = `# Settings

Generated from \`apps/server/src/config.ts\`; do not edit by hand.

Settings are environment variables, or lines \`NAME=value\` in a file \`.env\` beside \`package.json\` (the environment wins).
They are checked at the start; a wrong one stops it, and all problems are named at once.

| setting | default | what it says |
|---|---|---|
`;
