export { clicksByIds, clicksOfVisitor, clicksOfVisitors, type JourneyAsked } from "./db/click-queries.ts";
export { storeClicks, storeCounts } from "./db/store-clicks.ts";
export type { Click } from "./domain/click.ts";
