import type { Ids, Language, UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type Person = {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly hasSecondFactor: boolean;
};

const columns = `id, name, email, language, two_factor_enabled as "hasSecondFactor"`;

export async function personByEmail(tx: Tx, email: string): Promise<Person | undefined> {
  const { rows } = await tx.query<Person>(`select ${columns} from access.person where email = $1`, [email]);
  return rows[0];
}

export async function peopleById(tx: Tx, ids: readonly UserId[]): Promise<readonly Person[]> {
  const { rows } = await tx.query<Person>(`select ${columns} from access.person where id = any($1::text[])`, [ids]);
  return rows;
}

/** Adds a person with a password, in the caller's transaction. `undefined`: the address is taken. */
export async function insertPerson(
  tx: Tx,
  ids: Ids,
  given: { readonly name: string; readonly email: string; readonly language: Language; readonly passwordHash: string },
): Promise<Person | undefined> {
  const id = ids.next("usr");
  const { rows } = await tx.query<Person>(
    `insert into access.person (id, name, email, email_verified, language) values ($1, $2, $3, true, $4)
     on conflict (email) do nothing returning ${columns}`,
    [id, given.name, given.email, given.language],
  );
  if (!rows[0]) return undefined;
  await tx.query(
    `insert into access.credential (id, account_id, provider_id, user_id, password, created_at, updated_at)
     values ($1, $2, 'credential', $2, $3, clock_timestamp(), clock_timestamp())`,
    [ids.next("aut"), id, given.passwordHash],
  );
  return rows[0];
}

export async function setLanguage(tx: Tx, id: UserId, language: Language): Promise<void> {
  await tx.query("update access.person set language = $2 where id = $1", [id, language]);
}
