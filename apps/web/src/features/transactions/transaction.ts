import type { getTransaction } from "@biotop/wire";
import type { Answer } from "../../api/call.ts";

/** A sale as its page shows it. */
export type Transaction = Answer<typeof getTransaction>;
