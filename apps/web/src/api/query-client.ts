import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./problem.ts";

const retriesMax = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) =>
        failures < retriesMax && error instanceof ApiProblem && (error.body.status === 0 || error.body.status >= 502),
      queryKeyHashFn: (key) => JSON.stringify(key, (_name, value: unknown) => (typeof value === "bigint" ? value.toString() : value)),
    },
  },
});
