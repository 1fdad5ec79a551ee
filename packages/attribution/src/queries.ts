export { type AttributionRecord, newestRecords as attributionOf, recordHistory as attributionHistory } from "./db/record-repository.ts";
export { explanationFor } from "./domain/explanation-view.ts";
