export { readEnvironment, readSettings } from "../config.ts";
export { type OpenStore, openStore } from "./open-store.ts";
export { type Verification, verifyStore } from "./verify-store.ts";
