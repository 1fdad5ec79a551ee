import { useSyncExternalStore } from "react";

type Waiting = { readonly resolve: (confirmed: boolean) => void };

const listeners = new Set<() => void>();
let waiting: readonly Waiting[] = [];

/** Opens the second-factor dialog; resolves `true` once the person has confirmed, `false` when they closed it. */
export function requestFreshFactor(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, { resolve }];
    tell();
  });
}

export function answerFreshFactor(confirmed: boolean): void {
  const answered = waiting;
  waiting = [];
  tell();
  for (const { resolve } of answered) resolve(confirmed);
}

export function useFreshFactorWanted(): boolean {
  return useSyncExternalStore(subscribe, () => waiting.length > 0);
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
