import { endpoints, roles } from "@biotop/wire";
import { describe, expect, test } from "vitest";
import { scopesOf } from "./roles.ts";

const scoped = endpoints.filter(({ access }) => access !== "public" && access !== "user");
const mayCall = (role: (typeof roles)[number], isOperator: boolean) =>
  scoped.filter(({ access }) => (scopesOf(role, isOperator) as readonly string[]).includes(access)).map(({ id }) => id);

describe("roles against every operation", () => {
  test("an owner of the operator may call each", () => {
    expect(mayCall("owner", true)).toEqual(scoped.map(({ id }) => id));
  });

  test("an owner elsewhere may call each but those that run the instance", () => {
    const running = scoped.filter(({ access }) => access === "instance:admin").map(({ id }) => id);
    expect(running).toContain("setSandboxClock");
    expect(mayCall("owner", false)).toEqual(scoped.map(({ id }) => id).filter((id) => !running.includes(id)));
  });

  test("what a role may call, an administrator may too", () => {
    for (const role of roles) expect(mayCall("admin", false)).toEqual(expect.arrayContaining(mayCall(role, false)));
  });

  test("a viewer reads, looks ahead, and founds an own organisation", () => {
    const writing = scoped.filter(({ id, method }) => method !== "GET" && mayCall("viewer", false).includes(id)).map(({ id }) => id);
    const changing = writing.filter((id) => !/^(preview|mark\w+Read)/.test(id));
    expect(changing).toEqual(["createOrganisation"]);
  });

  test("money leaves only by those who keep the books", () => {
    const paying = roles.filter((role) => mayCall(role, false).includes("approvePayoutRun"));
    expect(paying).toEqual(["owner", "admin", "finance"]);
  });

  test("contracts are signed by those who negotiate", () => {
    const signing = roles.filter((role) => scopesOf(role, false).includes("contracts:sign"));
    expect(signing).toEqual(["owner", "admin", "manager"]);
  });
});
