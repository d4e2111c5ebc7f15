/** What people do with a lead beside touching it: accept, close, move, hand off, report a bounce, change its stage. */
import type { STAGES } from "../../schema/config/forms.ts";
import { holds, readField } from "../domain/conditions.ts";
import { queueOption } from "../domain/routing/options.ts";
import { planRoute } from "../domain/routing/plan.ts";
import { cancel, arm } from "../domain/sla/timers.ts";
import { visitorTimezone } from "./decide.ts";
import type { Deps } from "./deps.ts";
import { factsOf, refuse, save, withLead, type Hand, type Outcome } from "./hand.ts";
import { kept, propose, proposePerson, proposeTakeover, situationFor } from "./takeover.ts";

type Stage = (typeof STAGES)[number];
const DONE: Outcome<null> = { ok: true, value: null };

const closed = (): Outcome<null> => refuse(409, "The lead is closed.");

export const accept = (
  deps: Deps,
  leadId: string,
  actor: string,
  by: string | null,
): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    if (by !== null && lead.ownerId !== by)
      return refuse(409, "Only the owner accepts a lead; it belongs to somebody else now.");
    if (lead.acceptedAt !== null) return DONE;
    await save(hand, {
      actor,
      set: {
        accepted_at: hand.now,
        ...(lead.stage === "inquiry" || lead.stage === "mql" ? { stage: "sal" } : {}),
      },
      timers: cancel(lead.timers, "accept"),
      events: [{ type: "lead.accepted", data: { by: by ?? lead.ownerId } }],
    });
    return DONE;
  });

export interface Closing {
  code: string;
  note: string | null;
  nextStep: string | null;
  recycleOn: string | null;
  by: string | null;
}

const STATUS_OF = {
  qualified: "qualified",
  disqualified: "disqualified",
  rejected: "disqualified",
  recycled: "recycled",
  scheduled: "scheduled",
} as const;

/** Closes with a code from the document; a booking keeps the lead open and stops what waited for a reply. */
export const dispose = (
  deps: Deps,
  leadId: string,
  actor: string,
  closing: Closing,
): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead, compiled, now } = hand;
    const known = compiled.document.dispositions;
    const disposition = known.find((item) => item.code === closing.code);
    if (!disposition)
      return refuse(
        422,
        `Unknown code "${closing.code}"; use one of ${known.map((item) => item.code).join(", ") || "the document's dispositions (it has none)"}.`,
        "/code",
      );
    if (!lead.open) return lead.disposition?.code === closing.code ? DONE : closed();
    const recycles = disposition.recycle || disposition.outcome === "recycled";
    const status = recycles ? "recycled" : STATUS_OF[disposition.outcome];
    const open = status === "scheduled";
    const note = {
      code: disposition.code,
      label: disposition.label,
      outcome: disposition.outcome,
      note: closing.note,
      nextStep: closing.nextStep,
      recycleOn: closing.recycleOn,
      at: now,
      by: closing.by ?? lead.ownerId ?? "",
    };
    const timers = open
      ? arm(cancel(lead.timers, "warning", "firstTouch", "opening", "reminder", "secondTouch", "noReply"), {
          kind: "untouchedTask",
          dueAt: now + hand.sla.untouchedTaskMs,
        })
      : [];
    await save(hand, {
      actor,
      set: {
        status,
        open: Number(open),
        disposition: JSON.stringify(note),
        // A booking is a touch: who has a meeting doesn't wait for a first word.
        ...(open ? { first_touch_at: lead.firstTouchAt ?? now } : { closed_at: now, next_action_at: null }),
        ...(recycles
          ? { stage: "recycled" }
          : disposition.outcome === "rejected"
            ? { stage: "rejected" }
            : {}),
        ...(disposition.outcome === "qualified" ? { stage: "sql" } : {}),
      },
      timers,
      events: [{ type: "lead.closed", data: { ...note, at: new Date(now).toISOString(), status, open } }],
    });
    return DONE;
  });

/** To a named person, or (without one) to whoever the fall-through finds beside the present owner. */
export const reassign = (
  deps: Deps,
  leadId: string,
  actor: string,
  request: { to: string | null; reason: string; cause?: string; exclude?: readonly string[] },
): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    if (request.to !== null && request.to === lead.ownerId) return DONE;
    const cause = request.cause ?? "reassign";
    const effects = lead.ownerId
      ? [{ kind: "lead.taken", channel: "email" as const, recipient: "previous" }]
      : [];
    const proposal =
      request.to === null
        ? proposeTakeover(hand, {
            cause,
            exclude: new Set([
              ...hand.breachedBy,
              ...(request.exclude ?? []),
              ...(lead.ownerId ? [lead.ownerId] : []),
            ]),
            effects,
          })
        : proposePerson(hand, request.to, cause, effects);
    if (!proposal)
      return refuse(422, `${request.to ?? ""} is not an active person of this workspace.`, "/to");
    if (request.to === null && proposal.candidates.every((candidate) => candidate.person === lead.ownerId))
      return DONE;
    await save(hand, {
      actor,
      set: {
        accepted_at: null,
        warned_at: null,
        ...(lead.ownerId ? { reassignments: lead.reassignments + 1 } : {}),
      },
      assignment: {
        cause,
        candidates: proposal.candidates,
        trace: [...proposal.trace, { step: cause, outcome: "asked", detail: request.reason }],
        ruleId: lead.routing.ruleId,
        restartClock: lead.firstTouchAt === null,
      },
    });
    return DONE;
  });

