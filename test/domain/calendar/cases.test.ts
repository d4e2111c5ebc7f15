// The pure part of POST /v1/calendar.
import { expect, test } from "vitest";
import { answerCalendarCases } from "../../../worker/domain/calendar/cases.ts";
import { berlin } from "../../cases/calendar-parts.ts";

test("one result a case, in order", () => {
  const answer = answerCalendarCases({ ...berlin, holidays: ["2027-01-01"] }, [
    { start: "2026-12-31T16:55:00+01:00", add: "PT10M" },
    { from: "2026-12-31T15:30:00Z", to: "2027-01-04T08:00:01.500Z" },
    { from: "2027-01-04T09:00:00Z", to: "2027-01-04T08:00:00Z" },
    { at: "2027-01-04T08:00:00Z" },
    { at: "2027-01-04T16:00:00Z" },
  ]);
  expect(answer).toEqual({
    ok: true,
    results: [
      { due: "2027-01-04T08:05:00.000Z" },
      { seconds: 1801.5 },
      { seconds: 0 },
      { open: true },
      { open: false },
    ],
  });
});

test("a calendar that never opens has no due, and is closed", () => {
  const answer = answerCalendarCases({ timezone: "UTC", hours: {} }, [
    { start: "2027-01-01T00:00:00Z", add: "PT1S" },
    { at: "2027-01-01T00:00:00Z" },
  ]);
  expect(answer).toEqual({ ok: true, results: [{ due: null }, { open: false }] });
});

test("every problem at once, with pointers into the request", () => {
  const answer = answerCalendarCases({ timezone: "Mars", hours: {} }, [
    { at: "2027-01-01T00:00:00Z" },
    { start: "yesterday", add: "P1M" },
    { from: "2027-01-01T00:00:00", to: "2600-01-01T00:00:00Z" },
    { from: "2027-01-01T00:00:00Z", to: "2600-01-01T00:00:00Z" },
  ]);
  if (answer.ok) throw new Error("should have been refused");
  const paths = answer.problems.map(({ path }) => path);
  expect(paths).toEqual(["/timezone", "/cases/1/start", "/cases/1/add", "/cases/2/from", "/cases/3/to"]);
  expect(answer.problems[1]!.message).toContain("ISO 8601 with Z or an offset");
});
