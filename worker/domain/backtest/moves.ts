/** How a lead changes hands in a back-test, by the functions that move it in production: breach, absence, departure, overflow. */
import { ruleNamed, slaNamed, type Compiled, type Sla } from "../config/compiled.ts";
import { toCandidates } from "../routing/candidates.ts";
import { takeover } from "../routing/fallthrough.ts";
import { isAbsent, isFree, managerOf, situationOfHeld } from "../routing/held.ts";
import { pick } from "../routing/pick.ts";
import type { Candidate } from "../routing/plan-types.ts";
import type { Absence } from "./availability.ts";
import { change, MINUTE, planned, score, settle, type Moment } from "./settling.ts";
import type { PastLead, Simulated } from "./types.ts";

const slaOf = ({ slaId }: Simulated, compiled: Compiled): Sla => {
  const found = slaNamed(compiled, slaId);
  if (!found) throw new RangeError(`SLA policy ${slaId} is not in the document`);
  return found;
};

/** Who could take it from its owner. */
const takers = (moment: Moment, lead: Simulated, past: PastLead, cause: string): Candidate[] => {
  const { compiled, people, now } = moment;
  const situation = situationOfHeld(moment, score(moment, past), {
    ruleId: lead.ruleId,
    exclude: new Set([...lead.breachedBy, ...(lead.owner === null ? [] : [lead.owner])]),
    trace: null,
  });
  const options = takeover(situation, {
    rule: ruleNamed(compiled, lead.ruleId),
    ownerId: lead.owner,
    teamId: lead.team,
    managerId: managerOf(compiled, lead.owner, lead.team),
  });
  return toCandidates(options, {
    compiled,
    people,
    sla: slaOf(lead, compiled),
    now,
    visitorTimezone: past.timezone ?? compiled.document.workspace.timezone,
    hasPhone: past.hasPhone,
    ruleId: lead.ruleId,
    event: "lead.reassigned",
    cause,
    effects: [],
    untold: true,
    touched: null,
    standing: [],
    overflowing: lead.handOutAt !== null,
  });
};

/** The first touch didn't come in time: the lead moves on, or stays where nobody else is left, or its team has no room for it. */
export const breached = (moment: Moment, lead: Simulated, past: PastLead): void => {
  const owner = lead.owner;
  if (owner === null) return;
  const often = lead.breachedBy.length >= slaOf(lead, moment.compiled).maxReassignments;
  const candidates = lead.handOutAt !== null || often ? [] : takers(moment, lead, past, "breach");
  change(moment, lead, () => {
    lead.breachedBy.push(owner);
    const stays = candidates.every(({ person }) => person === owner);
    if (stays || !settle(moment, lead, past, candidates)) lead.settled = true;
  });
};

/** Its owner went away: it goes to somebody who is there, or stays. */
export const handedOver = (
  moment: Moment,
  lead: Simulated,
  past: PastLead,
  cause: Absence["cause"],
): void => {
  const candidates = takers(moment, lead, past, cause);
  if (candidates.every((each) => each.person === lead.owner || isAbsent(moment, each))) return;
  change(moment, lead, () => settle(moment, lead, past, candidates));
};

/** Whose owner left for good is routed as the policy would have it now. */
export const routedAgain = (moment: Moment, lead: Simulated, past: PastLead): void => {
  const plan = planned(moment, past, score(moment, past), {
    event: "lead.rerouted",
    relationship: null,
    overflowing: lead.handOutAt !== null,
    exclude: lead.breachedBy,
    skipQueues: moment.compiled.queues.keys(),
  });
  change(moment, lead, () => {
    lead.slaId = plan.slaId;
    lead.ruleId = plan.ruleId;
    lead.priority = plan.priority;
    settle(moment, lead, past, plan.candidates);
  });
};

/** A full team left it with its manager: goes to whoever has room by now, or is tried again in a minute. */
export const handedOut = (moment: Moment, lead: Simulated, past: PastLead): void => {
  const plan = planned(moment, past, score(moment, past), {
    event: "lead.rerouted",
    relationship: null,
    exclude: lead.breachedBy,
    skipQueues: moment.compiled.queues.keys(),
  });
  const free = plan.candidates.filter((candidate) => isFree(candidate, lead.owner));
  if (!pick(free, moment.world.loads())) lead.handOutAt = moment.now + MINUTE;
  else
    change(moment, lead, () => {
      lead.ruleId = plan.ruleId;
      settle(moment, lead, past, free);
    });
};
