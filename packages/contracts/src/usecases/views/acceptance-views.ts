import type { AnswerOf, getContractVersion } from "@biotop/wire";
import type { Acceptance } from "../../db/turns.ts";
import type { Names } from "./names.ts";

type AcceptanceView = AnswerOf<typeof getContractVersion>["acceptances"][number];

/** Who accepted, when, and by what authority. */
export function acceptanceViews(acceptances: readonly Acceptance[], names: Names): AcceptanceView[] {
  return acceptances.map(({ org, hash, at, authority }) => ({
    org,
    orgName: names.org(org),
    hash,
    at,
    authority,
  }));
}
