import { clickIdOf, cookieValue, decodeCookie, resolveConsent, withClick } from "@biotop/tracking-protocol";
import { allowedTarget } from "../route-table/allowed-target.ts";
import { compileTarget } from "../route-table/compiled-table.ts";
import { readClickQuery } from "./click-query.ts";
import type { Step } from "./run-pipeline.ts";
import { type ClickWorld, type DropReason, programmeOfKey, type Touch } from "./touch.ts";

type ClickStep = Step<Touch, ClickWorld, DropReason>;

const findLink: ClickStep = {
  name: "find-link",
  run(touch, { table }) {
    const link = table.linkOf(touch.key) ?? (touch.key.endsWith("/") ? table.linkOf(touch.key.slice(0, -1)) : undefined);
    if (!link) {
      const programme = programmeOfKey(touch.key);
      touch.programme = programme && table.programmes.get(programme);
      touch.target = touch.programme?.home;
      return "unknown-link";
    }
    touch.link = link;
    touch.programme = link.programme;
    if (link.source.state === "paused") {
      touch.target = link.programme.home;
      return "paused-link";
    }
    touch.target = link.target;
    touch.isTargetRefused = link.isTargetRefused;
    return undefined;
  },
};

const readQuery: ClickStep = {
  name: "read-query",
  run(touch) {
    touch.query = readClickQuery(touch.queryText);
    return undefined;
  },
};

/** A deep link leads to the programme's own hosts or, when it would not, to the programme's home page. */
const chooseTarget: ClickStep = {
  name: "choose-target",
  run(touch) {
    const to = touch.query?.to;
    if (to === undefined || to === "" || !touch.programme) return undefined;
    const url = allowedTarget(touch.programme.allowed, to);
    touch.isTargetRefused = url === undefined;
    touch.target = url === undefined ? touch.programme.home : compileTarget(url, touch.programme.source.clickParameter);
    return undefined;
  },
};

const refusePrefetches: ClickStep = {
  name: "refuse-prefetches",
  run({ headers }) {
    const purpose = headers["sec-purpose"] ?? headers["purpose"] ?? headers["x-purpose"] ?? headers["x-moz"];
    return purpose !== undefined && /prefetch|prerender|preview/i.test(String(purpose)) ? "prefetch" : undefined;
  },
};

/** Images, frames and scripts that load a link are not a shopper's click (cookie stuffing). Old browsers send no such header. */
const refuseNonNavigations: ClickStep = {
  name: "refuse-non-navigations",
  run({ headers }) {
    const destination = headers["sec-fetch-dest"];
    const mode = headers["sec-fetch-mode"];
    if (destination !== undefined && destination !== "document") return "not-a-navigation";
    return mode !== undefined && mode !== "navigate" ? "not-a-navigation" : undefined;
  },
};

const classifyAgent: ClickStep = {
  name: "classify-agent",
  run(touch, { classify }) {
    touch.agent = classify(touch.headers["user-agent"]);
    return undefined;
  },
};

const applyConsent: ClickStep = {
  name: "apply-consent",
  run(touch) {
    if (!touch.programme) return "no-consent";
    const gpc = touch.headers["sec-gpc"];
    const signals = { cons: touch.query?.cons ?? [], gpc: typeof gpc === "string" ? gpc : undefined };
    const consent = resolveConsent(signals, touch.programme.source.consentPolicy);
    if (consent.granted) return undefined;
    return touch.agent?.isBot ? "bot" : consent.reason;
  },
};

/** The id, and the journey that the shopper's own browser remembers. A bot gets an id, so that its click can be judged, but no cookie. */
const mintClick: ClickStep = {
  name: "mint-click",
  run(touch, { table, nowMs, nextUlid }) {
    if (!touch.programme) return "unknown-link";
    touch.id = clickIdOf(table.signer, nextUlid(nowMs), touch.programme.source.id);
    const value = touch.headers.cookie === undefined ? undefined : cookieValue(touch.headers.cookie, table.cookie.name);
    const cookie = value === undefined ? undefined : decodeCookie(table.signers, value);
    touch.isCookieRefused = value !== undefined && cookie === undefined;
    touch.visitor = cookie?.visitor ?? nextUlid(nowMs);
    if (touch.agent?.isBot) return undefined;
    const epochMinutes = Math.floor(nowMs / 60_000);
    touch.journey = withClick(cookie ?? { visitor: touch.visitor, clicks: [] }, touch.id, epochMinutes);
    return undefined;
  },
};

/** The way of a click, in order. */
export const clickSteps: readonly ClickStep[] = [
  findLink,
  readQuery,
  chooseTarget,
  refusePrefetches,
  refuseNonNavigations,
  classifyAgent,
  applyConsent,
  mintClick,
];

/** The way of a `HEAD` request: where it leads, nothing else. */
export const targetSteps: readonly ClickStep[] = [findLink, readQuery, chooseTarget];
