import { type OpenStore, openStore } from "@biotop/server/admin";

/** Opens the store for one command and closes it whatever happens. */
export async function withStore<T>(work: (store: OpenStore) => Promise<T>): Promise<T> {
  const store = await openStore();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
