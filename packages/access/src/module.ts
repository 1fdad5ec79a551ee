import type { Clock, Ids } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import type { ResolvePrincipal } from "@biotop/platform/http";
import type { ContextModule } from "@biotop/platform/module";
import { keyRoutes } from "./http/key-routes.ts";
import { memberRoutes } from "./http/member-routes.ts";
import { sessionRoutes } from "./http/session-routes.ts";
import { accessInvariants } from "./invariants.ts";
import { tidySessions } from "./jobs/tidy-sessions.ts";
import { createSignIn } from "./sign-in/sign-in.ts";
import type { AccessDeps } from "./usecases/deps.ts";
import { resolvePrincipal } from "./usecases/resolve-principal.ts";

export type AccessOptions = Pick<AccessDeps, "sendMail" | "hasMailServer" | "isOwnOffer" | "publicUrl"> & {
  readonly db: Database;
  readonly clock: Clock;
  readonly realClock: Clock;
  readonly ids: Ids;
  /** Connects as the owner: the sign-in library's tables are not the app role's. */
  readonly databaseUrl: string;
  /** Signs session cookies; from the secret file. */
  readonly secret: string;
};

export type AccessModule = ContextModule & {
  readonly resolvePrincipal: ResolvePrincipal;
  /** For those who play life without HTTP: the demo. */
  readonly deps: AccessDeps;
  readonly close: () => Promise<void>;
};

export function createAccessModule(options: AccessOptions): AccessModule {
  const { databaseUrl, secret, publicUrl, ids } = options;
  const signIn = createSignIn({ databaseUrl, secret, publicUrl, ids });
  const deps: AccessDeps = { ...options, signIn };
  return {
    name: "access",
    migrations: { context: "access", folder: new URL("./db/migrations/", import.meta.url) },
    routes: [...sessionRoutes(deps), ...memberRoutes(deps), ...keyRoutes(deps)],
    subscriptions: [],
    due: [],
    jobs: [tidySessions(options.db)],
    invariants: accessInvariants,
    resolvePrincipal: (headers, method) => resolvePrincipal(deps, headers, method),
    deps,
    close: signIn.close,
  };
}
