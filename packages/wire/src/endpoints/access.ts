import type { Endpoint } from "../endpoint.ts";

export const accessEndpoints = [] as const satisfies readonly Endpoint[];
