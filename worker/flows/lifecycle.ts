/** What people do with a lead beside touching and closing it: accept it, change its stage. Moves: schema/life.ts. */
import { refusedMove, STAGE_MOVES, type Stage } from "../../schema/life.ts";
import { holds, readField } from "../domain/conditions.ts";
import { arm, cancel, stageTimers, type Timer } from "../domain/sla/timers.ts";
import { CLOSING_STAGES, closed, DONE, notTheirs, spokenFor, unknownPerson, type Asker } from "./asking.ts";
import type { Deps } from "./deps.ts";
import { factsOf, refuse, save, withLead, type Hand, type Outcome, type Refusal } from "./hand.ts";

/** A lead enters a stage: how long it may stand there begins anew. */
export const stageTimersFor = (hand: Hand, stage: Stage): Timer[] =>
  stage === hand.lead.stage
    ? [...hand.lead.timers]
    : arm(cancel(hand.lead.timers, "stageAge"), ...stageTimers(hand.compiled, stage, hand.now));

export const accept = (
  deps: Deps,
  leadId: string,
  actor: string,
  by: string | null,
): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    const unknown = unknownPerson(hand, by);
    if (unknown) return unknown;
    if (lead.ownerId === null)
      return refuse(409, "Nobody owns the lead: release it from its queue, or give it to somebody.");
    if (by !== null && lead.ownerId !== by)
      return refuse(409, "Only the owner accepts a lead; it belongs to somebody else now.");
    // Handed on since, it may wait for its new owner's word.
    if (lead.acceptedAt !== null && !lead.timers.some(({ kind }) => kind === "accept")) return DONE;
    const waits = lead.stage === "inquiry" || lead.stage === "mql";
    // The word counts whatever the record lacks; the stage moves where it may.
    const stage = waits && refusedStage(hand, "sal") === null ? "sal" : lead.stage;
    await save(hand, {
      actor,
      set: { accepted_at: lead.acceptedAt ?? hand.now, stage },
      timers: cancel(stageTimersFor(hand, stage), "accept"),
      events: [{ type: "lead.accepted", data: { by: by ?? lead.ownerId } }],
    });
    return DONE;
  });

/** What of a stage's required fields a lead lacks, and whether its entry condition holds; null: it may enter. */
export const refusedStage = (hand: Hand, stage: Stage, pointer = "/stage"): Refusal | null => {
  const { lead, compiled } = hand;
  if (CLOSING_STAGES.includes(stage))
    return refuse(422, "A lead is rejected or recycled by its disposition.", pointer);
  const unfit = refusedMove(STAGE_MOVES, "stage", lead.stage, stage);
  if (unfit !== null) return refuse(409, unfit, pointer);
  const rule = compiled.stages.get(stage)?.rule;
  const { facts } = factsOf(hand);
  const lacks = (rule?.requiredFields ?? []).filter(
    (name) =>
      readField(facts, name.includes(".") ? name : `lead.${name}`) === null &&
      readField(facts, `custom.${name}`) === null,
  );
  if (lacks.length > 0) return refuse(422, `${stage} needs ${lacks.join(", ")}.`, pointer);
  if (rule && !holds(rule.entry, facts))
    return refuse(422, `The entry condition of ${stage} doesn't hold.`, pointer);
  return null;
};

/** Entry condition and required fields of the stage must hold; what is missing is named. */
export const moveStage = (deps: Deps, leadId: string, asker: Asker, stage: Stage): Promise<Outcome<null>> =>
  withLead<null>(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    const refusal = notTheirs(hand, asker);
    if (refusal) return refusal;
    if (lead.stage === stage) return DONE;
    const unfit = refusedStage(hand, stage);
    if (unfit) return unfit;
    await save(hand, {
      actor: asker.actor,
      set: { stage },
      timers: stageTimersFor(hand, stage),
      events: [{ type: "lead.staged", data: { from: lead.stage, to: stage, ...spokenFor(asker) } }],
    });
    return DONE;
  });
