// `add` against cases worked out by hand.
import { describe, expect, test } from "vitest";
import { compileCalendar } from "../../../worker/domain/calendar/compile.ts";
import { add } from "../../../worker/domain/calendar/coverage.ts";
import { parseDuration } from "../../../worker/domain/duration.ts";
import { dueCases } from "../../cases/calendar-due.ts";
import { zoneCases } from "../../cases/calendar-zones.ts";
import { calendarOf } from "./support.ts";

describe("due", () => {
  test.each([...dueCases, ...zoneCases])("$name", ({ spec, start, add: text, due }) => {
    const duration = parseDuration(text);
    if (!duration.ok) throw new Error(duration.message);
    const at = add(calendarOf(spec), Date.parse(start), duration.ms);
    expect(at === null ? null : new Date(at).toISOString()).toBe(due);
  });

  test("is the same in whichever order a calendar is asked", () => {
    const { spec } = dueCases[0]!;
    const compiled = compileCalendar(spec);
    if (!compiled.ok) throw new Error("compiles");
    const starts = ["2031-05-01", "2027-01-04", "2029-11-11", "2027-01-04"].map((date) => Date.parse(date));
    const fresh = starts.map((start) => add(calendarOf(spec), start, 90_000_000));
    expect(starts.map((start) => add(compiled.calendar, start, 90_000_000))).toEqual(fresh);
  });
});
