/**
 * The demo's calendars: three offices, the shifts of six reps, and the desk that never closes. Each office has one rep
 * who works Tuesday to Saturday and one who works Sunday to Thursday, so some shift runs at every minute of every week.
 */
import type { ConfigInput } from "../../schema/config/document.ts";

type Calendars = NonNullable<ConfigInput["calendars"]>;
type Hours = Calendars[number]["hours"];
type Windows = NonNullable<Hours["mon"]>;

const NEW_YORK = "America/New_York";
const BERLIN = "Europe/Berlin";
const SINGAPORE = "Asia/Singapore";

/** Eight hours or more of an office day with a break where one is taken. */
const office = (midweek: Windows, edges: Windows = midweek): Hours => ({
  mon: edges,
  tue: midweek,
  wed: midweek,
  thu: midweek,
  fri: edges,
});

const tuesdayToSaturday = (midweek: Windows, friday: Windows, saturday: Windows): Hours => ({
  tue: midweek,
  wed: midweek,
  thu: midweek,
  fri: friday,
  sat: saturday,
});

const sundayToThursday = (midweek: Windows, sunday: Windows, monday: Windows): Hours => ({
  sun: sunday,
  mon: monday,
  tue: midweek,
  wed: midweek,
  thu: midweek,
});

const offices: Calendars = [
  {
    id: "us",
    name: "New York office",
    timezone: NEW_YORK,
    hours: office([
      ["09:00", "12:30"],
      ["13:15", "18:00"],
    ]),
    holidaySets: ["US"],
    holidays: ["2026-12-31", "2027-12-31"],
    overrides: { "2026-12-24": [["09:00", "12:00"]], "2027-12-23": [["09:00", "12:00"]] },
  },
  {
    id: "de",
    name: "Berlin office",
    timezone: BERLIN,
    hours: office([
      ["08:30", "12:00"],
      ["13:00", "16:30"],
    ]),
    holidaySets: ["DE"],
    holidays: ["2026-12-24", "2026-12-31", "2027-12-24", "2027-12-31"],
    overrides: { "2026-12-23": [["08:30", "12:00"]] },
  },
  {
    id: "sg",
    name: "Singapore office",
    timezone: SINGAPORE,
    hours: office(
      [
        ["09:00", "12:00"],
        ["13:00", "17:30"],
      ],
      [
        ["09:00", "12:00"],
        ["13:00", "16:00"],
      ],
    ),
    holidaySets: ["SG"],
    holidays: ["2026-12-31"],
    overrides: { "2027-02-05": [["09:00", "12:00"]] },
  },
];

const whole = (from: string, to: string): Windows => [[from, to]];
const split = (from: string, lunch: string, back: string, to: string): Windows => [
  [from, lunch],
  [back, to],
];

// Colleagues of one office never lunch at the same time, and nobody takes a long break on a day they work alone.
const shifts: Calendars = [
  {
    id: "us-sat",
    name: "New York, Tuesday to Saturday",
    timezone: NEW_YORK,
    hours: tuesdayToSaturday(
      split("09:00", "13:00", "14:00", "18:00"),
      whole("09:00", "19:00"),
      whole("10:00", "19:00"),
    ),
  },
  {
    id: "us-sun",
    name: "New York, Sunday to Thursday",
    timezone: NEW_YORK,
    hours: sundayToThursday(
      split("10:00", "12:00", "13:00", "19:00"),
      whole("10:00", "19:00"),
      whole("09:00", "19:00"),
    ),
  },
  {
    id: "de-sat",
    name: "Berlin, Tuesday to Saturday",
    timezone: BERLIN,
    hours: tuesdayToSaturday(
      split("08:30", "12:30", "13:30", "17:30"),
      whole("08:00", "17:00"),
      whole("08:00", "17:00"),
    ),
  },
  {
    id: "de-sun",
    name: "Berlin, Sunday to Thursday",
    timezone: BERLIN,
    hours: sundayToThursday(
      split("08:00", "11:30", "12:30", "16:30"),
      whole("08:00", "17:00"),
      whole("08:00", "17:00"),
    ),
  },
  {
    id: "sg-sat",
    name: "Singapore, Tuesday to Saturday",
    timezone: SINGAPORE,
    hours: tuesdayToSaturday(
      split("09:00", "13:00", "14:00", "18:00"),
      whole("07:00", "16:00"),
      whole("07:00", "16:00"),
    ),
  },
  {
    id: "sg-sun",
    name: "Singapore, Sunday to Thursday",
    timezone: SINGAPORE,
    hours: sundayToThursday(
      split("07:00", "12:00", "13:00", "16:00"),
      whole("07:00", "16:00"),
      whole("07:00", "16:00"),
    ),
  },
];

const everyDay = whole("00:00", "24:00");

export const demoCalendars: Calendars = [
  ...offices,
  ...shifts,
  {
    id: "always",
    name: "Around the clock",
    timezone: "UTC",
    hours: {
      mon: everyDay,
      tue: everyDay,
      wed: everyDay,
      thu: everyDay,
      fri: everyDay,
      sat: everyDay,
      sun: everyDay,
    },
  },
];
