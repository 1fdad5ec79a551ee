import type { OrgId } from "@biotop/kernel";
import type { Candidate, Explanation } from "./attribution-model.ts";

/** A candidate as one party may see it: `partner` and `link` are hidden where they are another partner's. */
export type CandidateView = Omit<Candidate, "clickId" | "contractVersion"> & { readonly clickId: string | null; readonly isOwn: boolean };

/** The merchant sees every candidate; a partner sees its own, and of others only that they were there, when and why they lost or won. */
export function explanationFor(explanation: Explanation, viewer: OrgId, merchant: OrgId): readonly CandidateView[] {
  return explanation.candidates.map(({ contractVersion: _, ...candidate }) => {
    const isOwn = candidate.partner === viewer;
    if (viewer === merchant || isOwn) return { ...candidate, isOwn };
    return { ...candidate, clickId: null, partner: null, link: null, clickWindowDays: null, isOwn };
  });
}
