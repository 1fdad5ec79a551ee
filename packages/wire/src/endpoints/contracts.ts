import type { Endpoint } from "../endpoint.ts";

export const contractsEndpoints = [] as const satisfies readonly Endpoint[];
