import { currency, instant, type OrgId, present } from "@biotop/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dueToIssue } from "../src/db/month-ends.ts";
import { issueStatement } from "../src/usecases/issue-statement.ts";
import { brokenInvariants, contract, documentsOf, type FinanceFloor, german, merchant, openFinanceFloor } from "./finance-floor.ts";

let floor: FinanceFloor;
beforeAll(async () => {
  floor = await openFinanceFloor();
});
afterAll(() => floor.close());

const payees = Array.from({ length: 50 }, (_, index): OrgId => `org_0payee${index}`);

describe("document numbers", () => {
  test("are unique and without a gap when 50 documents are issued at the same time, some of them failing", async () => {
    await floor.system(async (tx) => {
      for (const payee of payees) {
        await tx.query(
          `insert into directory.organisation (id, name, country, language, time_zone, created_at)
           select $1, $1, country, 'en', time_zone, created_at from directory.organisation where id = $2`,
          [payee, german],
        );
        await tx.query(
          `insert into directory.legal_entity (org_id, legal_name, street, postal_code, city, country, vat_status, tax_number, changed_at)
           select $1, $1, street, postal_code, city, country, vat_status, tax_number, changed_at from directory.legal_entity where org_id = $2`,
          [payee, german],
        );
        await contract(tx, payee, currency("EUR"), floor.clock.now());
      }
    });
    for (const [index, payee] of payees.entries()) await floor.line({ payee, minor: BigInt(100 + index), at: "2010-12-10T10:00:00Z" });
    const end = present(await floor.system((tx) => dueToIssue(tx, instant("2011-01-02T00:00:00Z"))), "the month end is planned");

    const issued = await Promise.allSettled(
      payees.map((payee, index) =>
        floor.system(async (tx) => {
          const contracts = [{ contract: `ctr_0payee${index}eur` as const, thresholdMinor: 0n }];
          const outcome = await issueStatement(floor.deps, tx, { end, payee, currency: currency("EUR"), contracts });
          if (index % 10 === 3) throw new Error("the connection breaks before the commit");
          return outcome;
        }),
      ),
    );
    expect(issued.filter((each) => each.status === "fulfilled" && each.value === "issued")).toHaveLength(45);
    expect((await documentsOf(floor)).map(({ number }) => number)).toEqual(
      Array.from({ length: 45 }, (_, index) => `GS-2011-${String(index + 1).padStart(6, "0")}`),
    );

    await floor.passTo("2011-01-02T00:00:00Z");
    expect(await documentsOf(floor)).toHaveLength(50);
    expect(await brokenInvariants(floor)).toEqual([]);
  });

  test("a posting's document cannot be changed or removed by the product", async () => {
    const change = (sql: string) => floor.system((tx) => tx.query(sql));
    await expect(change("update billing.document set net_minor = 1")).rejects.toThrow(/permission denied/);
    await expect(change("delete from billing.document_file")).rejects.toThrow(/permission denied/);
    const foreign = floor.store.db.inTransaction({ org: german }, (tx) =>
      tx.query("select id from billing.document where issuer_org = $1", [merchant]),
    );
    expect((await foreign).rows).toEqual([]);
  });
});
