import type { Endpoint } from "../endpoint.ts";

export const billingEndpoints = [] as const satisfies readonly Endpoint[];
