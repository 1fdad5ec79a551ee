import { type SubIdName, subIdSlot, subIdValue } from "@biotop/tracking-protocol";

/** What a click's address says besides the link. */
export type ClickQuery = {
  /** The asked deep link, percent-decoded once; `undefined` when there is none. */
  readonly to: string | undefined;
  readonly cons: readonly string[];
  readonly subIds: Readonly<Partial<Record<SubIdName, string>>> | undefined;
  readonly partnerClickId: string | undefined;
  readonly subIdsRefused: number;
};

const entriesMax = 100;
const nothing: ClickQuery = { to: undefined, cons: [], subIds: undefined, partnerClickId: undefined, subIdsRefused: 0 };
const grantedOnly: ClickQuery = { ...nothing, cons: ["1"] };
/** A deep link that cannot be decoded is not allowed anywhere. */
const undecodable = "\u0000";

/** Reads the query by hand: an address has few parameters and the hot path no time for a general parser. */
export function readClickQuery(query: string): ClickQuery {
  if (query === "") return nothing;
  if (query === "cons=1") return grantedOnly;
  let to: string | undefined;
  let partnerClickId: string | undefined;
  let refused = 0;
  const cons: string[] = [];
  const subIds: Partial<Record<SubIdName, string>> = {};
  let own: Set<string> | undefined;
  let hasSubIds = false;

  for (const entry of query.split("&", entriesMax)) {
    const equals = entry.indexOf("=");
    if (equals <= 0) continue;
    const name = entry.slice(0, equals);
    const raw = entry.slice(equals + 1);
    if (name === "to") {
      to ??= percentDecoded(raw) ?? undecodable;
      continue;
    }
    if (name === "cons") {
      cons.push(raw);
      continue;
    }
    const spelling = subIdSlot(name);
    if (!spelling || raw === "" || own?.has(spelling.slot)) continue;
    const isTaken = spelling.slot === "partnerClickId" ? partnerClickId !== undefined : subIds[spelling.slot] !== undefined;
    if (isTaken && !spelling.isOwnName) continue;
    const value = subIdValue(formDecoded(raw));
    if (value === undefined) {
      refused += 1;
      continue;
    }
    if (spelling.isOwnName) own = (own ?? new Set()).add(spelling.slot);
    if (spelling.slot === "partnerClickId") {
      partnerClickId = value;
      continue;
    }
    subIds[spelling.slot] = value;
    hasSubIds = true;
  }
  return { to, cons, subIds: hasSubIds ? subIds : undefined, partnerClickId, subIdsRefused: refused };
}

/** A plus sign stays one: whoever encodes an address writes blanks as `%20`, and addresses have plus signs of their own. */
function percentDecoded(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function formDecoded(text: string): string {
  const blanks = text.includes("+") ? text.replaceAll("+", " ") : text;
  return percentDecoded(blanks) ?? blanks;
}
