/** How a lead changes hands in a back-test, by the functions that move it in production: breach, absence, departure, overflow. */
import type { Compiled, Sla } from "../config/compiled.ts";
import { toCandidates } from "../routing/candidates.ts";
import type { Scored } from "../routing/facts.ts";
import { takeover } from "../routing/fallthrough.ts";
import type { Situation } from "../routing/options.ts";
import { standingOf } from "../routing/people.ts";
import { pick } from "../routing/pick.ts";
import type { Candidate } from "../routing/plan-types.ts";
import { isExistingBusiness, requirements } from "../routing/requirements.ts";
import type { Absence } from "./availability.ts";
import { change, MINUTE, planned, score, settle, type Moment } from "./settling.ts";
import type { PastLead, Simulated } from "./types.ts";

const situationOf = (
  moment: Moment,
  lead: Simulated,
  scored: Scored,
  exclude: ReadonlySet<string>,
): Situation => {
  const rule = moment.compiled.document.routing.rules.find(({ id }) => id === lead.ruleId) ?? null;
  return {
    compiled: moment.compiled,
    people: moment.people,
    facts: scored.facts,
    territoryIndex: scored.territory?.index ?? null,
    now: moment.now,
    ...requirements(rule, scored.facts),
    exclude,
    existingBusiness: isExistingBusiness(scored.facts),
    skipQueues: new Set(),
    trace: null,
  };
};

const slaOf = ({ slaId }: Simulated, { sla, document }: Compiled): Sla => {
  const found = sla.get(slaId) ?? sla.get(document.routing.defaultSla);
  if (!found) throw new RangeError(`SLA policy ${slaId} is not in the document`);
  return found;
};

/** Who could take it from its owner. */
const takers = (moment: Moment, lead: Simulated, past: PastLead, cause: string): Candidate[] => {
  const { compiled, people, now } = moment;
  const { document } = compiled;
  const owner = lead.owner === null ? undefined : compiled.people.get(lead.owner);
  const team = lead.team === null ? undefined : compiled.teams.get(lead.team);
  const manager = owner?.manager ?? team?.manager ?? null;
  const rule = [...document.routing.rules, ...document.suppression].find(({ id }) => id === lead.ruleId);
  const exclude = new Set([...lead.breachedBy, ...(lead.owner === null ? [] : [lead.owner])]);
  const options = takeover(situationOf(moment, lead, score(moment, past), exclude), {
    backup: rule?.backup ?? null,
    teamId: lead.team,
    managerId: manager === lead.owner ? null : manager,
  });
  return toCandidates(options, {
    compiled,
    people,
    sla: slaOf(lead, compiled),
    now,
    visitorTimezone: past.timezone ?? document.workspace.timezone,
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

/** The first touch didn't come in time: the lead moves on, or stays where nobody else is left. */
export const breached = (moment: Moment, lead: Simulated, past: PastLead): void => {
  const owner = lead.owner;
  if (owner === null) return;
  const often = lead.breachedBy.length >= slaOf(lead, moment.compiled).maxReassignments;
  const candidates = often ? [] : takers(moment, lead, past, "breach");
  change(moment, lead, () => {
    lead.breachedBy.push(owner);
    const stays = candidates.every(({ person }) => person === owner);
    if (stays || !settle(moment, lead, past, candidates)) lead.settled = true;
    else lead.moves++;
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
  const useful = candidates.some(({ person, team }) => {
    if (person === lead.owner) return false;
    if (person === null) return true;
    const { kind } = standingOf(moment.compiled, moment.people, person, team, moment.now);
    return kind === "available" || kind === "off_shift";
  });
  if (!useful) return;
  change(moment, lead, () => {
    if (settle(moment, lead, past, candidates)) lead.moves++;
  });
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
    if (settle(moment, lead, past, plan.candidates)) lead.moves++;
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
  const free = plan.candidates.filter(
    ({ capacity, activeLeads, provisional, person }) =>
      (capacity !== null || activeLeads !== null) && !provisional && person !== lead.owner,
  );
  if (!pick(free, moment.world.loads())) lead.handOutAt = moment.now + MINUTE;
  else
    change(moment, lead, () => {
      lead.ruleId = plan.ruleId;
      if (settle(moment, lead, past, free)) lead.moves++;
    });
};
