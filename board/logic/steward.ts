/** When the steward of a queue owes an answer: the timer that is armed, or the target that was missed. Pure. */
import type { Lead } from "../../schema/wire/lead.ts";

type Queued = Pick<
  Lead,
  "assignments" | "createdAt" | "firstTouchAt" | "nextActionAt" | "timeline" | "timers"
>;

/**
 * Epoch milliseconds, or null. What a lead's next action is due by may be somebody's second touch; the queue's timer is the
 * steward's alone. Once it went off, what is armed only reminds: the target stays the one that was missed.
 */
export function stewardDueAt(lead: Queued): number | null {
  const armed = lead.timers.find(({ kind }) => kind === "queueAge")?.dueAt ?? lead.nextActionAt;
  const missed = lead.firstTouchAt === null ? missedAt(lead) : null;
  if (missed === null) return armed === null ? null : Date.parse(armed);
  return Math.min(missed, lead.nextActionAt === null ? missed : Date.parse(lead.nextActionAt));
}

/** When the queue's target passed, since the lead last came into other hands. */
function missedAt(lead: Queued): number | null {
  const since = lead.assignments.at(-1)?.at ?? lead.createdAt;
  const passed = lead.timeline.filter(
    ({ type, at, data }) => type === "sla.breached" && data["target"] === "queueAge" && at >= since,
  );
  return passed.length === 0 ? null : Math.min(...passed.map(({ at }) => Date.parse(at)));
}
