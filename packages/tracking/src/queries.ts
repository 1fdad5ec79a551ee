export { type ClickCounts, type ClickCountsAsked, type ClickDimension, clickCounts, clickDimensions } from "./db/click-counts.ts";
export { clicksByIds } from "./db/click-queries.ts";
