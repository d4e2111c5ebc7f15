/** What moving open leads to another policy comes to, added up over pages. Pure. */
import type { ReplanAnswer } from "../../schema/wire/replan.ts";
import { duration } from "./countdown.ts";

type Moved = ReplanAnswer["moved"][number];

export interface ReplanSum {
  leads: number;
  sooner: number;
  later: number;
  same: number;
  refused: number;
  /** Those whose deadline or SLA policy changes, in the order in which they came. */
  changed: readonly Moved[];
}

export const NOTHING_MOVED: ReplanSum = { leads: 0, sooner: 0, later: 0, same: 0, refused: 0, changed: [] };

/** By how much a first touch is due later, ms; 0 where it stays, or none is awaited. */
export const shiftOf = ({ before, after }: Pick<Moved, "before" | "after">): number => {
  if (before.firstTouchDueAt === null || after.firstTouchDueAt === null) return 0;
  return Date.parse(after.firstTouchDueAt) - Date.parse(before.firstTouchDueAt);
};

export const shiftWords = (ms: number): string => {
  if (ms === 0) return "same";
  return `${duration(Math.abs(ms))} ${ms < 0 ? "sooner" : "later"}`;
};

export const addUp = (sum: ReplanSum, { moved, refused }: ReplanAnswer): ReplanSum => {
  const shifts = moved.map(shiftOf);
  const sooner = shifts.filter((ms) => ms < 0).length;
  const later = shifts.filter((ms) => ms > 0).length;
  return {
    leads: sum.leads + moved.length,
    sooner: sum.sooner + sooner,
    later: sum.later + later,
    same: sum.same + moved.length - sooner - later,
    refused: sum.refused + refused.length,
    changed: [
      ...sum.changed,
      ...moved.filter((each, at) => shifts[at] !== 0 || each.before.sla !== each.after.sla),
    ],
  };
};
