import { readFileSync } from "node:fs";
import { join } from "node:path";
import { instant } from "@biotop/kernel";
import { randomIds } from "@biotop/platform/ids";
import { createLog } from "@biotop/platform/log";
import { openTestStore, type TestStore } from "@biotop/testing";
import { endpoints } from "@biotop/wire";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings, repositoryRoot } from "../src/config.ts";
import { instanceRoutes } from "../src/http/instance-routes.ts";
import { instanceClock } from "../src/time/instance-clock.ts";
import { type Product, wire } from "../src/wiring.ts";

const clock = instanceClock({ mode: "manual", at: instant("2026-01-15T10:00:00Z"), isDemoPlaying: false });

let store: TestStore;
let product: Product;
beforeAll(async () => {
  store = await openTestStore();
  product = wire({
    db: store.db,
    clock,
    ids: randomIds(),
    log: createLog({ level: "silent", name: "test" }),
    settings: { ...readSettings({}), databaseUrl: store.url },
    secrets: { version: 1, session: "s".repeat(43), clickKeys: [{ kid: "1", secret: "c".repeat(43) }] },
  });
});
afterAll(async () => {
  await product?.close();
  await store?.close();
});

test("every operation of the public API has exactly one handler", () => {
  const time = {
    moveTo: async () => Promise.reject(new Error("not asked")),
    finishDemo: async () => Promise.reject(new Error("not asked")),
  };
  const routes = [
    ...instanceRoutes({ db: store.db, clock, settings: readSettings({}), time }),
    ...product.modules.flatMap((module) => module.routes),
  ];
  const handled = routes.map(({ endpoint }) => endpoint.id).toSorted();
  const described = endpoints.filter(({ at }) => at === "api").map(({ id }) => id);
  expect(handled).toEqual(described.toSorted());
});

test("no two invariants, jobs, deadlines or listeners share a name", () => {
  const { modules, invariants } = product;
  const names = [
    ...invariants.map(({ id }) => id),
    ...modules.flatMap((module) => [...module.jobs, ...module.due, ...module.subscriptions].map(({ name }) => name)),
  ];
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("every invariant can be asked, and an empty store keeps them all", async () => {
  for (const { id, violations } of product.invariants) expect([id, await store.db.inTransaction("system", violations)]).toEqual([id, []]);
});

test("docs/invariants.md names every invariant; beyond the store's there are only those of the edge", () => {
  const text = readFileSync(join(repositoryRoot, "docs/invariants.md"), "utf8");
  const documented = [...text.matchAll(/^\| ([a-z]+\.[a-z-]+) \|/gm)].map(([, id]) => id ?? "");
  const known = product.invariants.map(({ id }) => id);
  expect(known.filter((id) => !documented.includes(id))).toEqual([]);
  expect(documented.filter((id) => !known.includes(id) && !id.startsWith("edge."))).toEqual([]);
});
