/**
 * The life of a lead as two tables of moves. Code refuses what isn't in them, docs/life.md prints them, a test compares: so
 * they can't disagree.
 */

export const STATUSES = [
  "new",
  "working",
  "scheduled",
  "qualified",
  "disqualified",
  "recycled",
  "quarantined",
] as const;
export type Status = (typeof STATUSES)[number];

export const STAGES = ["inquiry", "mql", "sal", "sql", "opportunity", "rejected", "recycled"] as const;
export type Stage = (typeof STAGES)[number];

type Moves<T extends string> = Readonly<Record<T, Readonly<Partial<Record<T, string>>>>>;

const CLOSE = "disposition";
const RETURN = "return";

/** From, to, and what makes the move. */
export const STATUS_MOVES: Moves<Status> = {
  new: {
    quarantined: "routing",
    working: "touch",
    scheduled: CLOSE,
    qualified: CLOSE,
    disqualified: CLOSE,
    recycled: CLOSE,
  },
  working: { scheduled: CLOSE, qualified: CLOSE, disqualified: CLOSE, recycled: CLOSE },
  scheduled: { scheduled: CLOSE, qualified: CLOSE, disqualified: CLOSE, recycled: CLOSE },
  quarantined: {
    new: "release or a new owner",
    working: "touch",
    scheduled: CLOSE,
    qualified: CLOSE,
    disqualified: CLOSE,
    recycled: CLOSE,
  },
  qualified: {},
  disqualified: {},
  recycled: { new: RETURN, quarantined: RETURN },
};

/** Forward as far as the conditions allow; back to marketing by a disposition alone; in again from there. */
export const STAGE_MOVES: Moves<Stage> = {
  inquiry: {
    mql: "stage or handoff",
    sal: "accept, stage or handoff",
    sql: "stage, handoff or disposition",
    opportunity: "stage or handoff",
    rejected: CLOSE,
    recycled: CLOSE,
  },
  mql: {
    sal: "accept, stage or handoff",
    sql: "stage, handoff or disposition",
    opportunity: "stage or handoff",
    rejected: CLOSE,
    recycled: CLOSE,
  },
  sal: {
    sql: "stage, handoff or disposition",
    opportunity: "stage or handoff",
    rejected: CLOSE,
    recycled: CLOSE,
  },
  sql: { opportunity: "stage or handoff", rejected: CLOSE, recycled: CLOSE },
  opportunity: { rejected: CLOSE, recycled: CLOSE },
  rejected: {},
  recycled: { inquiry: RETURN },
};

const inWords = (targets: readonly string[]): string =>
  targets.length === 0 ? "nothing: it is final" : targets.join(", ");

/** Null where the table has the move (or nothing would change); else why not, with the moves there are. */
export const refusedMove = <T extends string>(
  moves: Moves<T>,
  kind: "status" | "stage",
  from: T,
  to: T,
): string | null =>
  from === to || moves[from][to] !== undefined
    ? null
    : `A lead doesn't go from ${kind} ${from} to ${to}. From ${from} it goes to ${inWords(Object.keys(moves[from]))}.`;
