/** What a touch that counts, or a reply, does to a lead: which timers end, which begin, and when the next step is due. */
import { clockCalendar, queueCalendar } from "../domain/config/compiled.ts";
import type { Calendar } from "../domain/calendar/types.ts";
import { nextActionOf, nextStepAt } from "../domain/sla/cadence.ts";
import { dueAt } from "../domain/sla/targets.ts";
import { isDone } from "../domain/sla/tasks.ts";
import { arm, cancel, type Timer } from "../domain/sla/timers.ts";
import type { Draft, Hand } from "./hand.ts";

/** Timers that wait for somebody to reach out at all: any touch that counts ends them. */
export const FIRST_TOUCH_TIMERS = [
  "warning",
  "firstTouch",
  "opening",
  "reminder",
  "assign",
  "accept",
  "takeoverTouch",
] as const;

/** The hours of whoever answers for the lead: its owner's, else its queue's. */
export const hoursOf = ({ lead, compiled }: Hand): Calendar => {
  const owner = lead.ownerId ? compiled.people.get(lead.ownerId) : undefined;
  const queue = lead.queueId ? compiled.queues.get(lead.queueId) : undefined;
  if (owner) return clockCalendar(compiled, owner, lead.teamId);
  return queue ? queueCalendar(compiled, queue) : compiled.fallbackCalendar;
};

/** A lead in a queue goes on waiting for an owner, whoever reached out meanwhile; only the steward's first answer is given. */
const afterwards = (hand: Hand, timers: readonly Timer[]): Timer[] =>
  hand.lead.ownerId === null ? cancel(timers, "queueAge") : [...timers];

/** When the next step is due after a touch; a meeting that was booked stays the next step until it has been. */
const nextStep = (hand: Hand, at: number): Timer => {
  const { status, timers } = hand.lead;
  const dueAt = nextStepAt(hoursOf(hand), hand.sla, at);
  const meeting = status === "scheduled" ? timers.find(({ kind }) => kind === "effort") : undefined;
  return meeting && meeting.dueAt > dueAt ? meeting : { kind: "effort", dueAt };
};

/** Made before their person wrote again, or by whoever had it before, it isn't the touch that is owed now. */
const stillOwed = ({ lead }: Hand, at: number): Timer[] =>
  lead.timers.filter(({ kind, since }) => kind === "takeoverTouch" && at < (since ?? lead.assignedAt ?? 0));

/** Kinds of tasks that wouldn't have been asked for, had a touch or reply of then been known. */
export const sparedBy = ({ lead }: Hand, how: "touch" | "reply", at: number): string[] => {
  const { firstTouchAt, assignedAt } = lead;
  if (firstTouchAt === null || at <= firstTouchAt) return [];
  if (how === "reply") return ["secondTouch", "noReply"];
  return at < (assignedAt ?? 0) ? ["secondTouch"] : ["secondTouch", "takeoverTouch"];
};

/** The watch over tasks ends with the last of them. */
const watchEnds = (hand: Hand, how: "touch" | "reply", at: number): Timer["kind"][] => {
  const spared = sparedBy(hand, how, at);
  return hand.openTasks.every((task) => isDone(task, { how, at, spared })) ? ["untouchedTask"] : [];
};

const afterFirst = (hand: Hand, at: number): Draft => {
  const { lead, sla } = hand;
  const calendar = hoursOf(hand);
  const second = dueAt(calendar, at, sla.secondTouchMs);
  const timers = arm(
    cancel(afterwards(hand, lead.timers), ...FIRST_TOUCH_TIMERS, ...watchEnds(hand, "touch", at)),
    ...stillOwed(hand, at),
    { kind: "secondTouch", dueAt: second },
    { kind: "noReply", dueAt: dueAt(calendar, at, sla.noReplyMs) },
    { kind: "effort", dueAt: nextStepAt(calendar, sla, at) },
  );
  return {
    actor: "system",
    timers,
    set: {
      first_touch_at: at,
      second_touch_due_at: second,
      next_action_at: nextActionOf(timers),
      provisional: 0,
      ...(lead.status === "new" || lead.status === "quarantined" ? { status: "working" } : {}),
    },
  };
};

const afterLater = (hand: Hand, at: number): Draft => {
  const { lead } = hand;
  const ended = cancel(lead.timers, ...FIRST_TOUCH_TIMERS, "secondTouch", ...watchEnds(hand, "touch", at));
  const timers = arm(ended, ...stillOwed(hand, at), nextStep(hand, at));
  return {
    actor: "system",
    timers,
    set: {
      ...(lead.status === "new" || lead.status === "quarantined" ? { status: "working" } : {}),
      ...(lead.secondTouchAt === null ? { second_touch_at: at } : {}),
      next_action_at: nextActionOf(timers),
    },
  };
};

/**
 * What an outbound touch that counts does: the first stops the clock and arms the next ones. One that comes to light late,
 * and was made before the first, is recorded and stops nothing more: the first touch is set once.
 */
export const counted = (hand: Hand, at: number): Partial<Draft> => {
  const { firstTouchAt } = hand.lead;
  if (firstTouchAt === null) return afterFirst(hand, at);
  return at <= firstTouchAt ? {} : afterLater(hand, at);
};

/** A second touch that nobody owes any more is due at no time. */
export const noSecondDue = ({ lead }: Hand): { second_touch_due_at?: null } =>
  lead.secondTouchAt === null ? { second_touch_due_at: null } : {};

/**
 * A reply ends the waiting for one; what is owed now is an answer, as soon as a second touch would be. Before the first
 * touch the first is still owed, and nothing else changes.
 */
export const replied = (hand: Hand, at: number): Draft => {
  const { lead, sla } = hand;
  const draft: Draft = {
    actor: "system",
    set: { replied_at: lead.repliedAt ?? at },
    effects: [{ kind: "lead.replied", recipient: lead.ownerId === null ? "steward" : "owner" }],
  };
  // One from before the first touch that comes to light after it is no answer to that.
  if (lead.firstTouchAt === null || at < lead.firstTouchAt) return draft;
  const timers = arm(cancel(lead.timers, "secondTouch", "noReply", ...watchEnds(hand, "reply", at)), {
    kind: "effort",
    dueAt: dueAt(hoursOf(hand), Math.max(at, hand.now), sla.secondTouchMs),
  });
  return {
    ...draft,
    timers,
    set: { ...draft.set, ...noSecondDue(hand), next_action_at: nextActionOf(timers) },
  };
};
