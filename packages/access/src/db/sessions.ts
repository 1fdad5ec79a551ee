import type { Instant, Language, UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type Session = {
  readonly user: UserId;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly hasSecondFactor: boolean;
  /** `null` when the second factor was not given within the last five minutes. */
  readonly freshUntil: Instant | null;
};

/** The session that a token opens; real time. */
export async function findSession(tx: Tx, token: string): Promise<Session | undefined> {
  const { rows } = await tx.query<Session>(
    `select person.id as user, person.name, person.email, person.language, person.two_factor_enabled as "hasSecondFactor",
       case when session.fresh_until > clock_timestamp() then session.fresh_until end as "freshUntil"
     from access.session join access.person on person.id = session.user_id
     where session.token = $1 and session.expires_at > clock_timestamp()`,
    [token],
    "access-session",
  );
  return rows[0];
}

/** The second factor was given just now. */
export async function freshenSession(tx: Tx, token: string): Promise<void> {
  await tx.query("update access.session set fresh_until = clock_timestamp() + interval '5 minutes' where token = $1", [token]);
}

/** Sessions that are over. */
export async function removeExpiredSessions(tx: Tx): Promise<void> {
  await tx.query("delete from access.session where expires_at < clock_timestamp() - interval '1 day'");
}
