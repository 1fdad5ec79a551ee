export { edgeKeyVerifiers, type KeyVerifier } from "./db/keys.ts";
