/** A lead changes hands because somebody says so: reassigned, handed off at a change of stage, released by its queue. */
import { isAbsent } from "../domain/routing/held.ts";
import type { Stage } from "../../schema/life.ts";
import { orStay } from "../store/change.ts";
import { lastHandoff } from "../store/handoffs.ts";
import { nextActionOf } from "../domain/sla/cadence.ts";
import { arm, type Timer } from "../domain/sla/timers.ts";
import {
  closed,
  DONE,
  notTheirs,
  refusedNextAction,
  repOf,
  spokenFor,
  unknownPerson,
  type Asker,
} from "./asking.ts";
import type { Deps } from "./deps.ts";
import { refuse, save, withLead, type Draft, type Hand, type Outcome } from "./hand.ts";
import { planColumns, planHand } from "./plan-hand.ts";
import { refusedStage, stageTimersFor } from "./lifecycle.ts";
import { proposePerson, proposeTakeover, touchedOf } from "./takeover.ts";

export interface Move {
  to: string | null;
  /** In the words of who asked; null: they said none. */
  reason: string | null;
  cause?: string;
  /** Re-homing: only while this person still owns it, and only to somebody who is there. */
  from?: string;
}

/** To a named person, or (without one) to whoever the fall-through finds beside the present owner, if anybody; out of a queue the rules say. */
export const moveOn = (
  deps: Deps,
  leadId: string,
  asker: Asker,
  request: Move,
): Promise<Outcome<{ moved: boolean }>> =>
  withLead<{ moved: boolean }>(deps, leadId, async (hand) => {
    const { lead } = hand;
    const stays = { ok: true, value: { moved: false } } as const;
    if (!lead.open) return closed();
    const unknown = unknownPerson(hand, asker.by);
    if (unknown) return unknown;
    if (repOf(hand, asker) !== null) return refuse(403, "Ask a manager to reassign a lead, or hand it off.");
    if (request.from !== undefined && request.from !== lead.ownerId) return stays;
    if (request.to !== null && request.to === lead.ownerId) return stays;
    if (request.to === null && lead.queueId !== null) {
      await letGo(hand, asker, request.reason);
      return { ok: true, value: { moved: true } };
    }
    const cause = request.cause ?? "reassign";
    const effects = lead.ownerId
      ? [{ kind: "lead.taken", channel: "email" as const, recipient: "previous" }]
      : [];
    const exclude = new Set([...hand.breachedBy, ...(lead.ownerId ? [lead.ownerId] : [])]);
    const proposal =
      request.to === null
        ? proposeTakeover(hand, { cause, exclude, effects })
        : proposePerson(hand, request.to, cause, effects);
    if (!proposal)
      return refuse(422, `${request.to ?? ""} is not an active person of this workspace.`, "/to");
    if (request.to === null && proposal.candidates.every((candidate) => candidate.person === lead.ownerId))
      return stays;
    if (
      request.from !== undefined &&
      proposal.candidates.every((each) => isAbsent({ ...hand, people: hand.current.people }, each))
    )
      return stays;
    const give = async () => {
      await save(hand, {
        actor: asker.actor,
        set: {
          accepted_at: null,
          warned_at: null,
          ...(lead.ownerId ? { reassignments: lead.reassignments + 1 } : {}),
        },
        assignment: {
          cause,
          candidates: proposal.candidates.map((each) => ({
            ...each,
            event: { ...each.event, data: { ...each.event.data, ...spokenFor(asker) } },
          })),
          trace: [
            ...proposal.trace,
            { step: cause, outcome: "asked", detail: request.reason ?? "without a reason" },
          ],
          ruleId: lead.routing.ruleId,
          restartClock: lead.firstTouchAt === null,
        },
      });
      return { ok: true, value: { moved: true } } as const;
    };
    return orStay<Outcome<{ moved: boolean }>>(give, () => stays);
  });

export interface Handoff {
  stage: Stage;
  to: string;
  nextAction: string;
  /** Epoch ms; null: as soon as a takeover touch would be. */
  nextActionAt: number | null;
}

