/** A recycled lead comes back, on its date or because its person stirs: routed by today's policy, with a clock again. */
import { refusedMove, STATUS_MOVES } from "../../schema/life.ts";
import type { Relationship } from "../domain/routing/plan.ts";
import { stageTimers } from "../domain/sla/timers.ts";
import { openLeadOf, toReturn } from "../store/returning.ts";
import { mustNotContact } from "../store/suppressed.ts";
import { logged } from "./apart.ts";
import type { Deps } from "./deps.ts";
import { isErased, save, underToday, withLead, type Draft, type Hand, type Outcome } from "./hand.ts";
import { planColumns, planHand } from "./plan-hand.ts";
import { hashOf } from "./marks.ts";

/** Who had it last keeps it for as long as they would keep the person. */
const lastOwner = ({ lead, compiled, now }: Hand): Relationship | null =>
  lead.ownerId !== null && now - (lead.closedAt ?? 0) < compiled.lastOwnerWithinMs
    ? { personId: lead.ownerId, why: "their last owner" }
    : null;

const planOf = (hand: Hand) => {
  const timers = stageTimers(hand.compiled, "inquiry", hand.now);
  return planHand(hand, {
    relationship: lastOwner(hand),
    event: "lead.rerouted",
    cause: "return",
    standing: timers,
    exclude: new Set(),
    touched: hand.lead.firstTouchAt === null ? null : { timers },
  });
};

/** A life of its own begins: what was missed and answered in the former one neither counts against nor for it. */
const comeBack = (hand: Hand, why: string, repliedAt: number | null): Draft => {
  const plan = planOf(hand);
  return {
    actor: "system",
    set: {
      open: 1,
      stage: "inquiry",
      closed_at: null,
      disposition: null,
      recycle_at: null,
      accepted_at: null,
      warned_at: null,
      breaches: 0,
      replied_at: repliedAt,
      policy_version: hand.compiled.version,
      ...planColumns(plan),
    },
    events: [{ type: "lead.returned", data: { reason: why, code: hand.lead.disposition?.code ?? null } }],
    assignment: { cause: "return", ...plan, restartClock: hand.lead.firstTouchAt === null },
  };
};

/** It doesn't come back: its person has an open lead, or mustn't be contacted. Nobody asks again on its date. */
const stayAway = (hand: Hand, data: Record<string, unknown> | null): Promise<unknown> =>
  save(hand, {
    actor: "system",
    set: { recycle_at: null },
    events: data === null ? [] : [{ type: "lead.returned", data }],
  });

/**
 * Answers whether it came back. Safe to repeat: what is open, or isn't recycled, stays as it is. `repliedAt` is when its person
 * stirred; what they wrote before the lead was closed was known, or came to light too late to change that.
 */
export const returned = (
  deps: Deps,
  leadId: string,
  why: string,
  repliedAt: number | null = null,
): Promise<Outcome<boolean>> =>
  withLead<boolean>(deps, leadId, async (hand) => {
    const { lead } = hand;
    const stays = { ok: true, value: false } as const;
    if (lead.open || refusedMove(STATUS_MOVES, "status", lead.status, "new") !== null) return stays;
    if (isErased(lead) || (repliedAt !== null && repliedAt < (lead.closedAt ?? 0))) return stays;
    const other = await openLeadOf(deps.db, lead.emailNorm);
    const barred = await mustNotContact(deps.db, lead.emailNorm, await hashOf(deps, lead.emailNorm));
    if (other !== null || barred) {
      if (lead.recycleAt !== null) await stayAway(hand, barred ? null : { reason: why, into: other });
      return stays;
    }
    const today = await underToday(hand);
    if (today === null) return stays;
    await save(today, comeBack(today, why, repliedAt));
    return { ok: true, value: true };
  });

const A_SWEEP = 100;

/** One that fails doesn't keep the others away; it is tried again each minute. */
const tried = async (deps: Deps, leadId: string): Promise<boolean> => {
  try {
    const outcome = await returned(deps, leadId, "its day came");
    return outcome.ok && outcome.value;
  } catch (error) {
    logged("return", error, { leadId });
    return false;
  }
};

/** Those whose day has come; the rest follow a minute later. */
export const returnDue = async (deps: Deps, now: number, most = A_SWEEP): Promise<number> => {
  let back = 0;
  for (const id of await toReturn(deps.db, now, most)) if (await tried(deps, id)) back++;
  return back;
};
