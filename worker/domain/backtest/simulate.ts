/**
 * A lead's life under the document that is tried, step by step, by the same functions that decide in production (how it
 * changes hands: moves.ts). Pure but for the world it moves on.
 */
import { namedByRule } from "../routing/held.ts";
import { standingOf } from "../routing/people.ts";
import type { Scored } from "../routing/facts.ts";
import { relationshipOf, type Standing } from "../routing/relationship.ts";
import { change, decide, EMPTY, noteFirst, planned, score, settle, type Moment } from "./settling.ts";
import type { PastLead, Simulated } from "./types.ts";
import { shareOf, type World } from "./world.ts";

/** A lead comes in. `counted` says whether the result speaks of it. */
export const come = (
  moment: Moment,
  past: PastLead,
  n: number,
  standing: Standing,
  counted: (scored: Scored) => boolean,
): Simulated => {
  const scored = score(moment, past);
  const { closedAt, releasedAt, invalid } = past.happened;
  const lead: Simulated = {
    ...EMPTY,
    leadId: past.id,
    n,
    at: past.at,
    counts: counted(scored),
    breachedBy: [],
    closeAt: closedAt,
    releaseAt: releasedAt,
    invalid,
    score: scored.score.score,
  };
  decide(moment, lead, () => {
    const relationship = relationshipOf(moment.compiled, standing, moment.now);
    const plan = planned(moment, past, scored, { event: "lead.assigned", relationship });
    lead.ruleId = plan.ruleId;
    lead.firstRule = plan.ruleId;
    lead.slaId = plan.slaId;
    lead.priority = plan.priority;
    const chosen = settle(moment, lead, past, plan.candidates);
    lead.promiseAt = chosen?.promiseAt ?? null;
  });
  return lead;
};

/** The window opened: who was chosen keeps it if they are there (and not full); a rotation picks again. */
export const opened = (moment: Moment, lead: Simulated, past: PastLead | null): void => {
  const { compiled, people, now } = moment;
  const there =
    lead.owner !== null && standingOf(compiled, people, lead.owner, lead.team, now).kind === "available";
  const confirmed =
    past === null ||
    (!lead.target.startsWith("team:") && there && !namedByRule(compiled, lead.ruleId, lead.assigned));
  change(moment, lead, () => {
    if (!confirmed) {
      const plan = planned(moment, past, score(moment, past), {
        event: "lead.opened",
        relationship:
          lead.ruleId === "relationship" && lead.owner !== null
            ? { personId: lead.owner, why: lead.reason }
            : null,
        exclude: lead.breachedBy,
        skipQueues: compiled.queues.keys(),
      });
      lead.slaId = plan.slaId;
      lead.ruleId = plan.ruleId;
      lead.priority = plan.priority;
      if (settle(moment, lead, past, plan.candidates)) return;
    }
    lead.provisional = false;
    noteFirst(lead);
  });
};

/** Its queue lets it go, as it really did. */
export const released = (moment: Moment, lead: Simulated, past: PastLead): void => {
  const from = lead.queue;
  change(moment, lead, () => {
    lead.releaseAt = null;
    if (from === null) return;
    const plan = planned(moment, past, score(moment, past), {
      event: "lead.rerouted",
      relationship: null,
      exclude: lead.breachedBy,
      skipQueues: [from],
    });
    lead.slaId = plan.slaId;
    lead.ruleId = plan.ruleId;
    lead.priority = plan.priority;
    settle(moment, lead, past, plan.candidates);
  });
};

export const touched = (moment: Moment, lead: Simulated): void => {
  change(moment, lead, () => {
    lead.touched = true;
    lead.provisional = false;
    noteFirst(lead);
  });
};

export const closed = (moment: Moment, lead: Simulated): void => {
  change(moment, lead, () => {
    lead.open = false;
    if (lead.invalid && lead.rotation !== null && lead.owner !== null)
      moment.world.giveBack(lead.rotation, lead.owner);
  });
};

/** A lead from before the period, as it stood when the period began. */
export const standing = (
  world: World,
  past: PastLead,
  n: number,
  held: { owner: string | null; team: string | null; queue: string | null; clockStartsAt: number | null },
  from: number,
): Simulated => {
  const { firstTouchAt, closedAt } = past.happened;
  const lead: Simulated = {
    ...EMPTY,
    ...held,
    leadId: past.id,
    n,
    at: past.at,
    counts: false,
    earlier: true,
    breachedBy: [],
    touched: firstTouchAt !== null && firstTouchAt <= from,
    provisional: held.owner !== null && held.clockStartsAt !== null && held.clockStartsAt > from,
    touchAt: firstTouchAt,
    closeAt: closedAt,
    releaseAt: null,
    lastAt: from,
  };
  world.enter(shareOf(lead));
  return lead;
};