/** Who has just handed it off may lose the answer, and no longer owns the lead when they ask again. */
const isRepeated = async (
  { deps, lead }: Hand,
  request: Handoff,
  /** Only what this one did; null: whoever did it. */
  actor: string | null,
): Promise<boolean> => {
  if (lead.ownerId !== request.to || lead.stage !== request.stage) return false;
  const last = await lastHandoff(deps.db, lead.id);
  return (
    last !== null &&
    (actor === null || last.actor === actor) &&
    last.to === request.to &&
    last.stage === request.stage &&
    last.nextAction === request.nextAction
  );
};

/** The named time of the next action is a clock of its own; before the first touch that one is due sooner and waits for it. */
const handoffTimers = (hand: Hand, { stage, nextActionAt }: Handoff): Timer[] => {
  const timers = stageTimersFor(hand, stage);
  return nextActionAt === null || hand.lead.firstTouchAt === null
    ? timers
    : arm(timers, { kind: "effort", dueAt: nextActionAt });
};

/** What a hand-off writes, whoever it goes to. */
const handoffDraft = (hand: Hand, asker: Asker, request: Handoff): Draft => ({
  actor: asker.actor,
  set: { stage: request.stage },
  events: [
    {
      type: "lead.handed_off",
      data: {
        from: hand.lead.ownerId,
        to: request.to,
        stage: request.stage,
        fromStage: hand.lead.stage,
        nextAction: request.nextAction,
        ...spokenFor(asker),
      },
    },
  ],
  tasks: [
    {
      kind: "handoff",
      ownerId: request.to,
      dueAt: request.nextActionAt ?? hand.now + hand.sla.takeoverTouchMs,
      note: request.nextAction,
    },
  ],
});

/**
 * Owner and stage change together; the history stays, there is one owner all the time. To whom has it already only the stage
 * moves, and no clock begins anew.
 */
export const handOff = (deps: Deps, leadId: string, asker: Asker, request: Handoff): Promise<Outcome<null>> =>
  withLead<null>(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    const refusal = notTheirs(hand, asker);
    if (await isRepeated(hand, request, refusal ? asker.actor : null)) return DONE;
    if (refusal) return refusal;
    const unfit =
      refusedNextAction(request.nextActionAt, hand.now) ??
      (request.stage === lead.stage ? null : refusedStage(hand, request.stage));
    if (unfit) return unfit;
    const draft = handoffDraft(hand, asker, request);
    const timers = handoffTimers(hand, request);
    if (request.to === lead.ownerId) {
      await save(hand, {
        ...draft,
        set: { ...draft.set, next_action_at: nextActionOf(timers) ?? lead.nextActionAt },
        timers,
      });
      return DONE;
    }
    const proposal = proposePerson({ ...hand, lead: { ...lead, timers } }, request.to, "handoff", [
      { kind: "lead.taken", channel: "email", recipient: "previous" },
    ]);
    if (!proposal) return refuse(422, `${request.to} is not an active person of this workspace.`, "/to");
    await save(hand, {
      ...draft,
      assignment: {
        cause: "handoff",
        ...proposal,
        ruleId: lead.routing.ruleId,
        restartClock: lead.firstTouchAt === null,
      },
    });
    return DONE;
  });

/** Routed by the rules, those of the queue that it leaves skipped. */
const letGo = async (hand: Hand, asker: Asker, reason: string | null = null): Promise<void> => {
  const { lead } = hand;
  const plan = planHand(hand, {
    event: "lead.rerouted",
    cause: "release",
    skipQueues: new Set(lead.queueId === null ? [] : [lead.queueId]),
    touched: touchedOf(hand),
  });
  const data = { queue: lead.queueId, ...(reason === null ? {} : { reason }), ...spokenFor(asker) };
  await save(hand, {
    actor: asker.actor,
    set: planColumns(plan),
    events: [{ type: "lead.released", data }],
    assignment: { cause: "release", ...plan, restartClock: lead.firstTouchAt === null },
  });
};

/** A queue lets a lead go on to be routed. */
export const release = (deps: Deps, leadId: string, asker: Asker): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    if (!hand.lead.open) return closed();
    const refusal = notTheirs(hand, asker);
    if (refusal) return refusal;
    if (hand.lead.queueId === null) return refuse(409, "The lead is in no queue.");
    await letGo(hand, asker);
    return DONE;
  });
