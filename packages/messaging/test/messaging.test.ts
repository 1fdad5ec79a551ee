import { createServer, type Server } from "node:net";
import { instant, type OrgId } from "@biotop/kernel";
import { createHttpServer, type Principal } from "@biotop/platform/http";
import { startJobWorker } from "@biotop/platform/jobs";
import { createLog } from "@biotop/platform/log";
import { createDispatcher, publish, type Subscription } from "@biotop/platform/outbox";
import { openTestStore, type TestStore, testClock, testIds } from "@biotop/testing";
import type { Scope } from "@biotop/wire";
import { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findMails } from "../src/db/mail-repository.ts";
import { findNotifications, markRead } from "../src/db/notification-repository.ts";
import { notificationText } from "../src/domain/notification-kinds.ts";
import { createMessagingModule, type MessagingDeps, smtpTransport } from "../src/module.ts";

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

function messaging(more: Partial<MessagingDeps> = {}) {
  return createMessagingModule({
    db: store.db,
    clock: testClock(),
    ids: testIds(),
    realNow: () => instant("2026-11-23T12:00:00Z"),
    publicUrl: "https://biotop.example",
    programmeName: async () => "Tassen",
    recipients: async () => [{ to: "finance@partner.example", language: "de" }],
    ...more,
  });
}

const invitation = {
  org: "org_m",
  to: "new@partner.example",
  language: "de",
  template: "invitation",
  subject: "Einladung",
  text: "Hier ist Ihr Link",
  link: "https://biotop.example/invitations/token",
} as const;

describe("a mail", () => {
  test("is kept with its link when there is no mail server, and seen by who caused it only", async () => {
    const { mails } = messaging();
    await store.db.inTransaction({ org: "org_m" }, (tx) => mails.sendWritten(tx, invitation));
    const seenBy = (org: `org_${string}`) => store.db.inTransaction({ org }, (tx) => findMails(tx, { limit: 10 }));
    expect(await seenBy("org_m")).toMatchObject([
      { state: "kept", to: "new@partner.example", link: "https://biotop.example/invitations/token" },
    ]);
    expect(await seenBy("org_x")).toEqual([]);
  });

  test("leaves through the mail server after its transaction has committed, once", async () => {
    const server = await startMailServer();
    const module = messaging({
      transport: smtpTransport({ smtpUrl: `smtp://127.0.0.1:${server.port}`, from: "Biotop <b@biotop.example>" }),
    });
    const failed = store.db.inTransaction({ org: "org_m" }, async (tx) => {
      await module.mails.sendWritten(tx, { ...invitation, to: "never@partner.example" });
      throw new Error("refused");
    });
    await expect(failed).rejects.toThrow("refused");
    await store.db.inTransaction({ org: "org_m" }, (tx) => module.mails.sendWritten(tx, invitation));
    const owner = new Pool({ connectionString: store.url });
    const worker = await startJobWorker(owner, module.jobs);
    try {
      const states = () => store.db.inTransaction("system", async (tx) => (await findMails(tx, { limit: 10 })).map((mail) => mail.state));
      await expect.poll(states, { timeout: 10_000 }).toEqual(["sent"]);
      const { rows: left } = await store.db.inTransaction("system", (tx) =>
        tx.query<{ body: string; link: string | null }>("select body, link from messaging.mail"),
      );
      expect(left.every(({ body, link }) => link === null && !body.includes("http"))).toBe(true);
      expect(server.received.join("\n")).toContain("RCPT TO:<new@partner.example>");
      expect(server.received.join("\n")).not.toContain("never@");
    } finally {
      await worker.stop();
      await owner.end();
      server.close();
    }
  });
});

