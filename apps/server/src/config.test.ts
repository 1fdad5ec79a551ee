import { describe, expect, test } from "vitest";
import { readSettings } from "./config.ts";
import { parseStartOptions } from "./start-options.ts";

describe("readSettings", () => {
  test("needs nothing", () => {
    expect(readSettings({})).toMatchObject({ port: 3000, edgePort: 3001, publicUrl: "http://localhost:3000", databaseUrl: undefined });
  });

  test("names every problem at once", () => {
    const wrong = { PORT: "many", EDGE_WORKERS: "0", DATABASE_URL: "mysql://x", TRUSTED_PROXIES: "nonsense", LOG_LEVEL: "loud" };
    for (const name of Object.keys(wrong)) expect(() => readSettings(wrong)).toThrow(name);
  });

  test("a mail server needs a sender, and two ports need two numbers", () => {
    expect(() => readSettings({ SMTP_URL: "smtp://mail.example" })).toThrow("MAIL_FROM");
    expect(() => readSettings({ PORT: "4000", EDGE_PORT: "4000" })).toThrow("EDGE_PORT");
  });

  test("an empty setting is an absent one, and an address loses its last slash", () => {
    expect(readSettings({ DATABASE_URL: "", PUBLIC_URL: "https://partner.example/" })).toMatchObject({
      databaseUrl: undefined,
      publicUrl: "https://partner.example",
    });
  });
});

describe("parseStartOptions", () => {
  test("runs everything on the stored clock when nothing is said", () => {
    expect(parseStartOptions([])).toEqual({ roles: new Set(["api", "worker", "edge"]), clock: { mode: "stored" }, isDemo: false });
  });

  test("takes a manual clock with its first time", () => {
    expect(parseStartOptions(["--clock", "manual", "--at", "2010-12-01T00:00:00Z"])).toMatchObject({
      clock: { mode: "manual", at: "2010-12-01T00:00:00.000Z" },
    });
  });

  test("names every wrong option", () => {
    for (const part of ["--at yesterday", "--clock fast", "--roles cook"])
      expect(() => parseStartOptions(["--at", "yesterday", "--clock", "fast", "--roles", "cook"])).toThrow(part);
    expect(() => parseStartOptions(["--demo", "--clock", "manual"])).toThrow("--demo");
    expect(() => parseStartOptions(["--colour"])).toThrow("--colour");
  });
});
