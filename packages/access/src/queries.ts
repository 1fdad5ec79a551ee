export { auditLogOf } from "./db/audit-log.ts";
export { invitationsOf } from "./db/invitations.ts";
export { edgeKeyVerifiers, type KeyVerifier, keysOf } from "./db/keys.ts";
export { peopleById } from "./db/people.ts";
export { authoritiesOfOrg } from "./db/signing-authorities.ts";
