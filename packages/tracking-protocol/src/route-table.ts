import {
  type ApiKeyId,
  type Currency,
  err,
  type Instant,
  isCurrency,
  isId,
  type LinkId,
  type OrgId,
  ok,
  type ProgrammeId,
  parseInstant,
  type Result,
} from "@biotop/kernel";
import type { ClickKey } from "./click-id.ts";
import type { ConsentPolicy } from "./consent.ts";
import { type SubIds, subIdNames } from "./sub-ids.ts";

/** Everything that the edge must know to answer without a database; published by tracking as one JSON file. */
export type RouteTable = {
  /** Rises with every publication. */
  readonly version: number;
  readonly clock: RouteClock;
  /** The first signs, all verify. */
  readonly clickKeys: readonly ClickKey[];
  readonly programmes: readonly RouteProgramme[];
  readonly links: readonly RouteLink[];
  readonly keys: readonly RouteKey[];
};

export type RouteClock = { readonly mode: "real" } | { readonly mode: "manual"; readonly at: Instant };

export type RouteProgramme = {
  readonly id: ProgrammeId;
  readonly merchant: OrgId;
  readonly homeUrl: string;
  /** Allowed target hosts; a host allows what lies below it. */
  readonly hosts: readonly string[];
  readonly currency: Currency;
  /** The landing page's query parameter that carries the click id. */
  readonly clickParameter: string;
  readonly cookieDays: number;
  readonly consentPolicy: ConsentPolicy;
};

export type RouteLink = {
  readonly key: string;
  readonly id: LinkId;
  readonly programme: ProgrammeId;
  readonly partner: OrgId;
  readonly target: string;
  /** Sub-ids that the partner set on the link itself; those of the click win. */
  readonly subIds?: SubIds;
  /** Absent means active; a paused link leads to the programme's home page. */
  readonly state?: "active" | "paused";
};

export type RouteKey = {
  readonly keyId: ApiKeyId;
  readonly org: OrgId;
  /** Hexadecimal SHA-256 of the whole key text (`bt_live_…`). */
  readonly secretSha256: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Instant | null;
};

export const routeTableBytesMax = 256 * 1024 * 1024;

/** Where and why a table is not taken. The table before it stays in force. */
export type RouteTableRefusal = { readonly kind: "broken-route-table"; readonly at: string; readonly detail: string };

/** Reads a published table completely or not at all: one wrong entry means that something else went wrong too. */
export function parseRouteTable(text: string): Result<RouteTable, RouteTableRefusal> {
  if (text.length > routeTableBytesMax) return refuse("", `longer than ${routeTableBytesMax} characters`);
  try {
    return ok(tableOf(objectOf(JSON.parse(text), "")));
  } catch (error) {
    if (error instanceof WrongEntry) return refuse(error.at, error.message);
    if (error instanceof SyntaxError) return refuse("", "no JSON: torn or foreign");
    throw error;
  }
}

function refuse(at: string, detail: string): Result<never, RouteTableRefusal> {
  return err({ kind: "broken-route-table", at, detail });
}

type Fields = Readonly<Record<string, unknown>>;

class WrongEntry extends Error {
  readonly at: string;
  constructor(at: string, message: string) {
    super(message);
    this.at = at;
  }
}

function tableOf(table: Fields): RouteTable {
  const programmes = listOf(table, "programmes", "", programmeOf);
  const known = new Set(programmes.map((programme) => programme.id));
  const links = listOf(table, "links", "", linkOf);
  for (const [index, link] of links.entries()) {
    if (!known.has(link.programme)) throw new WrongEntry(`/links/${index}/programme`, "names no programme of this table");
  }
  const clickKeys = listOf(table, "clickKeys", "", clickKeyOf);
  if (clickKeys.length === 0) throw new WrongEntry("/clickKeys", "needs at least one key");
  return {
    version: numberOf(table, "version", "", Number.MAX_SAFE_INTEGER),
    clock: clockOf(objectOf(table["clock"], "/clock")),
    clickKeys,
    programmes,
    links,
    keys: listOf(table, "keys", "", keyOf),
  };
}

function clockOf(clock: Fields): RouteClock {
  if (clock["mode"] === "real") return { mode: "real" };
  if (clock["mode"] !== "manual") throw new WrongEntry("/clock/mode", "real or manual");
  return { mode: "manual", at: instantOf(clock, "at", "/clock") };
}

function clickKeyOf(key: Fields, at: string): ClickKey {
  const secret = textOf(key, "secret", at, 256);
  if (secret.length < 32) throw new WrongEntry(`${at}/secret`, "at least 32 characters");
  return { kid: textOf(key, "kid", at, 64), secret };
}

