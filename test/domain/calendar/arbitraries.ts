// Random calendars and instants for the properties, crowded around what is hard: clock changes, midnight, holidays.
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import type { CalendarSpec, Windows } from "../../../worker/domain/calendar/types.ts";

export const SEED = 20_261_122;
const HOUR = 3_600_000;

/** Each with the year whose clock changes are of interest. */
const zones: readonly (readonly [timezone: string, year: number])[] = [
  ["UTC", 2027],
  ["Europe/Berlin", 2027],
  ["America/New_York", 2027],
  ["America/St_Johns", 2027],
  ["Australia/Lord_Howe", 2027],
  ["Pacific/Chatham", 2027],
  ["Asia/Kathmandu", 2027],
  ["Africa/Casablanca", 2025],
  ["Africa/Cairo", 2027],
  ["America/Nuuk", 2025],
  ["America/Havana", 2027],
  ["America/Santiago", 2027],
  ["America/Sao_Paulo", 2018],
  ["Antarctica/Troll", 2027],
  ["Pacific/Apia", 2011],
  ["Pacific/Kwajalein", 1993],
  ["Asia/Pyongyang", 2018],
  ["Asia/Tehran", 2018],
  ["Europe/Dublin", 2500],
];

/** An instant at which something may go wrong: a change of the clock, or the turn of the year. */
function anchorsOf(timezone: string, year: number): number[] {
  const start = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timezone);
  const anchors = [start.epochMilliseconds];
  let change = start.getTimeZoneTransition("next");
  for (; change !== null && change.year === year; change = change.getTimeZoneTransition("next")) {
    anchors.push(change.epochMilliseconds);
  }
  return anchors;
}

const moments = zones.flatMap(([timezone, year]) =>
  anchorsOf(timezone, year).map((anchor) => ({ timezone, anchor })),
);

const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: 24 * 4 - 1 }).map((quarter) => quarter * 15),
  fc.integer({ min: 0, max: 4 * 60 }),
  fc.integer({ min: 22 * 60, max: 24 * 60 - 1 }),
);
const twoDigits = (part: number) => String(part).padStart(2, "0");
const time = minuteOfDay.map((minute) => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`);
const endTime = fc.oneof({ weight: 5, arbitrary: time }, { weight: 1, arbitrary: fc.constant("24:00") });
const windows: fc.Arbitrary<Windows> = fc.array(fc.tuple(time, endTime), { maxLength: 3 });

const hours = fc.record(
  { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows, sat: windows, sun: windows },
  { requiredKeys: [] },
);

export interface Scene {
  spec: CalendarSpec;
  start: number;
}

/** A calendar and an instant within three days of its zone's clock change, with special dates around it. */
export const scenes: fc.Arbitrary<Scene> = fc.constantFrom(...moments).chain(({ timezone, anchor }) => {
  const local = Temporal.Instant.fromEpochMilliseconds(anchor).toZonedDateTimeISO(timezone).toPlainDate();
  const date = fc.integer({ min: -4, max: 4 }).map((days) => local.add({ days }).toString());
  const spec: fc.Arbitrary<CalendarSpec> = fc.record({
    timezone: fc.constant(timezone),
    hours,
    holidays: fc.array(date, { maxLength: 3 }),
    overrides: fc.dictionary(date, windows, { maxKeys: 2 }),
  });
  const start = fc.oneof(
    fc.integer({ min: -72 * 60, max: 24 * 60 }).map((minutes) => anchor + minutes * 60_000),
    fc.integer({ min: -72 * HOUR, max: 24 * HOUR }).map((ms) => anchor + ms),
  );
  return fc.record({ spec, start });
});
