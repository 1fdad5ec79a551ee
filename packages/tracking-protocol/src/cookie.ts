import { type ClickId, isSame, type Signer } from "./click-id.ts";

export const cookieClicksMax = 10;
export const cookieBytesMax = 1024;

/** `__Host-` binds the cookie to the edge's own host and to HTTPS; a plain HTTP edge (a laptop) cannot use the prefix. */
export const secureCookieName = "__Host-bk";
export const plainCookieName = "bk";

/** A click in the shopper's own browser: the journey that consent allows to remember. */
export type CookieClick = { readonly id: string; readonly epochMinutes: number };

export type VisitorCookie = { readonly visitor: string; readonly clicks: readonly CookieClick[] };

const version = "1";
const visitorPattern = /^[0-9a-z]{26}$/;
const clickPattern = /^([0-9a-z]{34})-([0-9a-z]{1,8})c$/;

/** `1.visitor.click-minutesc_click-minutesc.MAC`, at most ten clicks: the oldest goes first. */
export function encodeCookie(signer: Signer, visitor: string, clicks: readonly CookieClick[]): string {
  let body = `${version}.${visitor}.`;
  const first = Math.max(0, clicks.length - cookieClicksMax);
  for (let index = first; index < clicks.length; index += 1) {
    const click = clicks[index];
    if (click) body += `${index === first ? "" : "_"}${click.id}-${click.epochMinutes.toString(36)}c`;
  }
  return `${body}.${signer.sign(`cookie\n${body}`)}`;
}

/** What a cookie says; `undefined` when it is not exactly what one of our keys wrote. */
export function decodeCookie(signers: readonly Signer[], value: string): VisitorCookie | undefined {
  if (value.length > cookieBytesMax) return undefined;
  const dot = value.lastIndexOf(".");
  const body = value.slice(0, dot);
  const mac = value.slice(dot + 1);
  const [writtenVersion, visitor = "", list = "", ...rest] = body.split(".");
  if (writtenVersion !== version || rest.length > 0 || !visitorPattern.test(visitor)) return undefined;
  if (!signers.some((signer) => isSame(signer.sign(`cookie\n${body}`), mac))) return undefined;

  const clicks: CookieClick[] = [];
  for (const entry of list === "" ? [] : list.split("_")) {
    const match = clickPattern.exec(entry);
    if (!match?.[1] || !match[2]) return undefined;
    clicks.push({ id: match[1], epochMinutes: Number.parseInt(match[2], 36) });
  }
  return clicks.length > cookieClicksMax ? undefined : { visitor, clicks };
}

/** The same cookie with one more click. */
export function withClick(cookie: VisitorCookie, id: ClickId, epochMinutes: number): readonly CookieClick[] {
  if (cookie.clicks.length === 0) return [{ id, epochMinutes }];
  return [...cookie.clicks, { id, epochMinutes }].slice(-cookieClicksMax);
}

/** One cookie's value out of the request's `Cookie` header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const part of header.split(";")) {
    const text = part.trim();
    if (text.startsWith(name) && text[name.length] === "=") return text.slice(name.length + 1);
  }
  return undefined;
}
