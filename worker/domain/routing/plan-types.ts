/** What a routing decision is made of: an ordered plan of candidates, and the trace that explains it. */
import type { EventType } from "../../../schema/events.ts";
import type { Way } from "../../../schema/wire/policy.ts";
import type { Acknowledgement } from "../../../schema/wire/capture.ts";
import type { Timer } from "../sla/timers.ts";

export interface TraceStep {
  step: string;
  outcome: string;
  /** A sentence a manager understands. */
  detail: string;
  [more: string]: unknown;
}

/** An effect owed to the outside when this candidate wins; who hears is resolved at delivery. */
export interface Effect {
  kind: string;
  channel: "email" | "webhook";
  recipient: string;
  data?: Record<string, unknown>;
}

/**
 * One way the lead may go. Candidates of the lowest tier that has room compete in rotation. Everything that follows
 * from winning is here, so the winner can be picked in the database and written in the same statement.
 */
export interface Candidate {
  tier: number;
  person: string | null;
  personName: string | null;
  backup: string | null;
  team: string | null;
  queue: string | null;
  steward: string | null;
  /** The team whose credits the pick moves; null where no rotation takes part. */
  rotation: string | null;
  weight: number;
  /** Bounds that bind this candidate: leads awaiting first touch, open leads. Null: none. */
  capacity: number | null;
  activeLeads: number | null;
  /** The person's own capacity, told also where it doesn't bind: who is given more than that is traced. */
  limit: number | null;
  /** Held by somebody no capacity binds, because those before were full when their window opened. */
  overflow: boolean;
  /** Set for a queue: whether whoever waits there is kept apart. */
  quarantined?: boolean;
  provisional: boolean;
  target: string;
  reason: string;
  /** Which step of the fall-through it is, for counts. */
  way: Way;
  clockStartsAt: number | null;
  firstTouchDueAt: number | null;
  promiseAt: number | null;
  nextActionAt: number | null;
  timers: Timer[];
  nextDueAt: number | null;
  acknowledgement: Acknowledgement;
  event: { type: EventType; data: Record<string, unknown> };
  effects: Effect[];
}

export interface Plan {
  ruleId: string | null;
  slaId: string;
  priority: number;
  tags: string[];
  candidates: Candidate[];
  trace: TraceStep[];
}

/** Loads and credits as the pick saw them. */
export interface Loads {
  awaiting: ReadonlyMap<string, number>;
  open: ReadonlyMap<string, number>;
  /** Credit in leads, by `team\u0000person`. */
  credits: ReadonlyMap<string, number>;
}

/** One of those the pick looked at: everybody down to the tier that won. Stored, so that the pick can be made again. */
export interface Considered {
  tier: number;
  person: string | null;
  /** The team in whose rotation they stand at this tier. */
  rotation: string | null;
  weight: number;
  credit: number;
  /** Leads awaiting first touch; null where no limit is known. */
  awaiting: number | null;
  /** Open leads; null where no limit is known. */
  open: number | null;
  /** Bounds that bind here. */
  capacity: number | null;
  activeLeads: number | null;
  room: boolean;
}
