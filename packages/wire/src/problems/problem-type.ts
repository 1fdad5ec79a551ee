import type { LocalText } from "@biotop/kernel";

/** The public description of one kind of refusal (RFC 9457): `type` is `/problems/{kind}`. */
export type ProblemType = {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly title: LocalText;
  /** What to do next, for the person who reads it. */
  readonly advice?: LocalText;
};
