import { useSyncExternalStore } from "react";

const stored = "biotop-organisation";
const listeners = new Set<() => void>();
let current = localStorage.getItem(stored);

/** The organisation that the person acts for; every call names it. */
export function actingOrganisation(): string | null {
  return current;
}

export function actFor(organisation: string | null): void {
  if (organisation === current) return;
  current = organisation;
  if (organisation) localStorage.setItem(stored, organisation);
  else localStorage.removeItem(stored);
  for (const listener of listeners) listener();
}

export function useActingOrganisation(): string | null {
  return useSyncExternalStore(subscribe, actingOrganisation);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
