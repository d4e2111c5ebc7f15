/** What people do with a lead beside touching it: accept it, close it, change its stage. */
import { holds, readField } from "../domain/conditions.ts";
import { cancel, arm } from "../domain/sla/timers.ts";
import { CLOSING_STAGES, closed, DONE, notTheirs, type Asker, type Stage } from "./asking.ts";
import type { Deps } from "./deps.ts";
import { creditInvalid } from "../store/rotation.ts";
import { factsOf, refuse, save, withLead, type Outcome } from "./hand.ts";

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
export const dispose = (deps: Deps, leadId: string, asker: Asker, closing: Closing): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead, compiled, now } = hand;
    const refusal = notTheirs(hand, asker);
    if (refusal) return refusal;
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
      actor: asker.actor,
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
      ...(disposition.invalid && !open && lead.ownerId !== null
        ? { also: [creditInvalid(deps.db, { id: lead.id, ownerId: lead.ownerId }, disposition.code, now)] }
        : {}),
    });
    return DONE;
  });

/** Entry condition and required fields of the stage must hold; what is missing is named. */
export const moveStage = (deps: Deps, leadId: string, asker: Asker, stage: Stage): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead, compiled } = hand;
    if (!lead.open) return closed();
    const refusal = notTheirs(hand, asker);
    if (refusal) return refusal;
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
      actor: asker.actor,
      set: { stage },
      events: [{ type: "lead.staged", data: { from: lead.stage, to: stage } }],
    });
    return DONE;
  });
