import type { Endpoint } from "../endpoint.ts";

export const ledgerEndpoints = [] as const satisfies readonly Endpoint[];
