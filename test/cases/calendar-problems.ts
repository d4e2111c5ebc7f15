// Calendars that can't be, and where the finger must point. `message` is a part of the text that names the fix.
import type { CalendarSpec, Problem, Windows } from "../../worker/domain/calendar/types.ts";

interface ProblemCase {
  name: string;
  spec: CalendarSpec;
  problems: Problem[];
}

const utc = { timezone: "UTC" };
const monday = (start: string, end: string): CalendarSpec => ({ ...utc, hours: { mon: [[start, end]] } });
const holiday = (date: string): CalendarSpec => ({ ...utc, hours: {}, holidays: ["2027-01-01", date] });
const HOURS = "write HH:MM from 00:00";
const ZONE = 'such as "Europe/Berlin"';
const DATE = "write YYYY-MM-DD";

export const problemCases: readonly ProblemCase[] = [
  {
    name: "unknown zone",
    spec: { timezone: "Europe/Atlantis", hours: {} },
    problems: [{ path: "/timezone", message: ZONE }],
  },
  {
    name: "bare offset",
    spec: { timezone: "+02:00", hours: {} },
    problems: [{ path: "/timezone", message: ZONE }],
  },
  {
    name: "a date with a zone, which Temporal would take",
    spec: { timezone: "2027-01-01T00:00[Europe/Berlin]", hours: {} },
    problems: [{ path: "/timezone", message: ZONE }],
  },
  { name: "empty zone", spec: { timezone: "", hours: {} }, problems: [{ path: "/timezone", message: ZONE }] },
  {
    name: "24:00 as a start",
    spec: monday("24:00", "06:00"),
    problems: [{ path: "/hours/mon/0/0", message: "to 23:59" }],
  },
  {
    name: "24:01",
    spec: monday("09:00", "24:01"),
    problems: [{ path: "/hours/mon/0/1", message: "to 24:00" }],
  },
  {
    name: "one digit",
    spec: monday("9:00", "17:00"),
    problems: [{ path: "/hours/mon/0/0", message: HOURS }],
  },
  {
    name: "60 minutes",
    spec: monday("09:60", "17:00"),
    problems: [{ path: "/hours/mon/0/0", message: HOURS }],
  },
  {
    name: "seconds",
    spec: monday("09:00", "17:00:30"),
    problems: [{ path: "/hours/mon/0/1", message: HOURS }],
  },
  {
    name: "the second window",
    spec: {
      ...utc,
      hours: {
        fri: [
          ["09:00", "12:00"],
          ["13:00", "5pm"],
        ],
      },
    },
    problems: [{ path: "/hours/fri/1/1", message: HOURS }],
  },
  {
    name: "a weekday written out",
    spec: { ...utc, hours: { monday: [["09:00", "17:00"]] } as Record<string, Windows> },
    problems: [{ path: "/hours/monday", message: "write mon" }],
  },
  {
    name: "the 30th of February",
    spec: holiday("2027-02-30"),
    problems: [{ path: "/holidays/1", message: DATE }],
  },
  {
    name: "a leap day that isn't",
    spec: holiday("2027-02-29"),
    problems: [{ path: "/holidays/1", message: DATE }],
  },
  {
    name: "a date with a time",
    spec: holiday("2027-02-01T00:00Z"),
    problems: [{ path: "/holidays/1", message: DATE }],
  },
  { name: "day first", spec: holiday("24.12.2027"), problems: [{ path: "/holidays/1", message: DATE }] },
  {
    name: "an override's date and window, with the pointer escaped",
    spec: { ...utc, hours: {}, overrides: { "24/12": [["x", "12:00"]] } },
    problems: [
      { path: "/overrides/24~112", message: DATE },
      { path: "/overrides/24~112/0/0", message: HOURS },
    ],
  },
  {
    name: "everything at once",
    spec: { timezone: "Mars", hours: { mon: [["a", "b"]] }, holidays: ["c"] },
    problems: [
      { path: "/timezone", message: ZONE },
      { path: "/hours/mon/0/0", message: HOURS },
      { path: "/hours/mon/0/1", message: HOURS },
      { path: "/holidays/0", message: DATE },
    ],
  },
];
