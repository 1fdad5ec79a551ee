import type { Endpoint } from "../endpoint.ts";

export const directoryEndpoints = [] as const satisfies readonly Endpoint[];
