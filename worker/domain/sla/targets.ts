/** When a first touch is due: targets in coverage time, by policy and by the channels a lead can be reached on. */
import { add } from "../calendar/coverage.ts";
import type { Calendar } from "../calendar/types.ts";
import { slaNamed, type Compiled, type Sla } from "../config/compiled.ts";
import { holds, type Facts } from "../conditions.ts";

export interface FirstTouchClock {
  /** When coverage begins that counts: now, or the next opening. */
  clockStartsAt: number;
  warnAt: number;
  firstTouchDueAt: number;
}

/** The first-touch target in ms: call or SMS may be due sooner, where the lead has a number. */
export const firstTouchTargetMs = (sla: Sla, hasPhone: boolean): number => {
  const { call, sms, email } = sla.firstTouchByChannelMs;
  const sooner = [email, ...(hasPhone ? [call, sms] : [])].filter((target) => target !== undefined);
  return Math.min(sla.firstTouchMs, ...sooner);
};

/** A calendar without an opening is refused when saved; should one get here, the clock runs in wall time. */
export const dueAt = (calendar: Calendar, from: number, durationMs: number): number =>
  add(calendar, from, durationMs) ?? from + durationMs;

/** The clock of an assignment made at `assignedAt` on the owner's calendar. */
export const firstTouchClock = (
  calendar: Calendar,
  sla: Sla,
  assignedAt: number,
  hasPhone: boolean,
): FirstTouchClock => {
  const target = firstTouchTargetMs(sla, hasPhone);
  return {
    clockStartsAt: dueAt(calendar, assignedAt, 0),
    warnAt: dueAt(calendar, assignedAt, Math.floor(target * sla.warnAt)),
    firstTouchDueAt: dueAt(calendar, assignedAt, target),
  };
};

/** The policy of a lead: the rule's, else the first SLA rule that holds, else the default. */
export const chooseSla = (compiled: Compiled, ruleSla: string | null | undefined, facts: Facts): Sla => {
  const id =
    ruleSla ??
    compiled.slaRules.find((rule) => holds(rule.when, facts))?.sla ??
    compiled.document.routing.defaultSla;
  const sla = slaNamed(compiled, id);
  if (!sla) throw new RangeError(`SLA policy ${id} is not in the document`);
  return sla;
};
