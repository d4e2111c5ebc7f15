/** The timers of an open lead under another policy or other hours (docs/sla.md). Its owner stays. */
import { clockCalendar, teamCalendar, type Compiled, type Sla } from "../config/compiled.ts";
import { dueAt, firstTouchClock } from "./targets.ts";
import { arm, nextDue, type Timer, type Timers } from "./timers.ts";

export interface Running {
  ownerId: string | null;
  teamId: string | null;
  routing: { target: string };
  assignedAt: number | null;
  clockStartsAt: number | null;
  firstTouchDueAt: number | null;
  firstTouchAt: number | null;
  hasPhone: boolean;
  timers: Timers;
}

export interface Replanned {
  timers: Timer[];
  nextDueAt: number | null;
  clockStartsAt: number | null;
  firstTouchDueAt: number | null;
}

const has = (timers: Timers, kind: Timer["kind"]): boolean => timers.some((timer) => timer.kind === kind);

/** What was given to a closed team runs from the team's opening, on its owner's hours: as when it was given (routing/terms.ts). */
const startOf = (compiled: Compiled, lead: Running, assignedAt: number): number => {
  const team = has(lead.timers, "opening") ? compiled.teams.get(lead.teamId ?? "") : undefined;
  return team && lead.routing.target === `team:${team.id}`
    ? dueAt(teamCalendar(compiled, team), assignedAt, 0)
    : assignedAt;
};

/**
 * A first touch that is still awaited gets the target of the new policy from when it was assigned; where that would have passed
 * already the old one stays, so that nobody breaches by a change of rules. What follows the first touch never restarts.
 */
export const replan = (compiled: Compiled, sla: Sla, lead: Running, now: number): Replanned => {
  const { clockStartsAt, firstTouchDueAt } = lead;
  const timers = [...lead.timers];
  const same = { timers, nextDueAt: nextDue(timers), clockStartsAt, firstTouchDueAt };
  const owner = lead.ownerId === null ? undefined : compiled.people.get(lead.ownerId);
  if (!owner || lead.assignedAt === null || lead.firstTouchAt !== null || !has(timers, "firstTouch"))
    return same;
  const clock = firstTouchClock(
    clockCalendar(compiled, owner, lead.teamId),
    sla,
    startOf(compiled, lead, lead.assignedAt),
    lead.hasPhone,
  );
  if (clock.firstTouchDueAt <= now) return same;
  const armed = arm(
    timers.filter(({ kind }) => kind !== "warning"),
    { kind: "firstTouch", dueAt: clock.firstTouchDueAt },
    ...(has(timers, "warning") || clock.warnAt > now
      ? [{ kind: "warning", dueAt: clock.warnAt } as const]
      : []),
    ...(has(timers, "opening") ? [{ kind: "opening", dueAt: clock.clockStartsAt } as const] : []),
  );
  return {
    timers: armed,
    nextDueAt: nextDue(armed),
    clockStartsAt: clock.clockStartsAt,
    firstTouchDueAt: clock.firstTouchDueAt,
  };
};
