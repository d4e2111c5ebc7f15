/** How a decision is made and written down in the world of a back-test: plan, the pick's twin, the lead's columns after it. */
import type { Compiled } from "../config/compiled.ts";
import { assembleFacts, type Scored } from "../routing/facts.ts";
import type { People } from "../routing/people.ts";
import { pick } from "../routing/pick.ts";
import { planRoute } from "../routing/plan.ts";
import type { Candidate, Plan } from "../routing/plan-types.ts";
import type { relationshipOf } from "../routing/relationship.ts";
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

export const score = ({ compiled, now }: Moment, past: PastLead): Scored =>
  assembleFacts(compiled, past.known, now);

type Event = "lead.assigned" | "lead.opened" | "lead.rerouted";

export const planned = (
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
    untold: true,
    exclude: new Set(about.exclude),
    skipQueues: new Set(about.skipQueues),
    overflowing: about.overflowing,
    queued: about.event === "lead.assigned" ? moment.world.queued() : undefined,
  });

export const EMPTY: Omit<Simulated, "leadId" | "n" | "at" | "counts" | "closeAt" | "releaseAt"> = {
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
  clockStartsAt: null,
  dueAt: null,
  promiseAt: null,
  firstOwner: null,
  firstTeam: null,
  firstQueue: null,
  firstRule: null,
  breachedBy: [],
  settled: false,
  touchAt: null,
  handOutAt: null,
  invalid: false,
  lastAt: 0,
};

/** Once it has an owner who isn't provisional, that is who it is told to have gone to. */
export const noteFirst = (lead: Simulated): void => {
  if (lead.firstOwner !== null || lead.owner === null || lead.provisional) return;
  lead.firstOwner = lead.owner;
  lead.firstTeam = lead.team;
};

export const MINUTE = 60_000;

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
  lead.clockStartsAt = chosen.clockStartsAt;
  lead.dueAt = chosen.firstTouchDueAt;
  lead.settled = false;
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
export const settle = (
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

export const decide = (moment: Moment, lead: Simulated, work: () => void): void => {
  work();
  lead.lastAt = moment.now;
  moment.world.enter(shareOf(lead));
};

/** Runs a change of a lead; meanwhile it takes up no room, so that it doesn't count against who has it. */
export const change = (moment: Moment, lead: Simulated, work: () => void): void => {
  moment.world.leave(shareOf(lead));
  decide(moment, lead, work);
};
