import { setTimeout as delay } from "node:timers/promises";
import type { Result } from "@biotop/kernel";
import type { Problem } from "@biotop/wire";

/** The server refused something that the replay needs. */
export class ReplayError extends Error {
  override readonly name = "ReplayError";
}

const patienceMs = 180_000;

/** Repeats a request that is safe to repeat while nobody answers: a server that is restarted is no reason to give up. */
export async function patiently<T>(what: string, request: () => Promise<Result<T, Problem>>): Promise<T> {
  const started = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    const result = await request();
    if (result.ok) return result.value;
    const isPassing = ["unavailable", "internal-error", "changed-meanwhile", "clock-is-moving", "too-many-requests"].includes(
      result.error.kind,
    );
    if (!isPassing || performance.now() - started > patienceMs) throw new ReplayError(`${what}: ${describe(result.error)}`);
    await delay(Math.min(2_000, 100 * 1.5 ** attempt));
  }
}

export function describe(problem: Problem): string {
  const fields = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer || "/"} ${detail}`).join("; ");
  return [problem.kind, problem.detail, fields].filter(Boolean).join(" – ");
}

/** Works a list off with a bounded number of requests under way; answers in the order of the list. */
export async function inParallel<T, R>(items: readonly T[], atOnceMax: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnceMax, items.length) }, lane));
  return results;
}
