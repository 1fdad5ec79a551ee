import { describe, expect, test } from "vitest";
import { csvText } from "./csv.ts";

describe("csvText", () => {
  test("cells are quoted where the separator, quotes or line breaks need it", () => {
    expect(csvText([["a,b", 'say "yes"', "plain", "two\nlines"]], ",")).toBe('\ufeff"a,b","say ""yes""",plain,"two\nlines"\r\n');
    expect(csvText([["a,b", "a;b"]], ";")).toBe('\ufeffa,b;"a;b"\r\n');
  });
  test("what a spreadsheet would run as a formula is disarmed, numbers are not", () => {
    expect(csvText([["=1+1", "+cmd", "-x", "@sum", "-12.30", "-1.234,50"]], ",")).toBe(
      "\ufeff'=1+1,'+cmd,'-x,'@sum,-12.30,\"-1.234,50\"\r\n",
    );
  });
});
