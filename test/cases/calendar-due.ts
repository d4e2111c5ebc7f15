// Coverage time by hand: windows, nights, holidays, overrides. Every expected instant was worked out on paper, not by
// running the code.
import type { CalendarSpec } from "../../worker/domain/calendar/types.ts";
import { berlin, daily, newYork } from "./calendar-parts.ts";
import type { DueCase } from "./calendar-parts.ts";

const lunch: CalendarSpec = {
  timezone: "UTC",
  hours: {
    mon: [
      ["09:00", "12:00"],
      ["13:00", "17:00"],
    ],
    tue: [["09:00", "12:00"]],
  },
};
const nights: CalendarSpec = { timezone: "UTC", hours: daily(["22:00", "06:00"]) };

export const dueCases: readonly DueCase[] = [
  // One window a day
  {
    name: "inside a window",
    spec: berlin,
    start: "2027-01-04T09:00Z",
    add: "PT10M",
    due: "2027-01-04T09:10:00.000Z",
  },
  {
    name: "before the window",
    spec: berlin,
    start: "2027-01-04T05:00Z",
    add: "PT10M",
    due: "2027-01-04T08:10:00.000Z",
  },
  {
    name: "after the window",
    spec: berlin,
    start: "2027-01-04T17:00Z",
    add: "PT10M",
    due: "2027-01-05T08:10:00.000Z",
  },
  {
    name: "over the night",
    spec: berlin,
    start: "2027-01-04T15:55Z",
    add: "PT10M",
    due: "2027-01-05T08:05:00.000Z",
  },
  {
    name: "over the weekend",
    spec: berlin,
    start: "2027-01-08T15:55Z",
    add: "PT10M",
    due: "2027-01-11T08:05:00.000Z",
  },
  {
    name: "to the second",
    spec: berlin,
    start: "2027-01-04T15:59:59Z",
    add: "PT2S",
    due: "2027-01-05T08:00:01.000Z",
  },
  {
    name: "keeps the start's ms",
    spec: berlin,
    start: "2027-01-04T09:00:00.123Z",
    add: "PT1S",
    due: "2027-01-04T09:00:01.123Z",
  },
  {
    name: "exactly the window's end stays",
    spec: berlin,
    start: "2027-01-04T15:50Z",
    add: "PT10M",
    due: "2027-01-04T16:00:00.000Z",
  },
  {
    name: "start on the window's end goes on",
    spec: berlin,
    start: "2027-01-04T16:00Z",
    add: "PT10M",
    due: "2027-01-05T08:10:00.000Z",
  },
  {
    name: "a whole day's hours end at its end",
    spec: berlin,
    start: "2027-01-04T08:00Z",
    add: "PT8H",
    due: "2027-01-04T16:00:00.000Z",
  },
  {
    name: "P1D is 24 open hours: three days",
    spec: berlin,
    start: "2027-01-04T08:00Z",
    add: "P1D",
    due: "2027-01-06T16:00:00.000Z",
  },
  // Nothing to add
  {
    name: "zero, open",
    spec: berlin,
    start: "2027-01-04T09:30Z",
    add: "PT0S",
    due: "2027-01-04T09:30:00.000Z",
  },
  {
    name: "zero, closed",
    spec: berlin,
    start: "2027-01-02T09:30Z",
    add: "PT0S",
    due: "2027-01-04T08:00:00.000Z",
  },
  {
    name: "zero, on the opening",
    spec: berlin,
    start: "2027-01-04T08:00Z",
    add: "PT0S",
    due: "2027-01-04T08:00:00.000Z",
  },
  {
    name: "zero, on the window's end",
    spec: berlin,
    start: "2027-01-04T16:00Z",
    add: "PT0S",
    due: "2027-01-05T08:00:00.000Z",
  },
  // Several windows a day
  {
    name: "over lunch",
    spec: lunch,
    start: "2027-01-04T11:55Z",
    add: "PT10M",
    due: "2027-01-04T13:05:00.000Z",
  },
  {
    name: "until lunch",
    spec: lunch,
    start: "2027-01-04T11:00Z",
    add: "PT1H",
    due: "2027-01-04T12:00:00.000Z",
  },
  {
    name: "to next week",
    spec: lunch,
    start: "2027-01-05T11:00Z",
    add: "PT1H1M",
    due: "2027-01-11T09:01:00.000Z",
  },
  {
    name: "overlapping windows count once, in any order",
    spec: {
      timezone: "UTC",
      hours: {
        mon: [
          ["12:00", "15:00"],
          ["09:00", "13:00"],
          ["10:00", "11:00"],
        ],
      },
    },
    start: "2027-01-04T00:00Z",
    add: "PT6H",
    due: "2027-01-04T15:00:00.000Z",
  },
  {
    name: "adjacent windows are one",
    spec: {
      timezone: "UTC",
      hours: {
        mon: [
          ["09:00", "12:00"],
          ["12:00", "15:00"],
        ],
      },
    },
    start: "2027-01-04T11:00Z",
    add: "PT2H",
    due: "2027-01-04T13:00:00.000Z",
  },
  // Overnight and midnight
  {
    name: "overnight",
    spec: nights,
    start: "2027-01-04T23:00Z",
    add: "PT3H",
    due: "2027-01-05T02:00:00.000Z",
  },
  {
    name: "in the tail",
    spec: nights,
    start: "2027-01-04T05:30Z",
    add: "PT1H",
    due: "2027-01-04T22:30:00.000Z",
  },
  {
    name: "the tail belongs to the day the window starts on",
    spec: { timezone: "UTC", hours: { fri: [["22:00", "06:00"]] } },
    start: "2027-01-09T05:00Z",
    add: "PT2H",
    due: "2027-01-15T23:00:00.000Z",
  },
  {
    name: "24:00 is the day's end",
    spec: { timezone: "UTC", hours: { mon: [["20:00", "24:00"]] } },
    start: "2027-01-04T00:00Z",
    add: "PT4H",
    due: "2027-01-05T00:00:00.000Z",
  },
  {
    name: "00:00 as an end is the same",
    spec: { timezone: "UTC", hours: { mon: [["20:00", "00:00"]] } },
    start: "2027-01-04T00:00Z",
    add: "PT4H",
    due: "2027-01-05T00:00:00.000Z",
  },
  {
    name: "24:00 joins the next day's 00:00",
    spec: { timezone: "UTC", hours: { mon: [["20:00", "24:00"]], tue: [["00:00", "01:00"]] } },
    start: "2027-01-04T23:30Z",
    add: "PT1H",
    due: "2027-01-05T00:30:00.000Z",
  },
  {
    name: "an end equal to its start is 24 hours",
    spec: { timezone: "UTC", hours: { mon: [["09:00", "09:00"]] } },
    start: "2027-01-04T00:00Z",
    add: "P1D",
    due: "2027-01-05T09:00:00.000Z",
  },
  {
    name: "a tail that overlaps the next day's window counts once",
    spec: { timezone: "UTC", hours: { mon: [["22:00", "10:00"]], tue: [["09:00", "11:00"]] } },
    start: "2027-01-04T22:00Z",
    add: "PT13H",
    due: "2027-01-05T11:00:00.000Z",
  },
  // Year ends and leap days
  {
    name: "over New Year",
    spec: berlin,
    start: "2026-12-31T15:59Z",
    add: "PT2M",
    due: "2027-01-01T08:01:00.000Z",
  },
  {
    name: "over a leap day",
    spec: berlin,
    start: "2028-02-28T15:59Z",
    add: "PT2M",
    due: "2028-02-29T08:01:00.000Z",
  },
  {
    name: "far future",
    spec: newYork,
    start: "2999-12-31T13:00Z",
    add: "PT1H",
    due: "2999-12-31T15:00:00.000Z",
  },
  // Holidays
  {
    name: "a holiday is skipped",
    spec: { ...berlin, holidays: ["2027-01-01"] },
    start: "2026-12-31T15:59Z",
    add: "PT2M",
    due: "2027-01-04T08:01:00.000Z",
  },
  {
    name: "a holiday in local time, not UTC",
    spec: { timezone: "Pacific/Auckland", hours: daily(["00:00", "24:00"]), holidays: ["2027-06-02"] },
    start: "2027-06-01T11:30Z",
    add: "PT1H",
    due: "2027-06-02T12:30:00.000Z",
  },
  {
    name: "a holiday cuts the tail that runs into it",
    spec: { ...nights, holidays: ["2027-01-05"] },
    start: "2027-01-04T23:00Z",
    add: "PT2H",
    due: "2027-01-06T23:00:00.000Z",
  },
  {
    name: "up to the cut, the due stays at midnight",
    spec: { ...nights, holidays: ["2027-01-05"] },
    start: "2027-01-04T22:00Z",
    add: "PT2H",
    due: "2027-01-05T00:00:00.000Z",
  },
  {
    name: "a window that starts on a holiday doesn't open, nor its tail",
    spec: { ...nights, holidays: ["2027-01-05"] },
    start: "2027-01-05T23:00Z",
    add: "PT1H",
    due: "2027-01-06T23:00:00.000Z",
  },
  {
    name: "an override wins over a holiday, and then nothing is cut",
    spec: { ...nights, holidays: ["2027-01-05"], overrides: { "2027-01-05": [["12:00", "13:00"]] } },
    start: "2027-01-04T22:00Z",
    add: "PT9H",
    due: "2027-01-05T13:00:00.000Z",
  },
  // Overrides
  {
    name: "an override replaces the day's windows",
    spec: { ...berlin, overrides: { "2026-12-31": [["10:00", "12:00"]] } },
    start: "2026-12-31T08:00Z",
    add: "PT2H1S",
    due: "2027-01-01T08:00:01.000Z",
  },
  {
    name: "an override opens a closed day",
    spec: { ...berlin, overrides: { "2027-01-09": [["10:00", "12:00"]] } },
    start: "2027-01-08T16:00Z",
    add: "PT1H",
    due: "2027-01-09T10:00:00.000Z",
  },
  {
    name: "an empty override closes the day's own windows, not the tail from the day before",
    spec: { ...nights, overrides: { "2027-01-05": [] } },
    start: "2027-01-04T23:00Z",
    add: "PT8H",
    due: "2027-01-06T23:00:00.000Z",
  },
  {
    name: "only an override opens",
    spec: { timezone: "UTC", hours: {}, overrides: { "2027-03-01": [["10:00", "12:00"]] } },
    start: "2027-01-01T00:00Z",
    add: "PT2H",
    due: "2027-03-01T12:00:00.000Z",
  },
  {
    name: "more than ever opens",
    spec: { timezone: "UTC", hours: {}, overrides: { "2027-03-01": [["10:00", "12:00"]] } },
    start: "2027-01-01T00:00Z",
    add: "PT2H1S",
    due: null,
  },
  {
    name: "never open",
    spec: { timezone: "UTC", hours: {} },
    start: "2027-01-01T00:00Z",
    add: "PT0S",
    due: null,
  },
];
