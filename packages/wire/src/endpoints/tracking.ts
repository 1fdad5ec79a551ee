import type { Endpoint } from "../endpoint.ts";

export const trackingEndpoints = [] as const satisfies readonly Endpoint[];
