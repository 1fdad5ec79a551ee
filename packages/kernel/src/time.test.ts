import { describe, expect, test } from "vitest";
import { monthOf, nextMonth, parseMonth, periodOfMonth } from "./period.ts";
import {
  addCalendarDays,
  instant,
  instantOfWall,
  isTimeZone,
  type LocalDate,
  localDate,
  parseInstant,
  parseLocalDate,
  plusDays,
  startOfDay,
  type TimeZone,
} from "./time.ts";

const berlin = "Europe/Berlin" as TimeZone;
const london = "Europe/London" as TimeZone;

describe("instants", () => {
  test("are read with an offset and kept in UTC", () => {
    expect(parseInstant("2010-12-01T09:26:00+01:00")).toBe("2010-12-01T08:26:00.000Z");
    expect(parseInstant("2010-12-01T09:26:00")).toBeUndefined();
    expect(parseInstant("2010-13-01T09:26:00Z")).toBeUndefined();
  });

  test("a window's day has 86,400 seconds, also when the clocks change", () => {
    expect(plusDays(instant("2026-03-28T12:00:00Z"), 1)).toBe("2026-03-29T12:00:00.000Z");
  });
});

describe("calendar days follow the zone", () => {
  test("midnight in Berlin is the day before in London", () => {
    const at = instant("2010-12-31T23:30:00Z");
    expect(localDate(at, berlin)).toBe("2011-01-01");
    expect(localDate(at, london)).toBe("2010-12-31");
  });

  test("a day begins at midnight of its zone in summer and winter", () => {
    expect(startOfDay("2026-01-15" as LocalDate, berlin)).toBe("2026-01-14T23:00:00.000Z");
    expect(startOfDay("2026-07-15" as LocalDate, berlin)).toBe("2026-07-14T22:00:00.000Z");
  });

  test("the wall clock is read in its zone", () => {
    expect(instantOfWall("2026-07-15T08:26:00", london)).toBe("2026-07-15T07:26:00.000Z");
    expect(instantOfWall("2010-12-01T08:26:00", london)).toBe("2010-12-01T08:26:00.000Z");
  });

  test("days are added on the calendar, and impossible days are none", () => {
    expect(addCalendarDays("2026-02-28" as LocalDate, 1)).toBe("2026-03-01");
    expect(parseLocalDate("2026-02-29")).toBeUndefined();
    expect(parseLocalDate("2028-02-29")).toBe("2028-02-29");
  });

  test("zones are known by their IANA name", () => {
    expect(isTimeZone("Europe/Berlin")).toBe(true);
    expect(isTimeZone("Berlin")).toBe(false);
  });
});

describe("months", () => {
  test("run from midnight to midnight of the zone", () => {
    const month = parseMonth("2026-03");
    expect(month && periodOfMonth(month, berlin)).toEqual({ from: "2026-02-28T23:00:00.000Z", to: "2026-03-31T22:00:00.000Z" });
    expect(monthOf(instant("2010-12-31T23:30:00Z"), berlin)).toBe("2011-01");
  });

  test("December is followed by January", () => {
    const december = parseMonth("2026-12");
    expect(december && nextMonth(december)).toBe("2027-01");
    expect(parseMonth("2026-13")).toBeUndefined();
  });
});
