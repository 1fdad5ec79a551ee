import type { ContractVersionId, Instant, LinkId, LocalText, OrgId, ProgrammeId } from "@biotop/kernel";

/** A click as attribution sees it. */
export type Touch = {
  readonly clickId: string;
  readonly at: Instant;
  readonly programme: ProgrammeId;
  readonly partner: OrgId;
  readonly link: LinkId;
  readonly isBot: boolean;
  /** The shop named this click with the order, so it existed by then: its clock may differ by a few minutes. */
  readonly isNamed?: boolean;
  /** A click of a test link or a test key: shown, never paid. */
  readonly isTest?: boolean;
  /** Whether the shopper's consent covers it; clicks without consent have no id, so only imported touches can lack it. */
  readonly hasConsent?: boolean;
};

/** What the contract in force says about a touch; `undefined` = no contract covers it. */
export type TouchWindow = { readonly contractVersion: ContractVersionId; readonly clickWindowDays: number };

export type AttributionInput = {
  readonly conversion: { readonly programme: ProgrammeId; readonly occurredAt: Instant };
  readonly touches: readonly Touch[];
  /** Click ids that the shop named and that the store does not know. */
  readonly unknownClickIds?: readonly string[];
  readonly windowOf: (touch: Touch) => TouchWindow | undefined;
};

export const reasons = {
  "last-click": { de: "letzter Klick im Fenster", en: "last click inside the window" },
  "later-click-won": { de: "ein späterer Klick hat gewonnen", en: "a later click won" },
  "outside-window": { de: "außerhalb des Klick-Fensters", en: "outside the click window" },
  "after-conversion": { de: "nach der Bestellung", en: "after the order" },
  "no-contract": { de: "kein Vertrag in Kraft", en: "no contract in force" },
  "other-programme": { de: "anderes Programm", en: "another programme" },
  "unknown-click": { de: "Klick unbekannt", en: "click unknown" },
  bot: { de: "Klick eines Bots", en: "click of a bot" },
  test: { de: "Testklick", en: "test click" },
  "no-consent": { de: "ohne Einwilligung", en: "without consent" },
} as const satisfies Record<string, LocalText>;

export type Reason = keyof typeof reasons;

type Outcome = {
  readonly outcome: "won" | "lost" | "excluded";
  readonly reason: Reason;
};

/** One candidate with exactly one reason. A click that the store does not know has neither time nor partner. */
export type Candidate = Outcome & {
  readonly clickId: string;
  readonly at: Instant | null;
  readonly partner: OrgId | null;
  readonly link: LinkId | null;
  /** The contract version whose window decided. */
  readonly contractVersion: ContractVersionId | null;
  readonly clickWindowDays: number | null;
};

export type Explanation = {
  readonly model: { readonly code: string; readonly version: number };
  /** Ordered by time and click id, unknown clicks last. */
  readonly candidates: readonly Candidate[];
};

export type Winner = {
  readonly clickId: string;
  readonly partner: OrgId;
  readonly link: LinkId;
  readonly at: Instant;
  readonly contractVersion: ContractVersionId;
};

export type AttributionResult = {
  readonly winner?: Winner;
  /** Who earns which share of the conversion; parts per million that sum to 1,000,000, or nothing. */
  readonly shares: readonly { readonly clickId: string; readonly partner: OrgId; readonly ppm: bigint }[];
  readonly explanation: Explanation;
};

/** A published way to find who earns; its meaning never changes under the same code and version. */
export type AttributionModel = {
  readonly code: string;
  readonly version: number;
  readonly label: LocalText;
  readonly description: LocalText;
  readonly attribute: (input: AttributionInput) => AttributionResult;
  readonly examples: readonly {
    readonly name: string;
    readonly input: AttributionInput;
    readonly winner: string | undefined;
    readonly reasons: Readonly<Record<string, Reason>>;
  }[];
};

export function defineAttributionModel(model: AttributionModel): AttributionModel {
  return Object.freeze(model);
}
