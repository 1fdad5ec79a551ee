/** What a programme does when a shopper sent no signal: `assumed` needs a named person's decision, `strict` is the default. */
export type ConsentPolicy = "strict" | "assumed";

/** What the request says about consent. */
export type ConsentSignals = {
  /** The values of `cons=`, in the order of the URL. */
  readonly cons: readonly string[];
  /** The header `Sec-GPC`. */
  readonly gpc: string | undefined;
};

export type Consent = { readonly granted: true } | { readonly granted: false; readonly reason: "gpc" | "denied" | "no-consent" };

const granted: Consent = { granted: true };
const byGpc: Consent = { granted: false, reason: "gpc" };
const denied: Consent = { granted: false, reason: "denied" };
const silent: Consent = { granted: false, reason: "no-consent" };

/** Global Privacy Control wins, then any refusal, then an approval; silence is a refusal under the strict policy. */
export function resolveConsent(signals: ConsentSignals, policy: ConsentPolicy): Consent {
  if (signals.gpc !== undefined && signals.gpc.trim() === "1") return byGpc;
  if (signals.cons.includes("0")) return denied;
  if (signals.cons.includes("1")) return granted;
  return policy === "assumed" ? granted : silent;
}
