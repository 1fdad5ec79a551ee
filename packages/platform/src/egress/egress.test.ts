import { describe, expect, test } from "vitest";
import { createEgress } from "./egress.ts";
import { isGlobalAddress } from "./global-address.ts";

describe("isGlobalAddress", () => {
  test.each(["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])("%s is public", (address) => {
    expect(isGlobalAddress(address)).toBe(true);
  });

  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "localhost",
  ])("%s is not public", (address) => {
    expect(isGlobalAddress(address)).toBe(false);
  });
});

describe("createEgress", () => {
  const nowhere = createEgress(async () => [{ address: "127.0.0.1", family: 4 }]);

  test.each(["http://example.org/", "ftp://example.org/", "https://user:secret@example.org/", "nonsense"])("refuses %s", async (url) => {
    expect(await nowhere({ url })).toMatchObject({ ok: false, error: { kind: "url-not-allowed" } });
  });

  test.each(["https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://2130706433/"])(
    "refuses the address in %s",
    async (url) => {
      expect(await nowhere({ url })).toMatchObject({ ok: false, error: { kind: "address-not-global" } });
    },
  );

  test("refuses a name when any of its addresses is not public", async () => {
    const egress = createEgress(async () => [
      { address: "93.184.215.14", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ]);
    expect(await egress({ url: "https://example.org/" })).toEqual({
      ok: false,
      error: { kind: "address-not-global", host: "example.org" },
    });
  });

  test("says that a name does not exist", async () => {
    const egress = createEgress(async () => {
      throw new Error("ENOTFOUND");
    });
    expect(await egress({ url: "https://nowhere.example/" })).toEqual({
      ok: false,
      error: { kind: "host-not-found", host: "nowhere.example" },
    });
  });
});
