/**
 * Idempotency keys of acknowledged requests, to refuse the same key with another body. A worker remembers its last 10,000 keys and
 * forgets them with its process: a repeat that is not recognised is harmless, because receipts follow from the content.
 */
export type KnownRequests = {
  /** `false` when the key came with another body before. */
  readonly isFree: (owner: string, key: string, bodyHash: string) => boolean;
  readonly remember: (owner: string, key: string, bodyHash: string) => void;
};

export const idempotencyKeysMax = 10_000;

export function createKnownRequests(entriesMax = idempotencyKeysMax): KnownRequests {
  const known = new Map<string, string>();
  return {
    isFree(owner, key, bodyHash) {
      const before = known.get(`${owner}\n${key}`);
      return before === undefined || before === bodyHash;
    },
    remember(owner, key, bodyHash) {
      const name = `${owner}\n${key}`;
      known.delete(name);
      known.set(name, bodyHash);
      if (known.size <= entriesMax) return;
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    },
  };
}
