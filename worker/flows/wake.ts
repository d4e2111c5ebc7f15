/**
 * A lead's clock went off: every timer that is due does what it is for, each in its own try. Safe to run any number of
 * times and at any moment: a timer that was handled is gone from the lead, in the same write as what it did.
 */
import { cancel, dueTimers, nextDue, type Timer } from "../domain/sla/timers.ts";
import { breach, remind } from "./breach.ts";
import type { Deps } from "./deps.ts";
import { save, withLead, type Hand, type Outcome, type Saved } from "./hand.ts";
import { openWindow } from "./opening.ts";
import { routeAgain } from "./route-again.ts";
import {
  effortDue,
  noReply,
  queueAge,
  secondTouchDue,
  silentRejection,
  stageTooOld,
  takeoverTouchDue,
  unattended,
  untouchedTask,
} from "./owed.ts";

export interface Wake {
  /** Epoch milliseconds of the next deadline; null when nothing waits any more. */
  nextDueAt: number | null;
  /** False when there is no such lead, or it is closed: its object may go. */
  alive: boolean;
  errors: string[];
}

const warn = (hand: Hand): Promise<Saved> =>
  save(hand, {
    actor: "system",
    set: { warned_at: hand.now },
    timers: cancel(hand.lead.timers, "warning"),
    events: [
      { type: "sla.warned", data: { owner: hand.lead.ownerId, dueAt: iso(hand.lead.firstTouchDueAt) } },
    ],
    effects: [{ kind: "sla.warning", recipient: "owner" }],
  });

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const HANDLERS: Record<Timer["kind"], (hand: Hand, timer: Timer) => Promise<Saved>> = {
  assign: unattended,
  warning: warn,
  firstTouch: breach,
  opening: openWindow,
  secondTouch: secondTouchDue,
  noReply,
  takeoverTouch: takeoverTouchDue,
  effort: effortDue,
  stageAge: stageTooOld,
  accept: silentRejection,
  queueAge,
  reminder: (hand, timer) => remind(hand, timer.n ?? 1),
  untouchedTask,
  rehome: routeAgain,
};

/** A warning that is overdue together with its breach has nothing left to warn of. */
const worthFiring = (due: readonly Timer[]): Timer[] =>
  due.some((timer) => timer.kind === "firstTouch")
    ? due.filter((timer) => timer.kind !== "warning")
    : [...due];

interface Step {
  nextDueAt: number | null;
  alive: boolean;
}

/** Another timer is due already. */
const GO_ON = { ok: true, value: "go on" } as const;

/** Reads the lead, handles its earliest due timer that didn't fail before, and says when to wake next. */
const step = (
  deps: Deps,
  leadId: string,
  failed: ReadonlySet<string>,
  trying: { kind: string | null },
): Promise<Outcome<Step | "go on">> =>
  withLead<Step | "go on">(deps, leadId, async (hand) => {
    const { lead, now } = hand;
    if (!lead.open) return { ok: true, value: { nextDueAt: null, alive: false } };
    const timer = worthFiring(dueTimers(lead.timers, now)).find((item) => !failed.has(item.kind));
    if (!timer) return { ok: true, value: { nextDueAt: nextDue(lead.timers), alive: true } };
    trying.kind = timer.kind;
    const { nextDueAt } = await HANDLERS[timer.kind](hand, timer);
    const more = nextDueAt !== null && nextDueAt <= deps.now();
    return more ? GO_ON : { ok: true, value: { nextDueAt, alive: true } };
  });

/** For the log: names of errors, and what the database said, which speaks of columns; other messages may hold a person's words. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "failed";
  return error.message.startsWith("D1_ERROR") ? error.message.slice(0, 200) : error.name;
};

/** More than every kind of timer once; a guard against a timer that re-arms itself in the past. */
const MOST_STEPS = 16;

/** Runs what is due and says when to wake next. Never throws for one timer's sake; the caller re-arms in any case. */
export const wake = async (deps: Deps, leadId: string): Promise<Wake> => {
  const errors: string[] = [];
  const failed = new Set<string>();
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const trying: { kind: string | null } = { kind: null };
    try {
      const outcome = await step(deps, leadId, failed, trying);
      if (!outcome.ok && outcome.status === 404) return { nextDueAt: null, alive: false, errors };
      if (outcome.ok && outcome.value !== "go on") return { ...outcome.value, errors };
      if (!outcome.ok && trying.kind !== null) failed.add(trying.kind);
    } catch (error) {
      if (trying.kind === null) throw error;
      failed.add(trying.kind);
      errors.push(`${trying.kind}: ${reasonOf(error)}`);
    }
  }
  return { nextDueAt: deps.now() + 1000, alive: true, errors };
};
