import type { Endpoint } from "@biotop/wire";
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useActingOrganisation } from "./acting-organisation.ts";
import { type Answer, type CallInput, call } from "./call.ts";
import type { ApiProblem } from "./problem.ts";

export type ReadOptions = { readonly enabled?: boolean; readonly refetchMs?: number; readonly keepPrevious?: boolean };

/** Reads an operation of the API and keeps the answer for the organisation that is acted for. */
export function useApi<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E> = {},
  options: ReadOptions = {},
): UseQueryResult<Answer<E>, ApiProblem> {
  const organisation = useActingOrganisation();
  return useQuery<Answer<E>, ApiProblem>({
    queryKey: [endpoint.id, organisation, input],
    queryFn: () => call(endpoint, input),
    enabled: options.enabled ?? true,
    ...(options.refetchMs ? { refetchInterval: options.refetchMs } : {}),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A list of the API page by page; `rows` grows with each `fetchNextPage`. */
export function usePagedApi<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}, options: ReadOptions = {}) {
  const organisation = useActingOrganisation();
  return useInfiniteQuery({
    queryKey: [endpoint.id, organisation, input, "paged"],
    queryFn: ({ pageParam }) => call(endpoint, pageParam ? withCursor(input, pageParam) : input) as Promise<PageOf<E>>,
    initialPageParam: "",
    getNextPageParam: (last: PageOf<E>) => last.next ?? undefined,
    enabled: options.enabled ?? true,
    placeholderData: keepPreviousData,
  });
}

type PageOf<E extends Endpoint> = Answer<E> & { readonly next: string | null };

function withCursor<E extends Endpoint>(input: CallInput<E>, after: string): CallInput<E> {
  return { ...input, query: { ...(input.query as object), after } as never };
}

export type SendOptions<E extends Endpoint> = {
  readonly onDone?: (answer: Answer<E>, input: CallInput<E>) => void;
  /** For what ends the page it was called from, such as a one-time link. */
  readonly leavesPage?: boolean;
};

/** Changes something through the API; afterwards every list on the screen is read anew. */
export function useSend<E extends Endpoint>(
  endpoint: E,
  options: SendOptions<E> = {},
): UseMutationResult<Answer<E>, ApiProblem, CallInput<E>> {
  const client = useQueryClient();
  return useMutation<Answer<E>, ApiProblem, CallInput<E>>({
    mutationFn: (input) => call(endpoint, input),
    onSuccess: async (answer, input) => {
      options.onDone?.(answer, input);
      await client.invalidateQueries(options.leavesPage ? { refetchType: "none" } : {});
    },
  });
}