function programmeOf(programme: Fields, at: string): RouteProgramme {
  const currencyText = textOf(programme, "currency", at, 3);
  if (!isCurrency(currencyText)) throw new WrongEntry(`${at}/currency`, "an ISO 4217 currency");
  const clickParameter = textOf(programme, "clickParameter", at, 32);
  if (!/^[A-Za-z0-9_.-]+$/.test(clickParameter)) throw new WrongEntry(`${at}/clickParameter`, "letters, digits, dot, dash, underscore");
  const consentPolicy = programme["consentPolicy"];
  if (consentPolicy !== "strict" && consentPolicy !== "assumed") throw new WrongEntry(`${at}/consentPolicy`, "strict or assumed");
  return {
    id: idOf("prg", programme, "id", at),
    merchant: idOf("org", programme, "merchant", at),
    homeUrl: urlOf(programme, "homeUrl", at),
    hosts: textsOf(programme, "hosts", at, 253),
    currency: currencyText,
    clickParameter,
    cookieDays: numberOf(programme, "cookieDays", at, 400),
    consentPolicy,
  };
}

function linkOf(link: Fields, at: string): RouteLink {
  const { state } = link;
  if (state !== undefined && state !== "active" && state !== "paused") throw new WrongEntry(`${at}/state`, "active or paused");
  return {
    key: textOf(link, "key", at, 128),
    id: idOf("lnk", link, "id", at),
    programme: idOf("prg", link, "programme", at),
    partner: idOf("org", link, "partner", at),
    target: urlOf(link, "target", at),
    ...(link["subIds"] === undefined || link["subIds"] === null ? {} : { subIds: subIdsOf(objectOf(link["subIds"], `${at}/subIds`), at) }),
    ...(state === undefined ? {} : { state }),
  };
}

function subIdsOf(given: Fields, at: string): SubIds {
  const known: Partial<Record<(typeof subIdNames)[number], string>> = {};
  for (const name of subIdNames) {
    if (given[name] !== undefined && given[name] !== null && given[name] !== "") known[name] = textOf(given, name, `${at}/subIds`, 255);
  }
  return known;
}

function keyOf(key: Fields, at: string): RouteKey {
  const secretSha256 = textOf(key, "secretSha256", at, 64);
  if (!/^[0-9a-f]{64}$/.test(secretSha256)) throw new WrongEntry(`${at}/secretSha256`, "64 hexadecimal digits");
  return {
    keyId: idOf("key", key, "keyId", at),
    org: idOf("org", key, "org", at),
    secretSha256,
    scopes: textsOf(key, "scopes", at, 64),
    expiresAt: key["expiresAt"] === null || key["expiresAt"] === undefined ? null : instantOf(key, "expiresAt", at),
  };
}

function objectOf(value: unknown, at: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new WrongEntry(at, "an object");
  return value as Fields;
}

function listOf<T>(fields: Fields, name: string, at: string, entryOf: (entry: Fields, at: string) => T): readonly T[] {
  const list = fields[name];
  if (!Array.isArray(list)) throw new WrongEntry(`${at}/${name}`, "a list");
  return list.map((entry, index) => entryOf(objectOf(entry, `${at}/${name}/${index}`), `${at}/${name}/${index}`));
}

function textOf(fields: Fields, name: string, at: string, charactersMax: number): string {
  const text = fields[name];
  if (typeof text !== "string" || text === "" || text.length > charactersMax || !text.isWellFormed()) {
    throw new WrongEntry(`${at}/${name}`, `text of 1 to ${charactersMax} characters`);
  }
  return text;
}

function textsOf(fields: Fields, name: string, at: string, charactersMax: number): readonly string[] {
  const list = fields[name];
  if (!Array.isArray(list)) throw new WrongEntry(`${at}/${name}`, "a list of texts");
  return list.map((text: unknown, index) => textOf({ [index]: text }, String(index), `${at}/${name}`, charactersMax));
}

function numberOf(fields: Fields, name: string, at: string, max: number): number {
  const number = fields[name];
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0 || number > max) {
    throw new WrongEntry(`${at}/${name}`, `a whole number from 0 to ${max}`);
  }
  return number;
}

function instantOf(fields: Fields, name: string, at: string): Instant {
  const parsed = parseInstant(textOf(fields, name, at, 40));
  if (parsed === undefined) throw new WrongEntry(`${at}/${name}`, "a time such as 2026-11-23T14:00:00Z");
  return parsed;
}

function idOf<Prefix extends string>(prefix: Prefix, fields: Fields, name: string, at: string): `${Prefix}_${string}` {
  const text = textOf(fields, name, at, 80);
  if (!isId(prefix, text)) throw new WrongEntry(`${at}/${name}`, `an id that begins with ${prefix}_`);
  return text;
}

function urlOf(fields: Fields, name: string, at: string): string {
  const text = textOf(fields, name, at, 4096);
  if (!/^https?:\/\/[^\s/]/i.test(text) || !URL.canParse(text)) throw new WrongEntry(`${at}/${name}`, "an https or http address");
  return text;
}
