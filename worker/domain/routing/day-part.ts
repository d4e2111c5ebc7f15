/** Parts of a visitor's day: what is promised where a minute couldn't be kept. */
import { DAY, instantOf, offsetAt, zoneOf } from "../calendar/zones.ts";
import type { DayPart } from "../../../schema/wire/capture.ts";

const HOUR = 3_600_000;
/** Where each ends, in hours of the local day. */
const PARTS: readonly { part: DayPart; ends: number }[] = [
  { part: "morning", ends: 12 },
  { part: "afternoon", ends: 18 },
  { part: "evening", ends: 24 },
];

/** The part of the local day that `at` falls into, and the instant at which it is over. */
export const dayPartAt = (at: number, timezone: string): { part: DayPart; endsAt: number } => {
  const zone = zoneOf(timezone);
  const wall = at + offsetAt(zone, at);
  const day = Math.floor(wall / DAY) * DAY;
  const { part, ends } = PARTS.find((each) => wall < day + each.ends * HOUR) ?? { part: "evening", ends: 24 };
  return { part, endsAt: instantOf(zone, day + ends * HOUR) };
};
