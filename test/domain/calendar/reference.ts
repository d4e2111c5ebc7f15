// A second implementation of the rules in docs/calendar.md, for comparison only: it asks of every minute whether it
// is open, straight from Temporal, and knows no blocks, cells, merging or prefix sums. Slow on purpose.
import { Temporal } from "temporal-polyfill";
import type { CalendarSpec, Windows } from "../../../worker/domain/calendar/types.ts";

const MINUTE = 60_000;
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

type Interval = [start: number, end: number];

export class Reference {
  #spec: CalendarSpec;
  #intervals = new Map<string, Interval[]>();
  #near = new Map<number, readonly Interval[]>();

  constructor(spec: CalendarSpec) {
    this.#spec = spec;
  }

  isOpen(at: number): boolean {
    return this.#intervalsNear(at).some(([start, end]) => start <= at && at < end);
  }

  /** Undefined where it takes more than `patience` ms to find out. */
  add(start: number, duration: number, patience: number): number | undefined {
    let remaining = duration;
    for (let at = start; at <= start + patience; at = nextMinute(at)) {
      if (!this.isOpen(at)) continue;
      const available = nextMinute(at) - at;
      if (remaining <= available) return at + remaining;
      remaining -= available;
    }
    return undefined;
  }

  openBetween(from: number, to: number): number {
    let open = 0;
    for (let at = from; at < to; at = nextMinute(at)) {
      if (this.isOpen(at)) open += Math.min(nextMinute(at), to) - at;
    }
    return open;
  }

  #isHoliday(date: Temporal.PlainDate): boolean {
    const text = date.toString();
    return (this.#spec.holidays ?? []).includes(text) && this.#spec.overrides?.[text] === undefined;
  }

  #windowsOf(date: Temporal.PlainDate): Windows {
    const override = this.#spec.overrides?.[date.toString()];
    if (override !== undefined) return override;
    if (this.#isHoliday(date)) return [];
    return this.#spec.hours[WEEKDAYS[date.dayOfWeek - 1]!] ?? [];
  }

  #intervalsOf(date: Temporal.PlainDate): Interval[] {
    const key = date.toString();
    const known = this.#intervals.get(key);
    if (known !== undefined) return known;
    const came = date.toZonedDateTime(this.#spec.timezone).toPlainDate().equals(date);
    const intervals = (came ? this.#windowsOf(date) : []).map(([start, end]): Interval => {
      const endDate = end <= start || end === "24:00" ? date.add({ days: 1 }) : date;
      return [this.#instantOf(date, start), this.#instantOf(endDate, end === "24:00" ? "00:00" : end)];
    });
    this.#intervals.set(key, intervals);
    return intervals;
  }

  #instantOf(date: Temporal.PlainDate, time: string): number {
    const wall = date.toPlainDateTime(Temporal.PlainTime.from(time));
    return wall.toZonedDateTime(this.#spec.timezone, { disambiguation: "compatible" }).epochMilliseconds;
  }

  /** Of one quarter of an hour: dates begin and end on these in every zone and year that the tests use. */
  #intervalsNear(at: number): readonly Interval[] {
    const quarter = Math.floor(at / (15 * MINUTE));
    const known = this.#near.get(quarter);
    if (known !== undefined) return known;
    const instant = Temporal.Instant.fromEpochMilliseconds(quarter * 15 * MINUTE);
    const today = instant.toZonedDateTimeISO(this.#spec.timezone).toPlainDate();
    const days = this.#isHoliday(today) ? [] : [-2, -1, 0];
    const near = days.flatMap((day) => this.#intervalsOf(today.add({ days: day })));
    this.#near.set(quarter, near);
    return near;
  }
}

function nextMinute(at: number): number {
  return (Math.floor(at / MINUTE) + 1) * MINUTE;
}
