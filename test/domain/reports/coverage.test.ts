/** The coverage map against the functions that route: at every quarter of an hour it says what they say. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConfigInput } from "../../../schema/config/document.ts";
import { isOpen } from "../../../worker/domain/calendar/coverage.ts";
import { teamCalendar } from "../../../worker/domain/config/compiled.ts";
import { coverageOf } from "../../../worker/domain/reports/coverage.ts";
import { NO_STATE, standingOf, type People } from "../../../worker/domain/routing/people.ts";
import { base, compile, NOON, OFFICE, person } from "../routing/support.ts";

const QUARTER = 15 * 60_000;
const ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"] as const;

const windows = fc.constantFrom<[string, string][]>(
  [],
  [["09:00", "17:00"]],
  [
    ["08:30", "12:00"],
    ["13:00", "16:45"],
  ],
  [["22:00", "06:00"]],
  [["00:00", "24:00"]],
);
const calendar = (id: string) =>
  fc.record({
    id: fc.constant(id),
    timezone: fc.constantFrom(...ZONES),
    hours: fc.record({ mon: windows, wed: windows, sat: windows, sun: windows }),
    holidays: fc.subarray(["2026-11-25", "2027-03-28"]),
  });
const state = fc.constantFrom(
  {},
  { away: true },
  { away: true, awayUntil: NOON + 30 * 3_600_000 },
  { suspendedAt: 1 },
);
const off = fc.constantFrom([], [{ startAt: NOON + 3_600_000, endAt: NOON + 50 * 3_600_000, reason: null }]);

const workspace = (calendars: ConfigInput["calendars"]) =>
  compile(
    base({
      people: [
        person("ana", { role: "manager" }),
        person("ben", { calendar: "a" }),
        person("cleo", { calendar: "b" }),
        person("dora", { role: "manager", calendar: "office" }),
      ],
      calendars: [OFFICE, ...(calendars ?? [])],
      teams: [
        {
          id: "t",
          name: "T",
          calendar: "a",
          members: [{ person: "ben" }, { person: "cleo" }, { person: "ana" }],
        },
      ],
      routing: { rules: [], default: ["dora"], defaultSla: "standard" },
    }),
  );

test("every cell agrees with routing, in any zone, in weeks where clocks change", () => {
  const property = fc.property(
    calendar("a"),
    calendar("b"),
    state,
    off,
    fc.constantFrom(...ZONES),
    fc.constantFrom("2026-11-23", "2027-03-22", "2027-10-25"),
    (a, b, away, spans, timezone, date) => {
      const compiled = workspace([a, b]);
      const people: People = {
        states: new Map([["ben", { ...NO_STATE, ...away }]]),
        timeOff: new Map([["cleo", spans]]),
      };
      // As of the week's own beginning: what is true of today isn't told of hours gone by.
      const found = coverageOf({
        compiled,
        people,
        date,
        timezone,
        now: Date.parse(`${date}T00:00:00Z`) - 86_400_000,
      });
      const team = compiled.teams.get("t")!;
      const opens = teamCalendar(compiled, team);
      let at = Date.parse(found.from);
      for (const [index, cell] of found.teams[0]!.cells.entries()) {
        const seen = { open: 0, uncovered: 0, people: new Set<string>() };
        for (let minute = 0; minute < cell.minutes; minute += 15, at += QUARTER) {
          const there = team.members
            .map((member) => member.person)
            .filter((id) => standingOf(compiled, people, id, "t", at).kind === "available");
          const open = isOpen(opens, at);
          if (open) seen.open += 15;
          if (open && there.length === 0) seen.uncovered += 15;
          there.forEach((id) => seen.people.add(id));
        }
        const { open, uncovered, people: said } = cell;
        expect([index, open, uncovered, said.toSorted()]).toEqual([
          index,
          seen.open,
          seen.uncovered,
          [...seen.people].toSorted(),
        ]);
      }
      expect(at).toBe(Date.parse(found.to));
    },
  );
  fc.assert(property, { seed: 20261122, numRuns: 60 });
});

test("a holiday on a day that is closed anyway is not told; a short day is, with its hours", () => {
  const compiled = workspace([
    {
      id: "a",
      timezone: "Europe/Berlin",
      hours: { mon: [["09:00", "17:00"]], fri: [["09:00", "17:00"]] },
      holidays: ["2026-12-25", "2026-12-26"],
      overrides: { "2026-12-24": [["09:00", "12:00"]] },
    },
    { id: "b", timezone: "UTC", hours: { mon: [["09:00", "17:00"]] } },
  ]);
  const people: People = { states: new Map(), timeOff: new Map() };
  const { holidays } = coverageOf({ compiled, people, date: "2026-11-23", timezone: "UTC", now: NOON });
  expect(holidays.map(({ date, hours, teams }) => [date, hours, teams])).toEqual([
    ["2026-12-24", [["09:00", "12:00"]], ["T"]],
    ["2026-12-25", [], ["T"]],
  ]);
});