test("news of a document reaches its supplier once, in both languages, and by mail", async () => {
  const module = messaging();
  const event = {
    type: "document.issued",
    documentId: "doc_1",
    number: "GS-1",
    issuer: "org_m",
    supplier: "org_p",
    currency: "EUR",
    grossMinor: "123456",
    issuedAt: instant("2026-01-15T10:00:00Z"),
  };
  await store.db.inTransaction("system", (tx) => publish(tx, event));
  const dispatcher = dispatcherOf(module.subscriptions);
  await dispatcher.drain();
  await dispatcher.drain();
  const find = () => store.db.inTransaction({ org: "org_p" }, (tx) => findNotifications(tx, { org: "org_p", isUnread: true, limit: 10 }));
  const news = await find();
  expect(news.map(({ kind, facts }) => notificationText(kind, facts))).toEqual([
    {
      de: "org_m hat die Gutschrift GS-1 über 1.234,56\u00a0€ ausgestellt.",
      en: "org_m has issued the self-billing invoice GS-1 for €1,234.56.",
    },
  ]);
  const mails = await store.db.inTransaction("system", (tx) => findMails(tx, { limit: 10 }));
  expect(mails).toMatchObject([{ org: "org_m", to: "finance@partner.example", subject: "Gutschrift GS-1 von org_m" }]);

  expect(await store.db.inTransaction({ org: "org_p" }, (tx) => markRead(tx, "org_p", undefined))).toBe(1);
  expect(await find()).toEqual([]);
});

test("a thousand declined sales are one piece of news until it is read", async () => {
  const module = messaging();
  const decline = {
    type: "conversion.changed",
    conversionId: "cnv_1",
    programmeId: "prg_1",
    merchant: "org_m",
    partner: "org_p",
    op: "decline",
    validation: "declined",
  };
  const dispatcher = dispatcherOf(module.subscriptions);
  const texts = () =>
    store.db.inTransaction({ org: "org_p" }, async (tx) =>
      (await findNotifications(tx, { org: "org_p", isUnread: true, limit: 10 })).map(({ kind, facts }) => notificationText(kind, facts).en),
    );
  await store.db.inTransaction("system", (tx) => publish(tx, decline));
  await dispatcher.drain();
  expect(await texts()).toEqual(["“Tassen” has declined one transaction."]);
  await store.db.inTransaction("system", (tx) => publish(tx, ...Array.from({ length: 999 }, () => decline)));
  await dispatcher.drain();
  expect(await texts()).toEqual(["“Tassen” has declined 1000 transactions."]);
});

function dispatcherOf(subscriptions: readonly Subscription[]) {
  return createDispatcher(store.db, subscriptions, (name, error) => {
    throw new Error(name, { cause: error });
  });
}

type MailServer = { readonly port: number; readonly received: string[]; readonly close: () => void };

/** The few lines of SMTP that a client needs to hear. */
async function startMailServer(): Promise<MailServer> {
  const received: string[] = [];
  const server: Server = createServer((socket) => {
    let isData = false;
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      for (const line of chunk.toString().split("\r\n").slice(0, -1)) {
        received.push(line);
        if (isData && line !== ".") continue;
        if (line === ".") isData = false;
        if (line === "DATA") isData = true;
        socket.write(line === "DATA" ? "354 go on\r\n" : line.startsWith("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
      }
    });
    socket.on("error", () => undefined);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, received, close: () => server.close() };
}

test("over HTTP an organisation reads its mails and news, and the operator all mails", async () => {
  const module = messaging();
  await store.db.inTransaction({ org: "org_m" }, (tx) => module.mails.sendWritten(tx, invitation));
  const log = createLog({ level: "silent", name: "test" });
  const app = await createHttpServer(
    { log, db: store.db, resolvePrincipal: async (headers) => principalOf(headers), trustedProxies: [] },
    module.routes,
  );
  const get = async (url: string, org: string, scopes: string) => (await app.inject({ url, headers: { org, scopes } })).json();
  try {
    expect(await get("/v1/mails", "org_m", "members:write")).toMatchObject({
      rows: [{ state: "kept", link: invitation.link }],
      next: null,
    });
    expect(await get("/v1/mails", "org_p", "members:write")).toMatchObject({ rows: [] });
    expect(await get("/v1/mails", "org_p", "members:write instance:admin")).toMatchObject({ rows: [{ to: invitation.to }] });
    expect(await get("/v1/notifications?unread=true", "org_p", "organisations:read")).toEqual({ rows: [], next: null, unread: 0 });
    const marked = await app.inject({
      method: "POST",
      url: "/v1/notifications/read",
      headers: { org: "org_p", scopes: "organisations:read" },
      payload: {},
    });
    expect(marked.json()).toEqual({ marked: 0 });
  } finally {
    await app.close();
  }
});

function principalOf({ org = "", scopes = "" }: Readonly<Record<string, string | undefined>>): Principal {
  return { kind: "user", user: "usr_1", org: org as OrgId, scopes: new Set(scopes.split(" ") as Scope[]), isFresh: false };
}
