export { type AttributionRecord, newestRecords as attributionOf, recordHistory as attributionHistory } from "./db/record-repository.ts";
export {
  type AttributionInput,
  type AttributionModel,
  type AttributionResult,
  type Candidate,
  type Explanation,
  type Reason,
  reasons,
  type Touch,
  type TouchWindow,
  type Winner,
} from "./domain/attribution-model.ts";
export { type CandidateView, explanationFor } from "./domain/explanation-view.ts";
export { attributionModel, attributionModels } from "./domain/registry.ts";
export { type NewAttribution, recordAttributions } from "./usecases/record-attributions.ts";
