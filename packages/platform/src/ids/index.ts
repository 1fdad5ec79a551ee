import { randomBytes } from "node:crypto";
import { type Id, type Ids, ulid } from "@biotop/kernel";

/** Ids of the running product: 48 bits of real time, 80 random bits. */
export function randomIds(): Ids {
  return { next: <Prefix extends string>(prefix: Prefix): Id<Prefix> => `${prefix}_${ulid(Date.now(), randomBytes(10))}` };
}
