import type { Instant, Language } from "@biotop/kernel";
import type { Tx } from "../db/index.ts";

/** Who runs this instance; exists from the set-up on. */
export type Instance = {
  readonly name: string;
  readonly language: Language;
  readonly imprint: string;
  readonly privacy: string;
  readonly setUpAt: Instant;
};

export async function readInstance(tx: Tx): Promise<Instance | undefined> {
  const { rows } = await tx.query<Instance>(
    'select name, language, imprint, privacy, set_up_at as "setUpAt" from platform.instance',
    [],
    "instance-read",
  );
  return rows[0];
}

/** The first answer wins: `false` when the instance is already set up. */
export async function createInstance(tx: Tx, instance: Instance): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into platform.instance (name, language, imprint, privacy, set_up_at) values ($1, $2, $3, $4, $5)
     on conflict (is_single) do nothing`,
    [instance.name, instance.language, instance.imprint, instance.privacy, instance.setUpAt],
  );
  return rowCount === 1;
}

/** `undefined` when the instance is not set up yet. */
export async function changeInstance(tx: Tx, change: Partial<Omit<Instance, "setUpAt">>): Promise<Instance | undefined> {
  const { rows } = await tx.query<Instance>(
    `update platform.instance set name = coalesce($1, name), language = coalesce($2, language),
       imprint = coalesce($3, imprint), privacy = coalesce($4, privacy)
     returning name, language, imprint, privacy, set_up_at as "setUpAt"`,
    [change.name ?? null, change.language ?? null, change.imprint ?? null, change.privacy ?? null],
  );
  return rows[0];
}
