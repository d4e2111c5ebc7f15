// Local dates, weekdays and the start of the day, where they are not what UTC says.
import { describe, expect, test } from "vitest";
import {
  addDays,
  epochDay,
  localParts,
  startOfDate,
  startOfLocalDay,
} from "../../../worker/domain/calendar/local.ts";

const iso = (at: number) => new Date(at).toISOString();

describe("local parts", () => {
  test.each([
    ["2027-01-04T00:00:00Z", "UTC", "2027-01-04", "mon", "00:00"],
    ["2027-01-03T23:30:59Z", "Europe/Berlin", "2027-01-04", "mon", "00:30"],
    ["2027-01-04T04:59:00Z", "America/New_York", "2027-01-03", "sun", "23:59"],
    ["2027-01-03T18:20:00Z", "Asia/Kathmandu", "2027-01-04", "mon", "00:05"],
    ["2027-03-28T00:59:00Z", "Europe/Berlin", "2027-03-28", "sun", "01:59"],
    ["2027-03-28T01:00:00Z", "Europe/Berlin", "2027-03-28", "sun", "03:00"],
    ["2027-12-31T23:00:00Z", "Europe/Berlin", "2028-01-01", "sat", "00:00"],
    ["1969-12-31T23:59:00Z", "UTC", "1969-12-31", "wed", "23:59"],
  ])("%s in %s", (at, timezone, date, weekday, time) => {
    expect(localParts(Date.parse(at), timezone)).toEqual({ date, weekday, time });
  });
});

describe("start of the local day", () => {
  test.each([
    ["2027-03-28T12:00:00Z", "Europe/Berlin", "2027-03-27T23:00:00.000Z"],
    ["2027-03-28T22:00:00Z", "Europe/Berlin", "2027-03-28T22:00:00.000Z"],
    ["2027-04-30T12:00:00Z", "Africa/Cairo", "2027-04-29T22:00:00.000Z"],
    ["2011-12-30T12:00:00Z", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
  ])("%s in %s", (at, timezone, start) => {
    expect(iso(startOfLocalDay(Date.parse(at), timezone))).toBe(start);
  });

  test("of a date", () => {
    expect(iso(startOfDate("2027-07-01", "America/New_York"))).toBe("2027-07-01T04:00:00.000Z");
    expect(() => startOfDate("2027-02-29", "UTC")).toThrow(RangeError);
    expect(() => startOfDate("2027-02-28", "Europe/Atlantis")).toThrow(RangeError);
  });
});

test("days are added to dates, over month, leap day and year", () => {
  expect(addDays("2027-12-31", 1)).toBe("2028-01-01");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2027-03-01", -1)).toBe("2027-02-28");
});

test.each(["2027-13-01", "2027-00-10", "2027-1-1", "20270101", "2027-06-31", "", "+002027-01-01"])(
  "%j is no date",
  (text) => {
    expect(epochDay(text)).toBeNull();
  },
);
