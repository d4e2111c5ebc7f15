/** How a lead really went, from its assignments and events. */
import type { Happened } from "./types.ts";

export interface PastAssignment {
  at: number;
  person: string | null;
  queue: string | null;
  team: string | null;
  ruleId: string | null;
  cause: string;
  provisional: boolean;
  clockStartsAt: number | null;
  promiseAt: number | null;
}

export interface PastFacts {
  /** In order; the first is the one made at capture. */
  assignments: readonly PastAssignment[];
  breachedBy: readonly string[];
  firstTouchAt: number | null;
  closedAt: number | null;
  invalid: boolean;
  /** A person corrected its match or data, so it was decided on something else. */
  corrected: boolean;
}

/** What the policy does by itself; everything else somebody did. */
const BY_POLICY = new Set([
  "capture",
  "opening",
  "breach",
  "release",
  "away",
  "on time off",
  "deactivated",
  "capacity",
]);

/** Its first owner who kept it beyond the opening, or answered before. */
const firstOwned = ({ assignments, firstTouchAt }: PastFacts): PastAssignment | null =>
  assignments.find(({ person, provisional, clockStartsAt }, at) => {
    if (person === null) return false;
    const next = assignments[at + 1];
    if (!provisional || !next || (firstTouchAt !== null && firstTouchAt <= next.at)) return true;
    return next.cause !== "opening" && next.at > (clockStartsAt ?? next.at);
  }) ?? null;

export const happenedOf = (facts: PastFacts): Happened => {
  const { assignments } = facts;
  const owned = firstOwned(facts);
  const before = owned === null ? assignments : assignments.slice(0, assignments.indexOf(owned));
  return {
    owner: owned?.person ?? null,
    team: owned?.team ?? null,
    queue: before.find(({ queue }) => queue !== null)?.queue ?? null,
    ruleId: assignments[0]?.ruleId ?? null,
    clockStartsAt: owned?.clockStartsAt ?? null,
    promiseAt: assignments[0]?.promiseAt ?? null,
    firstTouchAt: facts.firstTouchAt,
    closedAt: facts.closedAt,
    releasedAt: assignments.find(({ cause }) => cause === "release")?.at ?? null,
    breachedBy: [...facts.breachedBy],
    invalid: facts.invalid,
    lastOwner: assignments.at(-1)?.person ?? null,
    intervened: facts.corrected || assignments.some(({ cause }) => !BY_POLICY.has(cause)),
  };
};
