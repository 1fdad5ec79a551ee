import { createOrganisation } from "@biotop/directory";
import type { OrgId, ProgrammeId } from "@biotop/kernel";
import type { BusinessClock } from "@biotop/platform/clock";
import { createHttpServer, type Principal } from "@biotop/platform/http";
import { createLog } from "@biotop/platform/log";
import type { ContextModule } from "@biotop/platform/module";
import { openTestStore, type TestStore, testClock, testIds } from "@biotop/testing";
import { type AnswerOf, createProgramme, type Endpoint, type Scope } from "@biotop/wire";
import { createContractsModule } from "../src/module.ts";

/** Who calls: a person of an organisation, with or without a fresh second factor, or a key. */
export type Caller = { readonly org: OrgId; readonly as?: "fresh" | "stale" | "key" };

/** What came back: the decoded answer, or the problem. */
export type Answer<E extends Endpoint> =
  | { readonly ok: true; readonly value: AnswerOf<E> }
  | { readonly ok: false; readonly status: number; readonly problem: ProblemBody };

type ProblemBody = { readonly kind: string; readonly errors?: readonly { readonly pointer: string; readonly code: string }[] };
type Given = { readonly path?: Readonly<Record<string, string>>; readonly query?: string; readonly body?: object };

export type Floor = {
  readonly store: TestStore;
  readonly clock: BusinessClock;
  readonly module: ContextModule;
  readonly merchant: OrgId;
  readonly partner: OrgId;
  readonly agency: OrgId;
  readonly programme: ProgrammeId;
  readonly call: <E extends Endpoint>(caller: Caller, endpoint: E, given?: Given) => Promise<Answer<E>>;
  /** The answer, where a refusal would be a failed test. */
  readonly get: <E extends Endpoint>(caller: Caller, endpoint: E, given?: Given) => Promise<AnswerOf<E>>;
  readonly close: () => Promise<void>;
};

const scopes: ReadonlySet<Scope> = new Set(["contracts:read", "contracts:write", "contracts:sign", "links:write"]);

/** Three organisations and a programme over a real store, spoken to through HTTP in the process. */
export async function openFloor(): Promise<Floor> {
  const store = await openTestStore();
  const clock = testClock("2026-03-01T09:00:00Z");
  const ids = testIds();
  const [merchant, partner, agency] = await store.db.inTransaction("system", async (tx) => {
    const made: OrgId[] = [];
    for (const [name, capability] of [
      ["Lamp shop", "sell"],
      ["Light blog", "promote"],
      ["Beam agency", "manage"],
    ] as const) {
      const given = { name, country: "DE", language: "de", timeZone: "Europe/Berlin" as never, capabilities: [capability] } as const;
      made.push((await createOrganisation({ clock, ids }, tx, given)).id);
    }
    return made as [OrgId, OrgId, OrgId];
  });
  const module = createContractsModule({ db: store.db, clock, ids });
  const app = await createHttpServer(
    {
      log: createLog({ level: "silent", name: "test" }),
      db: store.db,
      resolvePrincipal: async (headers) => principalOf(headers["x-caller"]),
      trustedProxies: [],
    },
    module.routes,
  );
  const call: Floor["call"] = async (caller, endpoint, { path = {}, query = "", body } = {}) => {
    const url = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "") + query;
    const headers = { "x-caller": JSON.stringify(caller) };
    const answer = await app.inject({ method: endpoint.method, url, headers, ...(body ? { payload: body } : {}) });
    const read: unknown = JSON.parse(answer.body);
    if (answer.statusCode >= 400) return { ok: false, status: answer.statusCode, problem: read as ProblemBody };
    return { ok: true, value: endpoint.answer.parse(read) as AnswerOf<typeof endpoint> };
  };
  const get: Floor["get"] = async (caller, endpoint, given) => {
    const answer = await call(caller, endpoint, given);
    if (!answer.ok) throw new Error(`${endpoint.id}: ${JSON.stringify(answer.problem)}`);
    return answer.value;
  };
  const shop = { name: "Lamps", homeUrl: "https://shop.example/", hosts: ["www.shop.example"], currency: "GBP", timeZone: "Europe/Berlin" };
  const made = await get({ org: merchant }, createProgramme, { body: shop });
  return {
    store,
    clock,
    module,
    merchant,
    partner,
    agency,
    programme: made.id,
    call,
    get,
    async close() {
      await app.close();
      await store.close();
    },
  };
}

function principalOf(header: string | undefined): Principal {
  if (!header) return { kind: "nobody" };
  const { org, as = "fresh" } = JSON.parse(header) as Caller;
  if (as === "key") return { kind: "key", key: `key_${org.slice(4)}`, org, scopes };
  return { kind: "user", user: `usr_${org.slice(4)}`, org, scopes, isFresh: as === "fresh" };
}

/** Terms as a client sends them. */
export function termsGiven(more: object = {}): object {
  return {
    version: 1,
    currency: "EUR",
    timeZone: "Europe/Berlin",
    conversionTypes: [{ event: "sale", level: "item", rules: [], otherwise: { kind: "percent", ppm: "80000" } }],
    splits: [],
    attribution: { model: "last-click", clickWindowDays: 30 },
    validation: { days: 30, onDeadline: "approve", declineReasons: ["cancelled", "returned"] },
    rateLock: "conversion",
    exchange: { dateRule: "conversion" },
    payment: { cycle: "monthly", thresholdMinor: "2500", mode: "direct" },
    selfBilling: { agreed: true },
    notes: "",
    ...more,
  };
}

export function rateOf(ppm: string): object {
  return { conversionTypes: [{ event: "sale", level: "item", rules: [], otherwise: { kind: "percent", ppm } }] };
}
