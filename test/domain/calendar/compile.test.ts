// What is refused in a calendar, and what is not.
import { describe, expect, test } from "vitest";
import { alwaysOpen, compileCalendar } from "../../../worker/domain/calendar/compile.ts";
import { hasOpening, isOpen, nextClose, nextOpening } from "../../../worker/domain/calendar/coverage.ts";
import { problemCases } from "../../cases/calendar-problems.ts";
import { calendarOf } from "./support.ts";

const at = (iso: string) => Date.parse(iso);
const opensOn = (date: string) =>
  calendarOf({ timezone: "UTC", hours: {}, overrides: { [date]: [["00:00", "01:00"]] } });

describe("problems", () => {
  test.each(problemCases)("$name", ({ spec, problems }) => {
    const compiled = compileCalendar(spec);
    if (compiled.ok) throw new Error("should have been refused");
    expect(compiled.problems.map(({ path }) => path)).toEqual(problems.map(({ path }) => path));
    compiled.problems.forEach(({ message }, index) => expect(message).toContain(problems[index]!.message));
  });

  test.each(["UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "europe/berlin"])(
    "%s is a zone",
    (timezone) => {
      expect(compileCalendar({ timezone, hours: {} }).ok).toBe(true);
    },
  );
});

describe("has an opening within 400 days", () => {
  const now = at("2027-01-01T00:00Z");

  test.each([
    ["on the 399th", "2028-02-04", true],
    ["on the 400th", "2028-02-05", false],
    ["only in the past", "2026-12-31", false],
  ])("%s", (_name, date, expected) => expect(hasOpening(opensOn(date), now)).toBe(expected));

  test("no hours at all", () =>
    expect(hasOpening(calendarOf({ timezone: "UTC", hours: {} }), now)).toBe(false));

  test("one day a week that is always a holiday", () => {
    const holidays = Array.from(
      { length: 60 },
      (_, week) => new Date(at("2027-01-04") + week * 7 * 86_400_000),
    );
    const hours = { mon: [["09:00", "17:00"]] } as const;
    const dates = holidays.map((date) => date.toISOString().slice(0, 10));
    expect(hasOpening(calendarOf({ timezone: "UTC", hours, holidays: dates }), now)).toBe(false);
    expect(hasOpening(calendarOf({ timezone: "UTC", hours, holidays: dates.slice(1) }), now)).toBe(true);
  });
});

describe("next opening and next close", () => {
  const nights = calendarOf({
    timezone: "UTC",
    hours: { mon: [["22:00", "24:00"]], tue: [["00:00", "06:00"]] },
  });

  test("half-open: open on the start, closed on the end", () => {
    expect(isOpen(nights, at("2027-01-04T21:59:59.999Z"))).toBe(false);
    expect(isOpen(nights, at("2027-01-04T22:00Z"))).toBe(true);
    expect(isOpen(nights, at("2027-01-05T05:59:59.999Z"))).toBe(true);
    expect(isOpen(nights, at("2027-01-05T06:00Z"))).toBe(false);
  });

  test("the close is the end of the whole stretch, over midnight", () => {
    expect(nextClose(nights, at("2027-01-04T23:00Z"))).toBe(at("2027-01-05T06:00Z"));
    expect(nextClose(nights, at("2027-01-05T06:00Z"))).toBeNull();
    expect(nextOpening(nights, at("2027-01-05T06:00Z"))).toBe(at("2027-01-11T22:00Z"));
  });

  test("around the clock there is no close, unless a holiday makes one", () => {
    const wholeDay = [["00:00", "24:00"]] as const;
    const hours = {
      mon: wholeDay,
      tue: wholeDay,
      wed: wholeDay,
      thu: wholeDay,
      fri: wholeDay,
      sat: wholeDay,
      sun: wholeDay,
    };
    const always = alwaysOpen("Europe/Berlin");
    expect(nextClose(always, at("2027-01-01T00:00Z"))).toBeNull();
    expect(isOpen(always, at("2027-03-28T01:30Z"))).toBe(true);
    const almost = calendarOf({ timezone: "Europe/Berlin", hours, holidays: ["2027-12-25"] });
    expect(nextClose(almost, at("2027-01-01T00:00Z"))).toBe(at("2027-12-24T23:00Z"));
  });

  test("an unknown zone for always open is the caller's mistake", () => {
    expect(() => alwaysOpen("Europe/Atlantis")).toThrow(RangeError);
  });
});
