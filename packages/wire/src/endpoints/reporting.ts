import type { Endpoint } from "../endpoint.ts";

export const reportingEndpoints = [] as const satisfies readonly Endpoint[];
