/** What a routing decision is made of: an ordered plan of candidates, and the trace that explains it. */
import type { EventType } from "../../../schema/events.ts";
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
  provisional: boolean;
  target: string;
  reason: string;
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

export interface Considered {
  person: string | null;
  weight: number;
  credit: number;
  awaiting: number;
}
