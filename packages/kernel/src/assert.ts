/** A broken invariant: a bug, never a refusal. It stops the request, not the process. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** States an invariant of docs/invariants.md; throws when it does not hold. */
export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new InvariantError(invariant);
}

/** The end of an exhaustive `switch`: the compiler proves that nothing reaches it. */
export function unreachable(value: never): never {
  throw new InvariantError(`unreachable: ${JSON.stringify(value)}`);
}

/** The value, where its absence would be a bug. */
export function present<T>(value: T | undefined | null, invariant: string): T {
  if (value === undefined || value === null) throw new InvariantError(invariant);
  return value;
}
