/** What holds for everybody of an option on one calendar: when their clock starts, what is due then, what is promised. */
import type { DayPart } from "../../../schema/wire/capture.ts";
import type { Calendar } from "../calendar/types.ts";
import { dueAt, firstTouchClock, firstTouchTargetMs, type FirstTouchClock } from "../sla/targets.ts";
import { arm, armEarlier, nextDue, type Timer, type Timers } from "../sla/timers.ts";
import { nextStepAt } from "../sla/cadence.ts";
import type { Consequences, Touched } from "./candidates.ts";
import { dayPartAt } from "./day-part.ts";
import type { Option } from "./options.ts";
import { capacityOf } from "./people.ts";

export interface Terms {
  clock: FirstTouchClock;
  provisional: boolean;
  promiseAt: number;
  /** Set where no minute can be promised. */
  dayPart: DayPart | null;
  timers: Timer[];
  nextDueAt: number | null;
}

/** A provisional lead is looked at again when its window opens; warning and breach are armed all the same. */
const firstTouchTimers = (
  clock: FirstTouchClock,
  provisional: boolean,
  acceptBy: number | null,
  standing: Timers,
): Timer[] =>
  arm(
    standing,
    { kind: "warning", dueAt: clock.warnAt },
    { kind: "firstTouch", dueAt: clock.firstTouchDueAt },
    ...(provisional ? [{ kind: "opening", dueAt: clock.clockStartsAt } as const] : []),
    ...(acceptBy === null ? [] : [{ kind: "accept", dueAt: acceptBy } as const]),
  );

/** How many targets pass before a team gets to a lead that waits for its opening: 0 within the first. */
const targetsAhead = (option: Option, { queued, people, now }: Consequences): number => {
  const waiting = option.rotates ? (queued?.[option.team?.id ?? ""] ?? 0) : 0;
  const atOnce = option.people.reduce(
    (sum, { person }) => sum + (capacityOf(person, people, now) ?? Number.POSITIVE_INFINITY),
    0,
  );
  return waiting === 0 ? 0 : Math.floor(waiting / Math.max(1, atOnce));
};

/** What the visitor is promised: the due itself, or the part of the day in which their turn should come. */
const promiseOf = (
  option: Option,
  calendar: Calendar,
  clock: FirstTouchClock,
  about: Consequences,
): { promiseAt: number; dayPart: DayPart | null } => {
  const ahead = targetsAhead(option, about);
  if (ahead === 0 || clock.clockStartsAt <= about.now)
    return { promiseAt: clock.firstTouchDueAt, dayPart: null };
  const turn = dueAt(
    calendar,
    clock.clockStartsAt,
    (ahead + 1) * firstTouchTargetMs(about.sla, about.hasPhone),
  );
  const { part, endsAt } = dayPartAt(turn, about.visitorTimezone);
  return { promiseAt: endsAt, dayPart: part };
};

/** Who takes over a touched lead owes a touch of their own. */
const owedTouch = (
  { timers, afresh }: Touched,
  { firstTouchDueAt }: FirstTouchClock,
  calendar: Calendar,
  startsAt: number,
  { sla, now }: Consequences,
): Timer[] =>
  afresh
    ? arm(
        timers,
        { kind: "takeoverTouch", dueAt: firstTouchDueAt, since: now },
        { kind: "effort", dueAt: nextStepAt(calendar, sla, startsAt) },
      )
    : armEarlier(timers, {
        kind: "takeoverTouch",
        dueAt: dueAt(calendar, startsAt, sla.takeoverTouchMs),
        since: now,
      });

export const termsOf = (option: Option, calendar: Calendar, about: Consequences): Terms => {
  const { sla, now, touched } = about;
  const startsAt = Math.max(now, option.startsAt);
  const clock = firstTouchClock(calendar, sla, startsAt, about.hasPhone);
  const provisional = touched === null && clock.clockStartsAt > now;
  const acceptBy = sla.acceptWithinMs === null ? null : dueAt(calendar, startsAt, sla.acceptWithinMs);
  const timers = touched
    ? owedTouch(touched, clock, calendar, startsAt, about)
    : firstTouchTimers(clock, provisional, acceptBy, about.standing);
  return {
    clock,
    provisional,
    ...promiseOf(option, calendar, clock, about),
    timers,
    nextDueAt: nextDue(timers),
  };
};
