// Shared by the calendar's tests.
import { compileCalendar } from "../../../worker/domain/calendar/compile.ts";
import type { Calendar, CalendarSpec } from "../../../worker/domain/calendar/types.ts";

/** The compiled calendar of a spec that is known to be right. */
export function calendarOf(spec: CalendarSpec): Calendar {
  const compiled = compileCalendar(spec);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.calendar;
}
