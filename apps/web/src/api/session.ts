import { getSession, type Scope } from "@biotop/wire";
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { actFor, useActingOrganisation } from "./acting-organisation.ts";
import { type Answer, call } from "./call.ts";
import { queryClient } from "./query-client.ts";

export type Session = Answer<typeof getSession>;
export type Membership = Session["organisations"][number];

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async () => {
    const session = await call(getSession);
    const [first] = session.organisations;
    const known = session.organisations.some((each) => each.id === localStorage.getItem("biotop-organisation"));
    if (!known) actFor(first?.id ?? null);
    return session;
  },
  staleTime: 60_000,
});

/** Puts a session that an answer carried in place, so that no page asks again. */
export function rememberSession(session: Session): void {
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** The person's membership in the organisation that is acted for. */
export function useMembership(): Membership | undefined {
  const session = useSession();
  const acting = useActingOrganisation();
  return session.organisations.find((each) => each.id === acting) ?? session.organisations[0];
}

/** Whether the session carries a scope; what an object allows is asked from the object's `can`. */
export function useMay(): (scope: Scope) => boolean {
  const membership = useMembership();
  return (scope) => membership?.scopes.includes(scope) ?? false;
}
