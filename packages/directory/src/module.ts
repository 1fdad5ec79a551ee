import type { ContextModule } from "@biotop/platform/module";
import { directoryRoutes } from "./http/routes.ts";
import { directoryInvariants } from "./invariants.ts";
import type { DirectoryDeps } from "./usecases/deps.ts";

export function createDirectoryModule(deps: DirectoryDeps): ContextModule {
  return {
    name: "directory",
    migrations: { context: "directory", folder: new URL("./db/migrations/", import.meta.url) },
    routes: directoryRoutes(deps),
    subscriptions: [],
    due: [],
    jobs: [],
    invariants: directoryInvariants,
  };
}
