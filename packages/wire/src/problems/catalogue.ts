import { accessProblems } from "./access.ts";
import { attributionProblems } from "./attribution.ts";
import { billingProblems } from "./billing.ts";
import { contractsProblems } from "./contracts.ts";
import { directoryProblems } from "./directory.ts";
import { generalProblems } from "./general.ts";
import { instanceProblems } from "./instance.ts";
import { ledgerProblems } from "./ledger.ts";
import { messagingProblems } from "./messaging.ts";
import type { ProblemType } from "./problem-type.ts";
import { reportingProblems } from "./reporting.ts";
import { trackingProblems } from "./tracking.ts";
import { transactionsProblems } from "./transactions.ts";

/** Every kind of refusal that the API can answer with. */
export const problemCatalogue = {
  ...generalProblems,
  ...instanceProblems,
  ...directoryProblems,
  ...accessProblems,
  ...contractsProblems,
  ...trackingProblems,
  ...attributionProblems,
  ...transactionsProblems,
  ...ledgerProblems,
  ...billingProblems,
  ...messagingProblems,
  ...reportingProblems,
} as const satisfies Record<string, ProblemType>;

export type ProblemKind = keyof typeof problemCatalogue;

/** A refusal with the facts that explain it; extra fields become RFC 9457 extension members. */
export type Problem<Kind extends ProblemKind = ProblemKind> = {
  readonly kind: Kind;
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly [fact: string]: unknown;
};

/** One thing that is wrong with one field; `pointer` is a JSON pointer into the body, or `?name` for a query field. */
export type FieldError = { readonly pointer: string; readonly code: string; readonly detail: string };
