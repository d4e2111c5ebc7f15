/** The first touch didn't come in time: a strike, and the lead moves on by itself; at the end a human is reminded. */
import { standingOf } from "../domain/routing/people.ts";
import { clockCalendar } from "../domain/config/compiled.ts";
import { attribute, type BreachFacts } from "../domain/sla/attribution.ts";
import { dueAt as coverageDue, firstTouchTargetMs } from "../domain/sla/targets.ts";
import { arm, cancel, type Timer } from "../domain/sla/timers.ts";
import { orStay } from "../store/change.ts";
import { enforcingGuard } from "../store/enforcement.ts";
import { hasPhone } from "./decide.ts";
import { beginAnew, observeBreach, passedObserved } from "./enforcement.ts";
import { nameOf, save, type Draft, type Hand, type Saved } from "./hand.ts";
import { afterStrike, managerRecipient } from "./strikes.ts";
import { proposeTakeover } from "./takeover.ts";
import { hoursOf } from "./touched.ts";

/** Everything that speaks for or against the owner, as it was when the touch was due. */
const factsOfBreach = (
  { lead, compiled, current, contact, news, sla, now }: Hand,
  dueAt: number,
): BreachFacts => {
  const owner = lead.ownerId === null ? undefined : compiled.people.get(lead.ownerId);
  const target = firstTouchTargetMs(sla, hasPhone(lead.facts));
  return {
    leftAlone: contact?.doNotContact ?? false,
    dueAt,
    now,
    startedAt: lead.clockStartsAt,
    wholeTargetAt:
      owner && lead.assignedAt !== null
        ? coverageDue(clockCalendar(compiled, owner, lead.teamId), lead.assignedAt, target)
        : null,
    overflow: lead.overflow,
    standing: owner ? standingOf(compiled, current.people, owner.id, lead.teamId, dueAt - 1) : null,
    news,
  };
};

const HOUR = 3_600_000;

/** Reminders at the end of the chain: after one target, then ever rarer, at most every four hours. */
const reminderAfter = (targetMs: number, n: number): number =>
  Math.min(Math.max(targetMs, 1000) * 2 ** Math.min(n, 10), Math.max(4 * HOUR, targetMs));

/** What falls outside coverage waits for it: nobody is reminded in their sleep. */
const remindAt = (hand: Hand, n: number): number =>
  coverageDue(hoursOf(hand), hand.now + reminderAfter(hand.sla.firstTouchMs, n), 0);

const breachDraft = (hand: Hand, dueAt: number): Draft => {
  const { lead, compiled } = hand;
  const { attribution, because } = attribute(factsOfBreach(hand, dueAt));
  const owner = lead.ownerId ?? "";
  const cost = attribution === "person" ? afterStrike(hand, owner) : { effects: [], also: [] };
  return {
    actor: "system",
    set: { breaches: lead.breaches + 1, warned_at: null },
    events: [
      {
        type: "sla.breached",
        data: {
          target: "firstTouch",
          owner: { id: owner, name: nameOf(compiled, owner) },
          dueAt: new Date(dueAt).toISOString(),
          attribution,
          because,
        },
      },
    ],
    effects: [
      { kind: "sla.breached", recipient: managerRecipient(hand), data: { owner, attribution, because } },
      ...cost.effects,
    ],
    strike: { id: `${lead.id}.${lead.assignmentSeq}`, personId: owner, attribution, why: because },
    also: cost.also,
  };
};

/** Nobody else is left, it has moved often enough, or its team has no room: the owner keeps it and is reminded until it is touched. */
const stay = (hand: Hand, draft: Draft): Promise<Saved> => {
  const timers = arm(cancel(hand.lead.timers, "firstTouch", "warning"), {
    kind: "reminder",
    dueAt: remindAt(hand, 0),
    n: 1,
  });
  return save(hand, {
    ...draft,
    timers,
    events: [...(draft.events ?? []), { type: "sla.escalated", data: { owner: hand.lead.ownerId, n: 0 } }],
    effects: [...(draft.effects ?? []), { kind: "sla.escalated", recipient: "owner" }],
    // Nobody is picked, so nothing else says that the brake was off.
    also: [...(draft.also ?? []), enforcingGuard(hand.deps.db)],
  });
};

/** The first-touch timer fired. */
export const breach = async (hand: Hand, timer: Timer): Promise<Saved> => {
  if (hand.current.observing) return observeBreach(hand, timer);
  if (passedObserved(hand, timer)) return beginAnew(hand);
  const { dueAt } = timer;
  const { lead, sla } = hand;
  const draft = breachDraft(hand, dueAt);
  // What overflowed is handed out as room frees; moves for other reasons than a breach don't use up the chain.
  if (lead.overflow || lead.breaches >= sla.maxReassignments) return stay(hand, draft);
  const exclude = new Set([...hand.breachedBy, ...(lead.ownerId ? [lead.ownerId] : [])]);
  const proposal = proposeTakeover(hand, {
    cause: "breach",
    exclude,
    effects: [{ kind: "lead.taken", channel: "email", recipient: "previous" }],
  });
  const nobodyElse = proposal.candidates.every((candidate) => candidate.person === lead.ownerId);
  if (nobodyElse) return stay(hand, draft);
  return orStay(
    () =>
      save(hand, {
        ...draft,
        set: { ...draft.set, reassignments: lead.reassignments + 1, accepted_at: null },
        assignment: { cause: "breach", ...proposal, ruleId: lead.routing.ruleId, restartClock: true },
      }),
    () => stay(hand, draft),
  );
};

/** The end of the chain is reminded again. */
export const remind = (hand: Hand, n: number): Promise<Saved> => {
  const timers = arm(hand.lead.timers, {
    kind: "reminder",
    dueAt: remindAt(hand, n),
    n: n + 1,
  });
  return save(hand, {
    actor: "system",
    timers,
    events: [{ type: "sla.escalated", data: { owner: hand.lead.ownerId, n } }],
    effects: [{ kind: "sla.escalated", recipient: "owner", data: { n } }],
  });
};
