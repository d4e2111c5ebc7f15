/**
 * A lead's life under the document that is tried, step by step, by the same functions that decide in production: facts, plan,
 * the pick's twin, takeover. Pure but for the world it moves on.
 */
import type { Compiled, Sla } from "../config/compiled.ts";
import { assembleFacts, type Scored } from "../routing/facts.ts";
import { takeover } from "../routing/fallthrough.ts";
import type { Situation } from "../routing/options.ts";
import { standingOf, type People } from "../routing/people.ts";
import { pick } from "../routing/pick.ts";
import { planRoute } from "../routing/plan.ts";
import type { Candidate, Plan } from "../routing/plan-types.ts";
import { relationshipOf, type Standing } from "../routing/relationship.ts";
import { isExistingBusiness, requirements } from "../routing/requirements.ts";
import { toCandidates } from "../routing/candidates.ts";
import type { Absence } from "./availability.ts";
import { touchedAt } from "./response.ts";
import type { PastLead, Simulated } from "./types.ts";
import { shareOf, type World } from "./world.ts";

export interface Moment {
  compiled: Compiled;
  /** As of `now`. */
  people: People;
  world: World;
  now: number;
}

const score = ({ compiled, now }: Moment, past: PastLead): Scored => assembleFacts(compiled, past.known, now);

type Event = "lead.assigned" | "lead.opened" | "lead.rerouted";

const planned = (
  moment: Moment,
  past: PastLead,
  scored: Scored,
  about: {
    event: Event;
    relationship: ReturnType<typeof relationshipOf>;
    exclude?: readonly string[];
    skipQueues?: Iterable<string>;
    overflowing?: boolean;
  },
): Plan =>
  planRoute({
    compiled: moment.compiled,
    people: moment.people,
    scored,
    relationship: about.relationship,
    now: moment.now,
    visitorTimezone: past.timezone ?? moment.compiled.document.workspace.timezone,
    hasPhone: past.hasPhone,
    event: about.event,
    cause: "backtest",
    effects: [],
    exclude: new Set(about.exclude),
    skipQueues: new Set(about.skipQueues),
    overflowing: about.overflowing,
    queued: about.event === "lead.assigned" ? moment.world.queued() : undefined,
  });

const EMPTY: Omit<Simulated, "leadId" | "n" | "at" | "counts" | "closeAt" | "releaseAt"> = {
  earlier: false,
  open: true,
  touched: false,
  provisional: false,
  owner: null,
  team: null,
  queue: null,
  ruleId: null,
  target: "",
  reason: "nobody is active",
  slaId: "",
  priority: 0,
  score: 0,
  rotation: null,
  assigned: 0,
  assignedAt: 0,
  clockStartsAt: null,
  dueAt: null,
  promiseAt: null,
  firstOwner: null,
  firstTeam: null,
  firstQueue: null,
  firstRule: null,
  breachedBy: [],
  moves: 0,
  settled: false,
  touchAt: null,
  handOutAt: null,
  invalid: false,
  lastAt: 0,
};

/** Once it has an owner who isn't provisional, that is who it is told to have gone to. */
const noteFirst = (lead: Simulated): void => {
  if (lead.firstOwner !== null || lead.owner === null || lead.provisional) return;
  lead.firstOwner = lead.owner;
  lead.firstTeam = lead.team;
};

const MINUTE = 60_000;

/** The winner's columns, as the database copies them to the lead. */
const follow = (moment: Moment, lead: Simulated, past: PastLead, chosen: Candidate): void => {
  lead.owner = chosen.person;
  lead.team = chosen.team;
  lead.queue = chosen.queue;
  lead.provisional = chosen.provisional;
  lead.target = chosen.target;
  lead.reason = chosen.reason;
  lead.rotation = chosen.rotation;
  lead.assigned++;
  lead.handOutAt = chosen.overflow ? moment.now + MINUTE : null;
  lead.assignedAt = moment.now;
  lead.clockStartsAt = chosen.clockStartsAt;
  lead.dueAt = chosen.firstTouchDueAt;
  if (lead.queue !== null && lead.firstOwner === null) lead.firstQueue ??= lead.queue;
  // Who takes over finds the visitor already waiting: the answer comes when it comes.
  if (lead.firstOwner === null) {
    const clock =
      chosen.person === null
        ? null
        : { owner: chosen.person, team: chosen.team, startsAt: chosen.clockStartsAt };
    lead.touchAt = touchedAt(moment.compiled, past.happened, clock);
  }
  noteFirst(lead);
};

/** Picks among the candidates and writes it down; null where nobody is active at all. */
const settle = (
  moment: Moment,
  lead: Simulated,
  past: PastLead,
  candidates: readonly Candidate[],
): Candidate | null => {
  const { world } = moment;
  const picked = pick(candidates, world.loads());
  if (!picked) return null;
  world.charge(picked);
  follow(moment, lead, past, picked.candidate);
  return picked.candidate;
};

const decide = (moment: Moment, lead: Simulated, work: () => void): void => {
  work();
  lead.lastAt = moment.now;
  moment.world.enter(shareOf(lead));
};

/** Runs a change of a lead; meanwhile it takes up no room, so that it doesn't count against who has it. */
const change = (moment: Moment, lead: Simulated, work: () => void): void => {
  moment.world.leave(shareOf(lead));
  decide(moment, lead, work);
};

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

/** Named by the rule that routed it (not by a relationship, a breach or a manager since): capacity binds them. */
const namedByRule = ({ compiled }: Moment, { ruleId, assigned }: Simulated): boolean => {
  const to = compiled.document.routing.rules.find(({ id }) => id === ruleId)?.to;
  return assigned === 1 && to !== undefined && ("person" in to || "territory" in to);
};

/** The window opened: who was chosen keeps it if they are there (and not full); a rotation picks again. */
export const opened = (moment: Moment, lead: Simulated, past: PastLead | null): void => {
  const { compiled, people, now } = moment;
  const there =
    lead.owner !== null && standingOf(compiled, people, lead.owner, lead.team, now).kind === "available";
  const confirmed =
    past === null || (!lead.target.startsWith("team:") && there && !namedByRule(moment, lead));
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
    settle(moment, lead, past, plan.candidates);
  });
};

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
    trace: [],
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
