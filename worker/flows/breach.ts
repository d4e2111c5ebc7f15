/** The first touch didn't come in time: a strike, and the lead moves on by itself; at the end a human is reminded. */
import { standingOf } from "../domain/routing/people.ts";
import { arm, cancel } from "../domain/sla/timers.ts";
import { managerOf, nameOf, save, type Draft, type Hand, type Saved } from "./hand.ts";
import { proposeTakeover } from "./takeover.ts";

export type Attribution = "person" | "coverage" | "system" | "delivery";

/** Whose breach it is, by what was so when the touch was due. */
const attribute = ({ lead, compiled, current, ownerTold }: Hand, dueAt: number): Attribution => {
  if (lead.ownerId === null) return "system";
  const standing = standingOf(compiled, current.people, lead.ownerId, lead.teamId, dueAt - 1);
  if (standing.kind === "away" || standing.kind === "time_off" || standing.kind === "suspended")
    return "coverage";
  return ownerTold === false ? "delivery" : "person";
};

const HOUR = 3_600_000;

/** Reminders at the end of the chain: after one target, then ever rarer, at most every four hours. */
const reminderAfter = (targetMs: number, n: number): number =>
  Math.min(Math.max(targetMs, 1000) * 2 ** Math.min(n, 10), Math.max(4 * HOUR, targetMs));

const breachDraft = (hand: Hand, dueAt: number): Draft => {
  const { lead, compiled } = hand;
  const attribution = attribute(hand, dueAt);
  const manager = managerOf(compiled, lead.ownerId, lead.teamId);
  const owner = lead.ownerId ?? "";
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
        },
      },
    ],
    effects: manager
      ? [{ kind: "sla.breached", recipient: `person:${manager}`, data: { owner, attribution } }]
      : [],
    strike: { id: `${lead.id}.${lead.assignmentSeq}`, personId: owner, attribution },
  };
};

/** Nobody else is left, or it has moved often enough: the owner keeps it and is reminded until it is touched. */
const stay = (hand: Hand, draft: Draft): Promise<Saved> => {
  const timers = arm(cancel(hand.lead.timers, "firstTouch", "warning"), {
    kind: "reminder",
    dueAt: hand.now + reminderAfter(hand.sla.firstTouchMs, 0),
    n: 1,
  });
  return save(hand, {
    ...draft,
    timers,
    events: [...(draft.events ?? []), { type: "sla.escalated", data: { owner: hand.lead.ownerId, n: 0 } }],
    effects: [...(draft.effects ?? []), { kind: "sla.escalated", recipient: "owner" }],
  });
};

/** The first-touch timer fired. */
export const breach = (hand: Hand, dueAt: number): Promise<Saved> => {
  const { lead, sla } = hand;
  const draft = breachDraft(hand, dueAt);
  // Moves for other reasons than a breach don't use up the chain.
  if (lead.breaches >= sla.maxReassignments) return stay(hand, draft);
  const exclude = new Set([...hand.breachedBy, ...(lead.ownerId ? [lead.ownerId] : [])]);
  const proposal = proposeTakeover(hand, {
    cause: "breach",
    exclude,
    effects: [{ kind: "lead.taken", channel: "email", recipient: "previous" }],
  });
  const nobodyElse = proposal.candidates.every((candidate) => candidate.person === lead.ownerId);
  if (nobodyElse) return stay(hand, draft);
  return save(hand, {
    ...draft,
    set: { ...draft.set, reassignments: lead.reassignments + 1, accepted_at: null },
    assignment: { cause: "breach", ...proposal, ruleId: lead.routing.ruleId, restartClock: true },
  });
};

/** The end of the chain is reminded again. */
export const remind = (hand: Hand, n: number): Promise<Saved> => {
  const timers = arm(hand.lead.timers, {
    kind: "reminder",
    dueAt: hand.now + reminderAfter(hand.sla.firstTouchMs, n),
    n: n + 1,
  });
  return save(hand, {
    actor: "system",
    timers,
    events: [{ type: "sla.escalated", data: { owner: hand.lead.ownerId, n } }],
    effects: [{ kind: "sla.escalated", recipient: "owner", data: { n } }],
  });
};
