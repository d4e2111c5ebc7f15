/** Calendars that can be computed with and open within 400 days; time zones; holiday sets. */
import type { CalendarConfig } from "../../../schema/config/document.ts";
import { compileCalendar } from "../calendar/compile.ts";
import { hasOpening } from "../calendar/coverage.ts";
import { findZone } from "../calendar/zones.ts";
import { holidaysOf, LAST_YEAR, setsLike } from "../holidays/holidays.ts";
import type { Check } from "./checks.ts";
import { pointerOf, type Report } from "./findings.ts";

/** Holidays are worked out for this year and as many after it, so a policy nobody touches keeps them. */
const YEARS_AHEAD = 5;
/** Fewer years than this ahead, and somebody has to know. */
const YEARS_NEEDED = 2;

const yearOf = (now: number): number => new Date(now).getUTCFullYear();

/** The dates that the calendars' country sets stand for, by calendar; unknown sets have none (and are an error). */
export const expandHolidays = (
  calendars: readonly CalendarConfig[],
  now: number,
): Record<string, string[]> => {
  const year = yearOf(now);
  const dated = calendars
    .filter(({ holidaySets }) => holidaySets.length > 0)
    .map(({ id, holidaySets }) => {
      const dates = holidaySets.flatMap((set) => holidaysOf(set, year, year + YEARS_AHEAD) ?? []);
      return [id, [...new Set(dates)].toSorted()] as const;
    });
  return Object.fromEntries(dated);
};

const checkSets = ({ holidaySets }: CalendarConfig, at: number, now: number, report: Report): void => {
  holidaySets.forEach((set, index) => {
    const pointer = pointerOf(["calendars", at, "holidaySets", index]);
    if (holidaysOf(set, 0, 0) === null) {
      const like = setsLike(set);
      const fix =
        like.length > 0
          ? `known nearby: ${like.join(", ")}.`
          : 'write a country such as "US", or a region such as "DE-BY".';
      report.error(pointer, "unknown_holiday_set", `There is no holiday set "${set}": ${fix}`);
    } else if (LAST_YEAR < yearOf(now) + YEARS_NEEDED)
      report.warn(
        pointer,
        "holidays_run_out",
        `Holidays of "${set}" are known until ${LAST_YEAR} only: update Leadclock, or list later ones under holidays.`,
      );
  });
};

export const checkCalendars: Check = ({ document, holidays, now }, report) => {
  if (findZone(document.workspace.timezone) === null) {
    const message = `"${document.workspace.timezone}" is no IANA time zone; write a name such as "Europe/Berlin" or "UTC".`;
    report.error("/workspace/timezone", "unknown_timezone", message);
  }
  document.calendars.forEach((spec, at) => {
    checkSets(spec, at, now, report);
    const compiled = compileCalendar({ ...spec, holidays: [...spec.holidays, ...(holidays[spec.id] ?? [])] });
    if (!compiled.ok) {
      for (const { path, message } of compiled.problems)
        report.error(
          `/calendars/${at}${path}`,
          path === "/timezone" ? "unknown_timezone" : "bad_calendar",
          message,
        );
    } else if (!hasOpening(compiled.calendar, now))
      report.error(
        `/calendars/${at}/hours`,
        "never_open",
        `"${spec.id}" doesn't open in the next 400 days, so its clocks would stand still: give it hours.`,
      );
  });
};
