import type { Instant } from "@biotop/kernel";
import { realNow } from "../time/instance-clock.ts";
import type { OpenStore } from "./open-store.ts";

export type Verification = {
  readonly isSound: boolean;
  readonly at: Instant;
  readonly seconds: number;
  readonly invariants: readonly {
    readonly id: string;
    readonly statement: string;
    readonly isKept: boolean;
    /** At most 20 examples of what breaks it. */
    readonly violations: readonly string[];
  }[];
};

/** Runs every invariant of every context over the whole store. */
export async function verifyStore({ db, product }: OpenStore): Promise<Verification> {
  const started = performance.now();
  const invariants: Verification["invariants"][number][] = [];
  for (const { id, statement, violations } of product.invariants) {
    const found = await db.inTransaction("system", violations);
    invariants.push({ id, statement, isKept: found.length === 0, violations: found });
  }
  const seconds = Math.round(performance.now() - started) / 1000;
  return { isSound: invariants.every(({ isKept }) => isKept), at: realNow(), seconds, invariants };
}
