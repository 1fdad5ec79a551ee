import { assert, epochMs, instant, plusDays, plusMs, ppmWhole } from "@biotop/kernel";
import {
  type AttributionInput,
  type AttributionResult,
  type Candidate,
  defineAttributionModel,
  type Reason,
  type Touch,
  type TouchWindow,
  type Winner,
} from "./attribution-model.ts";

/** The last eligible click inside its contract's window earns all. The order is (time, click id), never arrival. */
export const lastClick = defineAttributionModel({
  code: "last-click",
  version: 1,
  label: { de: "Letzter Klick", en: "Last click" },
  description: {
    de: "Der letzte Klick vor der Bestellung, der im Klick-Fenster seines Vertrags liegt, verdient die ganze Provision.",
    en: "The last click before the order that lies inside its contract's click window earns the whole commission.",
  },
  attribute: attributeLastClick,
  examples: exampleList(),
});

function attributeLastClick(input: AttributionInput): AttributionResult {
  const judged = ordered(input.touches).map((touch) => judge(touch, input));
  const eligible = judged.filter((each) => each.refusal === undefined);
  const last = eligible.at(-1);

  const candidates = [
    ...judged.map((each) => candidateOf(each, each === last)),
    ...unknownIds(input).map((clickId): Candidate => ({ clickId, ...nothingKnown, outcome: "excluded", reason: "unknown-click" })),
  ];
  const explanation = { model: { code: "last-click", version: 1 }, candidates };
  const winner = last ? winnerOf(last) : undefined;
  const winners = candidates.filter((candidate) => candidate.outcome === "won");
  assert(winners.length === (winner ? 1 : 0) && winners[0]?.clickId === winner?.clickId, "an explanation names its winner and no other");
  if (!winner) return { shares: [], explanation };
  return { winner, shares: [{ clickId: winner.clickId, partner: winner.partner, ppm: ppmWhole }], explanation };
}

const nothingKnown = { at: null, partner: null, link: null, contractVersion: null, clickWindowDays: null };

/** A shop's clock may be five minutes behind ours. */
const skewMsMax = 300_000;

type Judged = { readonly touch: Touch; readonly window: TouchWindow | undefined; readonly refusal: Reason | undefined };

/** The first reason that holds, in one fixed order, so that every candidate has exactly one. */
function judge(touch: Touch, input: AttributionInput): Judged {
  const { conversion } = input;
  if (touch.programme !== conversion.programme) return { touch, window: undefined, refusal: "other-programme" };
  if (touch.isTest) return { touch, window: undefined, refusal: "test" };
  if (touch.isBot) return { touch, window: undefined, refusal: "bot" };
  if (touch.hasConsent === false) return { touch, window: undefined, refusal: "no-consent" };
  if (touch.at > plusMs(conversion.occurredAt, touch.isNamed ? skewMsMax : 0))
    return { touch, window: undefined, refusal: "after-conversion" };
  const window = input.windowOf(touch);
  if (!window) return { touch, window, refusal: "no-contract" };
  const isInside = epochMs(conversion.occurredAt) <= epochMs(plusDays(touch.at, window.clickWindowDays));
  return { touch, window, refusal: isInside ? undefined : "outside-window" };
}

function candidateOf({ touch, window, refusal }: Judged, isWinner: boolean): Candidate {
  const facts = {
    clickId: touch.clickId,
    at: touch.at,
    partner: touch.partner,
    link: touch.link,
    contractVersion: window?.contractVersion ?? null,
    clickWindowDays: window?.clickWindowDays ?? null,
  };
  if (refusal) return { ...facts, outcome: "excluded", reason: refusal };
  return isWinner ? { ...facts, outcome: "won", reason: "last-click" } : { ...facts, outcome: "lost", reason: "later-click-won" };
}

function winnerOf({ touch, window }: Judged): Winner {
  assert(window !== undefined, "a winner has a contract in force");
  const { clickId, partner, link, at } = touch;
  return { clickId, partner, link, at, contractVersion: window.contractVersion };
}

/** By time, then click id; a click that was named twice counts once. */
function ordered(touches: readonly Touch[]): readonly Touch[] {
  const byId = new Map(touches.map((touch) => [touch.clickId, touch]));
  return [...byId.values()].sort((a, b) => compare(a.at, b.at) || compare(a.clickId, b.clickId));
}

function unknownIds({ touches, unknownClickIds = [] }: AttributionInput): readonly string[] {
  const known = new Set(touches.map((touch) => touch.clickId));
  return [...new Set(unknownClickIds)].filter((clickId) => !known.has(clickId)).sort(compare);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function exampleList() {
  const programme = "prg_1" as const;
  const touch = (clickId: string, at: string, more: Partial<Touch> = {}): Touch => ({
    clickId,
    at: instant(at),
    programme,
    partner: `org_${clickId}`,
    link: `lnk_${clickId}`,
    isBot: false,
    ...more,
  });
  const windowOf = () => ({ contractVersion: "cvn_1", clickWindowDays: 30 }) as const;
  const conversion = { programme, occurredAt: instant("2026-11-30T12:00:00Z") };
  return [
    {
      name: "the later of two clicks wins",
      input: { conversion, windowOf, touches: [touch("b", "2026-11-20T00:00:00Z"), touch("a", "2026-11-10T00:00:00Z")] },
      winner: "b",
      reasons: { a: "later-click-won", b: "last-click" },
    },
    {
      name: "exactly the window counts, one second more does not",
      input: { conversion, windowOf, touches: [touch("a", "2026-10-31T12:00:00Z"), touch("b", "2026-10-31T11:59:59Z")] },
      winner: "a",
      reasons: { a: "last-click", b: "outside-window" },
    },
    {
      name: "bots, tests, other programmes and later clicks never win",
      input: {
        conversion,
        windowOf,
        unknownClickIds: ["e"],
        touches: [
          touch("a", "2026-11-29T00:00:00Z", { isBot: true }),
          touch("b", "2026-11-29T00:00:00Z", { isTest: true }),
          touch("c", "2026-11-29T00:00:00Z", { programme: "prg_2" }),
          touch("d", "2026-12-01T00:00:00Z"),
        ],
      },
      winner: undefined,
      reasons: { a: "bot", b: "test", c: "other-programme", d: "after-conversion", e: "unknown-click" },
    },
    {
      name: "a click that the shop names may be up to five minutes later by our clock",
      input: {
        conversion,
        windowOf,
        touches: [touch("a", "2026-11-30T12:05:00Z", { isNamed: true }), touch("b", "2026-11-30T12:00:01Z")],
      },
      winner: "a",
      reasons: { a: "last-click", b: "after-conversion" },
    },
  ] as const;
}
