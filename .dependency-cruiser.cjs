/* The walls of ARCHITECTURE.md. TypeScript is read through @swc/core: TypeScript 7 has no compiler API. */
const contexts = [
  "directory",
  "access",
  "contracts",
  "tracking",
  "attribution",
  "transactions",
  "ledger",
  "billing",
  "messaging",
  "reporting",
];

/** Which contexts a context may import from (besides kernel, wire and platform). */
const mayKnow = {
  directory: [],
  access: ["directory"],
  contracts: ["directory", "access"],
  tracking: ["directory", "access", "contracts"],
  attribution: ["contracts", "tracking"],
  ledger: [],
  transactions: ["directory", "access", "contracts", "tracking", "attribution", "ledger"],
  billing: ["directory", "access", "contracts", "transactions", "ledger"],
  messaging: ["directory", "access"],
  reporting: contexts.filter((name) => name !== "reporting"),
};

const contextWalls = contexts.map((name) => ({
  name: `${name}-knows-only-its-neighbours`,
  comment: "ARCHITECTURE: who may know whom. News going up is an event; another context's ./events may be imported as types.",
  severity: "error",
  from: { path: `^packages/${name}/src/` },
  to: {
    path: `^packages/(${contexts.filter((other) => other !== name && !mayKnow[name].includes(other)).join("|") || "-"})/`,
    pathNot: "/src/events\\.ts$",
  },
}));

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: { pathNot: "^apps/web/" }, to: { couldNotResolve: true, pathNot: "^(virtual:|bun:)" } },
    ...contextWalls,
    {
      name: "kernel-has-no-dependencies",
      severity: "error",
      from: { path: "^packages/kernel/src/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^packages/kernel/src/" },
    },
    {
      name: "wire-and-protocol-know-the-kernel",
      severity: "error",
      from: { path: "^packages/(wire|tracking-protocol)/src/", pathNot: "\\.test\\.ts$" },
      to: { path: "^(packages|apps)/", pathNot: "^packages/(kernel|$1)/" },
    },
    {
      name: "platform-knows-kernel-and-wire",
      severity: "error",
      from: { path: "^packages/platform/src/" },
      to: { path: "^(packages|apps)/", pathNot: "^packages/(kernel|wire|platform|tracking-protocol)/" },
    },
    {
      name: "platform-speaks-the-protocol-in-segments-only",
      severity: "error",
      from: { path: "^packages/platform/src/", pathNot: "^packages/platform/src/segments/" },
      to: { path: "^packages/tracking-protocol/" },
    },
    {
      name: "other-contexts-only-by-their-face",
      comment: "A package is entered by index, events, queries or module; never by a path inside.",
      severity: "error",
      from: { path: "^(packages|apps)/([^/]+)/" },
      to: {
        path: "^packages/[^/]+/src/",
        pathNot: ["^packages/$2/", "^packages/[^/]+/src/(index|events|queries|module)\\.ts$", "^packages/platform/src/[^/]+/index\\.ts$"],
      },
    },
    {
      name: "modules-are-wired-by-the-server-only",
      severity: "error",
      from: { pathNot: "^(apps/server/|packages/testing/|packages/[^/]+/(test|bench)/)" },
      to: { path: "^packages/[^/]+/src/module\\.ts$" },
    },
    {
      name: "domain-is-pure",
      comment: "Values come from domain, kernel and the pure protocol; a neighbour's types may be named (ADR 0014).",
      severity: "error",
      from: { path: "^packages/([^/]+)/src/domain/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: ["^packages/$1/src/domain/", "^packages/(kernel|tracking-protocol)/"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "http-never-touches-db",
      severity: "error",
      from: { path: "^packages/([^/]+)/src/http/", pathNot: "^packages/platform/" },
      to: { path: "^packages/$1/src/db/" },
    },
    {
      name: "usecases-below-http-and-jobs",
      severity: "error",
      from: { path: "^packages/([^/]+)/src/usecases/" },
      to: { path: "^packages/$1/src/(http|jobs)/" },
    },
    {
      name: "nobody-imports-reporting",
      severity: "error",
      from: { pathNot: "^(packages/reporting/|apps/server/)" },
      to: { path: "^packages/reporting/" },
    },
    {
      name: "edge-stays-small",
      severity: "error",
      from: { path: "^apps/edge/src/" },
      to: {
        path: "^(packages|apps)/",
        pathNot: "^(apps/edge/|packages/(kernel|wire|tracking-protocol)/|packages/platform/src/(log|config|segments)/)",
      },
    },
    {
      name: "edge-has-no-database-client",
      severity: "error",
      from: { path: "^apps/edge/src/" },
      to: { path: "node_modules/(pg|kysely|graphile-worker)/" },
    },
    {
      name: "browser-and-client-speak-the-wire",
      severity: "error",
      from: { path: "^(apps/web|packages/sdk)/src/" },
      to: { path: "^(packages|apps)/", pathNot: "^(apps/web|packages/(sdk|wire|kernel))/" },
    },
    {
      name: "replay-is-a-stranger",
      comment: "The replay knows only the public HTTP interface.",
      severity: "error",
      from: { path: "^apps/cli/src/replay/" },
      to: { path: "^(packages|apps)/", pathNot: "^(apps/cli/src/|packages/(sdk|wire|kernel|ecosystem-generator)/)" },
    },
    {
      name: "generator-is-pure",
      severity: "error",
      from: { path: "^packages/ecosystem-generator/src/" },
      to: { path: "^(packages|apps)/", pathNot: "^packages/(ecosystem-generator|kernel)/" },
    },
    {
      name: "no-test-code-in-the-product",
      severity: "error",
      from: { path: "/src/", pathNot: "(\\.test\\.tsx?$|^packages/testing/)" },
      to: { path: "(\\.test\\.tsx?$|^packages/testing/|/test/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(\\.generated\\.|/dist/)" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
