import { countAttempt, forgiveAttempts } from "../db/attempts.ts";
import { sha256 } from "../sign-in/secrets.ts";
import type { AccessDeps } from "./deps.ts";

/** Failed attempts within 15 minutes: of one account or person, and of one client address. */
const windowMinutes = 15;
const attemptsMax = { account: 10, address: 100 } as const;

export type Attempt = {
  readonly isTooMany: boolean;
  /** Takes the attempt back: only failures count. */
  readonly forgive: () => Promise<void>;
};

/** Counts an attempt against the account and the address before it is made. */
export async function beginAttempt(
  deps: AccessDeps,
  what: string,
  account: string,
  address: string,
  accountMax: number = attemptsMax.account,
): Promise<Attempt> {
  const buckets = { account: sha256(`${what} account ${account}`), address: sha256(`${what} address ${address}`) };
  const counts = await deps.db.inTransaction("system", async (tx) => ({
    account: await countAttempt(tx, buckets.account, windowMinutes),
    address: await countAttempt(tx, buckets.address, windowMinutes),
  }));
  return {
    isTooMany: counts.account > accountMax || counts.address > attemptsMax.address,
    forgive: () => deps.db.inTransaction("system", (tx) => forgiveAttempts(tx, Object.values(buckets))),
  };
}
