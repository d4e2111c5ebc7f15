// The shapes a calendar is described and held in. Rules: docs/calendar.md.
import type { Zone } from "./zones.ts";

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** "HH:MM" wall times. "24:00" is allowed as an end; an end at or before its start runs into the next day. */
export type Windows = readonly (readonly [start: string, end: string])[];

/** A calendar as written in the configuration document. Dates are YYYY-MM-DD in local time. */
export interface CalendarSpec {
  timezone: string;
  hours: { readonly [day in Weekday]?: Windows | undefined };
  holidays?: readonly string[] | undefined;
  overrides?: Readonly<Record<string, Windows>> | undefined;
}

/** `path` is a JSON pointer relative to the spec; `message` says what to write instead. */
export interface Problem {
  path: string;
  message: string;
}

/** Minutes of wall time from 00:00 of the window's own date; `end` is greater than `start` and may pass 1440. */
export interface WallWindow {
  start: number;
  end: number;
}

/** Days are counted from 1970-01-01 ("epoch days"), each standing for a local date. */
export interface DayRules {
  /** Seven entries; index 0 is Thursday, the weekday of epoch day 0. */
  weekly: readonly (readonly WallWindow[])[];
  /** Dates whose own windows differ from their weekday's: overrides, and holidays (none). */
  special: ReadonlyMap<number, readonly WallWindow[]>;
  /** Holidays that no override reopens: they also cut what runs into them from the day before. */
  closed: ReadonlySet<number>;
}

/** Merged open pieces inside one block, in ms from the block's first instant. */
export interface Shape {
  starts: Float64Array;
  ends: Float64Array;
  /** Open ms from the block's first instant to the end of each piece. */
  opened: Float64Array;
  total: number;
}

/** Four weeks of a calendar resolved to instants. */
export interface Block {
  index: number;
  from: number;
  to: number;
  shape: Shape;
}

/** A compiled calendar: opaque to callers, who keep it and hand it to `coverage.ts`. It caches what it resolves. */
export interface Calendar {
  readonly timezone: string;
  readonly zone: Zone;
  readonly rules: DayRules;
  /** What any four weeks look like without a special date or a change of offset. */
  readonly plain: Shape;
  /** Blocks that a special date may shape. */
  readonly specialBlocks: ReadonlySet<number>;
  readonly lastSpecialBlock: number;
  readonly blocks: Map<number, Block>;
  recent: Block | null;
}
