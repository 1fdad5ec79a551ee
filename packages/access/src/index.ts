export { actorOf } from "@biotop/platform/http";
export { type AuditRow, audit } from "./db/audit.ts";
export { edgeKeyVerifiers, type KeyVerifier } from "./db/keys.ts";
export { signingAuthoritiesOf, signingAuthorityOf } from "./db/signing-authorities.ts";
export type { SigningAuthority } from "./domain/signing-authority.ts";
export { hasScope, isFreshPerson } from "./policy.ts";
