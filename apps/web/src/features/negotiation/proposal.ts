import type { getProposal } from "@biotop/wire";
import type { Answer } from "../../api/call.ts";

/** A negotiation as its page shows it. */
export type Proposal = Answer<typeof getProposal>;
