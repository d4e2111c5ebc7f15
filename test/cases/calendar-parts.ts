// What the tables of calendar cases have in common.
import type { CalendarSpec, Windows } from "../../worker/domain/calendar/types.ts";

/** Counted from `start`, `add` (ISO 8601) of coverage time has elapsed at `due`. */
export interface DueCase {
  name: string;
  spec: CalendarSpec;
  start: string;
  add: string;
  due: string | null;
}

export const nine: Windows = [["09:00", "17:00"]];
export const weekdays = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine };

export function daily(...windows: (readonly [string, string])[]): CalendarSpec["hours"] {
  return { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows, sat: windows, sun: windows };
}

export const berlin: CalendarSpec = { timezone: "Europe/Berlin", hours: weekdays };
export const newYork: CalendarSpec = { timezone: "America/New_York", hours: weekdays };
