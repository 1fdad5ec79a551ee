import type { Endpoint } from "../endpoint.ts";

export const attributionEndpoints = [] as const satisfies readonly Endpoint[];
