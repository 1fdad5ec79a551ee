import type { Endpoint } from "../endpoint.ts";

export const transactionsEndpoints = [] as const satisfies readonly Endpoint[];
