import { assert } from "./assert.ts";

/** What JSON can carry; bigint values travel as decimal strings through the wire's codecs. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * JSON Canonicalization Scheme (RFC 8785): sorted keys (UTF-16 order), no white space, ECMAScript number text.
 * Numbers must be safe integers here: money and rates are strings.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    assert(value.isWellFormed(), "canonical text has no lone surrogate");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    assert(Number.isSafeInteger(value), "a canonical number is a safe integer");
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
