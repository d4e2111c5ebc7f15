/** Where production's own functions send a lead when these people are absent and, if asked, everybody is full. */
import type { Compiled } from "../../config/compiled.ts";
import { isActive, type People } from "../../routing/people.ts";
import { pick } from "../../routing/pick.ts";
import { planRoute } from "../../routing/plan.ts";
import type { Candidate, Loads, TraceStep } from "../../routing/plan-types.ts";
import type { LeadRead } from "./example.ts";

export interface Ending {
  ruleId: string | null;
  /** Null where nobody takes it. */
  winner: Candidate | null;
  /** Who answers for it: the owner, or the queue's steward. */
  human: string | null;
  active: boolean;
  lastResort: boolean;
  trace: TraceStep[];
}

const EMPTY: Loads = { awaiting: new Map(), open: new Map(), credits: new Map() };

/** Everybody holds more than any capacity. */
export const fullLoads = (compiled: Compiled): Loads => {
  const full = new Map([...compiled.people.keys()].map((id) => [id, Number.MAX_SAFE_INTEGER]));
  return { awaiting: full, open: full, credits: new Map() };
};

/** A lead as policies see it goes to whom they say. */
export const routeRead = (
  compiled: Compiled,
  people: People,
  { scored, timezone, hasPhone }: LeadRead,
  at: number,
  loads: Loads = EMPTY,
): Ending => {
  const plan = planRoute({
    compiled,
    people,
    scored,
    relationship: null,
    now: at,
    visitorTimezone: timezone,
    hasPhone,
    event: "lead.assigned",
    cause: "capture",
    effects: [],
  });
  const winner = pick(plan.candidates, loads)?.candidate ?? null;
  const human = winner ? (winner.person ?? winner.steward) : null;
  return {
    ruleId: plan.ruleId,
    winner,
    human,
    active: human !== null && isActive(compiled, people, human),
    lastResort: winner?.way === "lastResort",
    trace: plan.trace,
  };
};
