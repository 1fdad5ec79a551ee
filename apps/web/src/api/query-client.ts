import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem, isProblem } from "./problem.ts";

const retriesMax = 2;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: signInAgain }),
  mutationCache: new MutationCache({ onError: signInAgain }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) =>
        failures < retriesMax && error instanceof ApiProblem && (error.body.status === 0 || error.body.status >= 502),
      queryKeyHashFn: (key) => JSON.stringify(key, (_name, value: unknown) => (typeof value === "bigint" ? value.toString() : value)),
    },
  },
});

const openPages = /^\/(sign-in|setup|password-reset|invitations|imprint|privacy)/;

/** A session that has ended leads to the sign-in page and back to where the person was. */
function signInAgain(error: unknown): void {
  const { pathname, search } = window.location;
  if (!isProblem(error, "not-signed-in") || openPages.test(pathname)) return;
  window.location.assign(`/sign-in?to=${encodeURIComponent(pathname + search)}`);
}
