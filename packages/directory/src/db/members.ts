import { assert, type OrgId, type UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Capability, Role } from "@biotop/wire";
import type { Member } from "../domain/organisation.ts";
import type { DirectoryTables } from "./tables.ts";

export type Membership = {
  readonly org: OrgId;
  readonly name: string;
  readonly role: Role;
  readonly capabilities: readonly Capability[];
  readonly isOperator: boolean;
};

/** Every organisation that a person belongs to, by name; runs in system scope. */
export async function membershipsOf(tx: Tx, user: UserId): Promise<readonly Membership[]> {
  const { rows } = await tx.query<Membership>(
    `select member.org_id as org, organisation.name, member.role, organisation.capabilities, organisation.is_operator as "isOperator"
     from directory.member join directory.organisation on organisation.id = member.org_id
     where member.user_id = $1 order by organisation.name, organisation.id`,
    [user],
    "directory-memberships",
  );
  return rows;
}

export async function memberRole(tx: Tx, org: OrgId, user: UserId): Promise<Role | undefined> {
  const { rows } = await tx.query<{ role: Role }>(
    "select role from directory.member where org_id = $1 and user_id = $2",
    [org, user],
    "directory-member-role",
  );
  return rows[0]?.role;
}

export async function membersOf(tx: Tx, org: OrgId): Promise<readonly Member[]> {
  const rows = await tx
    .tables<DirectoryTables>()
    .selectFrom("directory.member")
    .select(["org_id as org", "user_id as user", "role", "since"])
    .where("org_id", "=", org)
    .orderBy("since")
    .orderBy("user_id")
    .execute();
  return rows;
}

export async function addMember(tx: Tx, member: Member): Promise<void> {
  await tx
    .tables<DirectoryTables>()
    .insertInto("directory.member")
    .values({ org_id: member.org, user_id: member.user, role: member.role, since: member.since })
    .execute();
  await countMembers(tx, member.org);
}

/** `last-owner`: refused, nothing is changed. Owners are locked first, so that two of them cannot leave at once. */
export async function changeRole(tx: Tx, org: OrgId, user: UserId, role: Role): Promise<"changed" | "last-owner"> {
  if (role !== "owner" && (await isLastOwner(tx, org, user))) return "last-owner";
  await tx.query("update directory.member set role = $3 where org_id = $1 and user_id = $2", [org, user, role]);
  return "changed";
}

export async function removeMember(tx: Tx, org: OrgId, user: UserId): Promise<"removed" | "last-owner"> {
  if (await isLastOwner(tx, org, user)) return "last-owner";
  await tx.query("delete from directory.member where org_id = $1 and user_id = $2", [org, user]);
  await countMembers(tx, org);
  return "removed";
}

async function isLastOwner(tx: Tx, org: OrgId, user: UserId): Promise<boolean> {
  const { rows } = await tx.query<{ user_id: UserId }>(
    "select user_id from directory.member where org_id = $1 and role = 'owner' order by user_id for update",
    [org],
  );
  return rows.length === 1 && rows[0]?.user_id === user;
}

async function countMembers(tx: Tx, org: OrgId): Promise<void> {
  const { rowCount } = await tx.query(
    `update directory.organisation set member_count = (select count(*) from directory.member where org_id = $1) where id = $1`,
    [org],
  );
  assert(rowCount === 1, "a member belongs to an organisation");
}

/** For access's invariant; system scope. */
export async function organisationsWithoutOwner(tx: Tx): Promise<readonly OrgId[]> {
  const { rows } = await tx.query<{ id: OrgId }>(
    `select id from directory.organisation
     where not exists (select from directory.member where org_id = organisation.id and role = 'owner') order by id`,
  );
  return rows.map(({ id }) => id);
}
