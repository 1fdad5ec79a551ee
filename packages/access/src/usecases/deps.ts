import type { Clock, Ids, Language, OfferId, OrgId } from "@biotop/kernel";
import type { Database, Tx } from "@biotop/platform/db";
import type { SignIn } from "../sign-in/sign-in.ts";

/** A mail that somebody should get; messaging sends it, or keeps it with its link to copy where there is no mail server. */
export type Mail = {
  /** Who caused it. */
  readonly org: OrgId;
  readonly to: string;
  readonly language: Language;
  /** `invitation`: for sorting and search. */
  readonly template: string;
  readonly subject: string;
  readonly text: string;
  readonly link: string | null;
};

export type SendMail = (tx: Tx, mail: Mail) => Promise<void>;

export type AccessDeps = {
  readonly db: Database;
  /** Business time. */
  readonly clock: Clock;
  /** Real time: invitations and keys expire by it, also on a test instance. */
  readonly realClock: Clock;
  readonly ids: Ids;
  readonly signIn: SignIn;
  readonly publicUrl: string;
  /** messaging's port. */
  readonly sendMail: SendMail;
  readonly hasMailServer: boolean;
  /** contracts' port: whether an offer belongs to the organisation and is open. */
  readonly isOwnOffer: (tx: Tx, given: { readonly org: OrgId; readonly offer: OfferId }) => Promise<boolean>;
};

/** What set-up and keys need where nobody signs in: the command line. */
export type CoreDeps = Pick<AccessDeps, "db" | "clock" | "realClock" | "ids">;
