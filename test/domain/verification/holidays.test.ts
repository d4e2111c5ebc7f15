/** The table of holidays against dates worked out by hand, and against the library that it came from. */
import Holidays from "date-holidays";
import { describe, expect, test } from "vitest";
import { holidaysOf, LAST_YEAR, setsLike } from "../../../worker/domain/holidays/holidays.ts";
import { expandHolidays } from "../../../worker/domain/verification/calendars.ts";

const US_2027 =
  "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31".split(" ");
const BAVARIA_2027 = "01-01 01-06 03-26 03-29 05-01 05-06 05-17 05-27 10-03 11-01 12-25 12-26".split(" ");

describe("known by hand", () => {
  test.each([
    // 4 July 2027 is a Sunday, so Monday is off; New Year 2028 is a Saturday, so the Friday before is.
    ["US", US_2027],
    ["us", US_2027],
    ["DE-BY", BAVARIA_2027],
    ["GB-ENG", "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28".split(" ")],
  ])("%s in 2027", (set, days) => {
    expect(holidaysOf(set, 2027, 2027)).toEqual(days.map((day) => `2027-${day}`));
  });
});

test.each(["US", "DE", "DE-BY", "GB", "SG", "FR", "JP", "BR", "IN", "US-CA", "SA", "AU-NSW"])(
  "%s is what the library says",
  (set) => {
    const [country = "", region] = set.split("-");
    const library = region ? new Holidays(country, region) : new Holidays(country);
    const dates = new Set(holidaysOf(set, 2027, 2028));
    const expected = [2027, 2028]
      .flatMap((year) => library.getHolidays(year))
      .filter(
        ({ type, start, end }) => type === "public" && end.getTime() - start.getTime() >= 22 * 3_600_000,
      )
      .map(({ date }) => date.slice(0, 10));
    expect(expected.length).toBeGreaterThan(7);
    expect(expected.filter((date) => !dates.has(date))).toEqual([]);
  },
);

test("unknown sets are null, and near ones are named", () => {
  expect(holidaysOf("XX", 2027, 2027)).toBeNull();
  expect(setsLike("DE-BAY")[0]).toBe("DE-BY");
  expect(setsLike("USA")[0]).toBe("US");
  expect(setsLike("UK")[0]).toBe("GB");
});

test("years beyond the table have no dates", () => {
  expect(holidaysOf("US", LAST_YEAR + 1, LAST_YEAR + 9)).toEqual([]);
});

test("calendars get the dates of all their sets for six years, each once", () => {
  const calendar = (id: string, holidaySets: string[]) => ({
    id,
    timezone: "UTC",
    hours: {},
    holidays: [],
    holidaySets,
    overrides: {},
  });
  const now = Date.parse("2026-11-22T00:00:00Z");
  const { both = [], none } = expandHolidays([calendar("both", ["US", "DE"]), calendar("none", [])], now);
  expect(none).toBeUndefined();
  expect(new Set(both).size).toBe(both.length);
  expect(both).toEqual(both.toSorted());
  expect(both).toContain("2026-10-03");
  expect(both).toContain("2026-11-26");
  expect(both.at(-1)).toBe("2031-12-26");
});
