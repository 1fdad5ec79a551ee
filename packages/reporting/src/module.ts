import type { ContextModule } from "@biotop/platform/module";
import { reportingRoutes } from "./http/routes.ts";
import type { ReportingDeps } from "./usecases/deps.ts";

/** Reporting writes nothing: it joins what the contexts count. */
export function createReportingModule(deps: ReportingDeps): ContextModule {
  return { name: "reporting", routes: reportingRoutes(deps), subscriptions: [], due: [], jobs: [], invariants: [] };
}