/** Stages that only a disposition leads to. */
const CLOSING_STAGES: readonly Stage[] = ["rejected", "recycled"];

/** Owner and stage change together; the history stays, there is one owner all the time. */
export const handOff = (
  deps: Deps,
  leadId: string,
  actor: string,
  request: {
    stage: Stage;
    to: string;
    nextAction: string;
    nextActionAt: number | null;
    /** Set where only the owner may hand it off. */
    onlyBy: string | null;
  },
): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    if (request.onlyBy !== null && lead.ownerId !== request.onlyBy)
      return refuse(403, "Only its owner or a manager hands a lead off.");
    if (CLOSING_STAGES.includes(request.stage))
      return refuse(422, "A lead is rejected or recycled by its disposition.", "/stage");
    const proposal = proposePerson(hand, request.to, "handoff", [
      { kind: "lead.taken", channel: "email", recipient: "previous" },
    ]);
    if (!proposal) return refuse(422, `${request.to} is not an active person of this workspace.`, "/to");
    await save(hand, {
      actor,
      set: {
        stage: request.stage,
        ...(request.nextActionAt === null ? {} : { next_action_at: request.nextActionAt }),
      },
      events: [
        {
          type: "lead.handed_off",
          data: {
            from: lead.ownerId,
            to: request.to,
            stage: request.stage,
            fromStage: lead.stage,
            nextAction: request.nextAction,
          },
        },
      ],
      assignment: {
        cause: "handoff",
        candidates: proposal.candidates,
        trace: proposal.trace,
        ruleId: lead.routing.ruleId,
        restartClock: lead.firstTouchAt === null,
      },
    });
    return DONE;
  });

const CLEANUP = /clean/i;

/** The queue that mends contact data: the one named so. */
const cleanupQueue = ({ compiled }: Hand): string | null =>
  compiled.document.queues.find((queue) => CLEANUP.test(queue.id) || CLEANUP.test(queue.name))?.id ?? null;

/** A verified bounce without another working channel sends the lead to data cleanup; otherwise it is noted. */
export const bounce = (
  deps: Deps,
  leadId: string,
  actor: string,
  request: { kind: "email" | "phone"; reason: string | null; verified: boolean },
): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    const { email, phoneE164 } = lead.facts.lead;
    const other = request.kind === "email" ? phoneE164 : email;
    const queue = cleanupQueue(hand);
    const event = { type: "lead.bounced" as const, data: { ...request, otherChannel: other !== null } };
    const situation = situationFor(hand, new Set());
    const option =
      queue && request.verified && other === null ? queueOption(situation, queue, "data cleanup") : null;
    if (!option) {
      await save(hand, {
        actor,
        events: [event],
        ...(lead.ownerId
          ? {
              tasks: [{ kind: "badContact", ownerId: lead.ownerId, dueAt: hand.now + hand.sla.firstTouchMs }],
            }
          : {}),
      });
      return DONE;
    }
    const proposal = propose(hand, situation, [option], {
      event: "lead.rerouted",
      cause: "bounce",
      effects: [],
    });
    await save(hand, {
      actor,
      events: [event],
      assignment: { cause: "bounce", ...proposal, ruleId: lead.routing.ruleId, restartClock: true },
    });
    return DONE;
  });

/** Entry condition and required fields of the stage must hold; what is missing is named. */
export const moveStage = (deps: Deps, leadId: string, actor: string, stage: Stage): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead, compiled } = hand;
    if (!lead.open) return closed();
    if (CLOSING_STAGES.includes(stage))
      return refuse(422, "A lead is rejected or recycled by its disposition.", "/stage");
    if (lead.stage === stage) return DONE;
    const rule = compiled.document.stages.find((item) => item.id === stage);
    const { facts } = factsOf(hand);
    const missing = (rule?.requiredFields ?? []).filter(
      (name) =>
        readField(facts, name.includes(".") ? name : `lead.${name}`) === null &&
        readField(facts, `custom.${name}`) === null,
    );
    if (missing.length > 0) return refuse(422, `${stage} needs ${missing.join(", ")}.`, "/stage");
    if (rule && !holds(rule.entry, facts))
      return refuse(422, `The entry condition of ${stage} doesn't hold.`, "/stage");
    await save(hand, {
      actor,
      set: { stage },
      events: [{ type: "lead.staged", data: { from: lead.stage, to: stage } }],
    });
    return DONE;
  });

/** A queue lets a lead go: it is routed with that queue's rules skipped. */
export const release = (deps: Deps, leadId: string, actor: string): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    if (lead.queueId === null) return refuse(409, "The lead is in no queue.");
    const plan = planRoute({
      compiled: hand.compiled,
      people: hand.current.people,
      scored: factsOf(hand),
      relationship: null,
      now: hand.now,
      visitorTimezone: visitorTimezone(hand.compiled, lead.facts),
      hasPhone: lead.facts.lead.phoneE164 !== null,
      event: "lead.rerouted",
      cause: "release",
      effects: [],
      skipQueues: new Set([lead.queueId]),
      exclude: new Set(hand.breachedBy),
      touched: lead.firstTouchAt === null ? null : { timers: kept(lead.timers) },
    });
    await save(hand, {
      actor,
      set: { sla_id: plan.slaId, priority: plan.priority, tags: JSON.stringify(plan.tags) },
      events: [{ type: "lead.released", data: { queue: lead.queueId } }],
      assignment: { cause: "release", ...plan, restartClock: lead.firstTouchAt === null },
    });
    return DONE;
  });
