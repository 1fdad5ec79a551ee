export { testClock, testIds } from "./deterministic.ts";
export { openTestStore, type TestStore } from "./test-store.ts";
