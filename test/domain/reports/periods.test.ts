/** Periods, links to what a figure counts, and CSV. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOfDay, epochDay } from "../../../worker/domain/calendar/local.ts";
import { parseCounted, toCounted } from "../../../worker/domain/reports/counted.ts";
import { prefersCsv } from "../../../worker/domain/reports/accept.ts";
import { toCsv } from "../../../worker/domain/reports/csv.ts";
import { tableToCsv } from "../../../worker/domain/reports/table-csv.ts";
import { dayOfMonth, mondayOf, periodOf, spansOf } from "../../../worker/domain/reports/period.ts";
import { COUNTED } from "../../../schema/wire/reports.ts";

describe("periods", () => {
  const day = (date: string): number => epochDay(date) as number;

  test("days and whole months cover each day once", () => {
    const days = fc.integer({ min: day("2024-01-01"), max: day("2027-12-31") });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1099 }), (from, length) => {
        const seen: number[] = [];
        for (const span of spansOf({ from, to: from + length }))
          for (
            let at = span.grain === 0 ? span.from : dayOfMonth(span.from);
            at <= (span.grain === 0 ? span.to : dayOfMonth(span.to + 1) - 1);
            at++
          )
            seen.push(at);
        expect(seen).toEqual(Array.from({ length: length + 1 }, (_, n) => from + n));
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  test("a year is read from its months", () => {
    const whole = spansOf({ from: day("2026-01-01"), to: day("2026-12-31") });
    expect(whole).toEqual([{ grain: 1, from: 2026 * 12, to: 2026 * 12 + 11 }]);
    expect(spansOf({ from: day("2026-01-02"), to: day("2026-03-01") }).map(({ grain }) => grain)).toEqual([
      0, 1, 0,
    ]);
  });

  test("what is asked for, or the last 30 days", () => {
    expect(periodOf({}, "2026-11-22")).toEqual({ from: day("2026-10-24"), to: day("2026-11-22") });
    expect(periodOf({ from: "2026-13-01" }, "2026-11-22")).toMatchObject({ field: "from" });
    expect(periodOf({ to: "2026-11-31" }, "2026-11-22")).toMatchObject({ field: "to" });
    expect(dateOfDay(mondayOf(day("2026-11-22")))).toBe("2026-11-16");
    expect(dateOfDay(mondayOf(day("2026-11-23")))).toBe("2026-11-23");
  });
});

test("a link names what a figure counts", () => {
  expect(
    parseCounted("missed~2026-11-01~2026-11-30~person=ben~source=a%7Eb%3D1", "America/New_York"),
  ).toEqual({
    of: { kind: "leads", measure: "missed" },
    from: epochDay("2026-11-01"),
    to: epochDay("2026-11-30"),
    since: Date.parse("2026-11-01T04:00:00Z"),
    until: Date.parse("2026-12-01T05:00:00Z"),
    where: [
      ["person", "ben"],
      ["source", "a~b=1"],
    ],
  });
  const at = epochDay("2026-11-02") ?? 0;
  for (const source of ["spring~fair", "ж".repeat(64), "100 % = a"]) {
    const where: [string, string][] = [
      ["person", "ben"],
      ["source", source],
    ];
    const text = `missed${toCounted({ from: at, to: at + 6 }, where)}`;
    expect(text).toMatch(COUNTED);
    expect(parseCounted(text, "UTC")).toMatchObject({ from: at, to: at + 6, where });
  }
  expect(parseCounted("incident.closed~2026-11-01~2026-11-30", "UTC").of).toEqual({
    kind: "incidents",
    incident: "closed",
  });
  expect(parseCounted("net.caught~2026-11-01~2026-11-30~net=idle", "UTC").of).toEqual({
    kind: "nets",
    count: "caught",
  });
  expect(parseCounted("waiting~2026-11-01~2026-11-30~person=", "UTC")).toMatchObject({
    of: { kind: "waiting" },
    where: [["person", ""]],
  });
  expect(parseCounted("leads; DROP~x~y", "UTC").of).toEqual({ kind: "leads", measure: "leads" });
});

test.each([
  ["text/csv", true],
  ["text/csv, application/json", true],
  ["application/json, text/csv", false],
  ["text/csv;q=0.1, application/json", false],
  ["application/json;q=0.1, text/csv", true],
  ["TEXT/CSV; header=present, */*", true],
  ["text/csv;q=0", false],
  ["*/*", false],
  ["", false],
])("Accept %j would rather have CSV: %s", (accept, expected) => {
  expect(prefersCsv(accept)).toBe(expected);
});

test.each(["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"])(
  "%j is no formula to any spreadsheet",
  (text) => expect(toCsv([[text]])).toMatch(/^"?'/),
);

test("CSV is quoted, and no formula", () => {
  const columns = [{ key: "a", label: "A", kind: "text" as const, measure: null }];
  const rows = [
    { key: "k", label: 'Ben "B", Ltd', values: { a: "=1+1" }, counted: null },
    { key: "l", label: "x", values: { a: null }, counted: null },
  ];
  expect(tableToCsv({ columns, rows })).toBe(`key,label,a\r\nk,"Ben ""B"", Ltd",'=1+1\r\nl,x,\r\n`);
});
