import type { Tx } from "@biotop/platform/db";
import { createDispatcher, type DomainEvent, publish, type Subscription, subscribe } from "@biotop/platform/outbox";
import { openTestStore, type TestStore } from "@biotop/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

type Noted = { readonly type: "test.noted"; readonly text: string };

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(() => inStore((tx) => tx.query("delete from platform.outbox")));
afterAll(() => store?.close());

test("news is told in the order it was published, once, and news of a rolled back transaction never", async () => {
  const heard: string[] = [];
  const dispatcher = dispatcherOf(noting(heard));
  await inStore((tx) => publish<Noted>(tx, noted("first"), noted("second")));
  await expect(
    store.db.inTransaction("system", async (tx) => {
      await publish<Noted>(tx, noted("never"));
      throw new Error("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  expect(await dispatcher.drain()).toBe(2);
  expect(await dispatcher.drain()).toBe(0);
  expect(heard).toEqual(["first", "second"]);
});

test("two dispatchers side by side tell no news twice", async () => {
  const heard: string[] = [];
  const texts = Array.from({ length: 450 }, (_, index) => `note ${index}`);
  await inStore((tx) => publish<Noted>(tx, ...texts.map(noted)));
  await Promise.all([dispatcherOf(noting(heard)).drain(), dispatcherOf(noting(heard)).drain()]);
  await dispatcherOf(noting(heard)).drain();
  expect(heard.toSorted()).toEqual(texts.toSorted());
});

test("what a subscriber wrote before it failed is taken back, and the others are told", async () => {
  const failures: string[] = [];
  const heard: string[] = [];
  const failing = subscribe<Noted>({
    name: "test.failing",
    type: "test.noted",
    handle: async (tx, { text }) => {
      if (text !== "bad") return;
      await publish(tx, { type: "test.trace" });
      throw new Error("cannot");
    },
  });
  const dispatcher = dispatcherOf([failing, ...noting(heard)], failures);
  await inStore((tx) => publish<Noted>(tx, noted("bad"), noted("good")));
  await dispatcher.drain();
  expect(heard.at(-1)).toBe("good");
  expect(failures).toEqual(["test.noted"]);
  const { rows } = await inStore((tx) => tx.query<{ type: string; attempts: number }>("select type, attempts from platform.outbox"));
  expect(rows).toEqual([{ type: "test.noted", attempts: 1 }]);
});

test("news that fails twelve times is set aside and kept", async () => {
  const failing = subscribe<Noted>({ name: "test.failing", type: "test.noted", handle: () => Promise.reject(new Error("cannot")) });
  await inStore((tx) => publish<Noted>(tx, noted("bad")));
  for (let attempt = 1; attempt <= 12; attempt += 1) {
    await dispatcherOf([failing], []).drain();
    await inStore((tx) => tx.query("update platform.outbox set next_attempt_at = created_at"));
  }
  expect(await dispatcherOf([failing], []).pending()).toBe(0);
  const { rows } = await inStore((tx) => tx.query<{ last_error: string }>("select last_error from platform.outbox_dead"));
  expect(rows).toEqual([{ last_error: "cannot" }]);
});

function noted(text: string): Noted {
  return { type: "test.noted", text };
}

function noting(heard: string[]): readonly Subscription[] {
  return [
    subscribe<Noted>({
      name: "test.noting",
      type: "test.noted",
      handle: (_tx, { text }) => {
        heard.push(text);
        return Promise.resolve();
      },
    }),
  ];
}

function dispatcherOf(subscriptions: readonly Subscription<DomainEvent>[], failures: string[] = []) {
  return createDispatcher(store.db, subscriptions, (name) => failures.push(name));
}

function inStore<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return store.db.inTransaction("system", work);
}
