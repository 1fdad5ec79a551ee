import type { ContextModule } from "@biotop/platform/module";
import { contractsRoutes } from "./http/routes.ts";
import { contractsInvariants } from "./invariants.ts";
import { proposalExpiry } from "./jobs/expire-proposals.ts";
import { showOfferToInvited } from "./jobs/show-offer-to-invited.ts";
import type { ContractsDeps } from "./usecases/deps.ts";

export type { ContractsDeps } from "./usecases/deps.ts";

export function createContractsModule(deps: ContractsDeps): ContextModule {
  return {
    name: "contracts",
    migrations: { context: "contracts", folder: new URL("./db/migrations/", import.meta.url) },
    routes: contractsRoutes(deps),
    subscriptions: [showOfferToInvited],
    due: [proposalExpiry(deps)],
    jobs: [],
    invariants: contractsInvariants,
  };
}
