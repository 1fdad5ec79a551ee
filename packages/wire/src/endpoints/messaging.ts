import type { Endpoint } from "../endpoint.ts";

export const messagingEndpoints = [] as const satisfies readonly Endpoint[];
