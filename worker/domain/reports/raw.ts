/** A lead's raw records as the roll-ups read them, and what they make of it. Times are epoch milliseconds. */
import type { IncidentKind, LeadDimension, Measures, SketchName } from "../../../schema/reports.ts";

export interface RawEvent {
  at: number;
  type: string;
  actor: string;
  data: Record<string, unknown>;
}

export interface RawTouch {
  at: number;
  direction: string;
  channel: string;
  owned: boolean;
  covered: boolean;
  outcome: string | null;
  /** A provider's, a CRM's or a dialler's record says so; else whoever made it. */
  verified: boolean;
  /** When it became known here. */
  recordedAt: number;
}

export interface RawAssignment {
  personId: string | null;
  teamId: string | null;
  at: number;
  cause: string;
  /** Somebody was there to take it, and it wasn't whom the rule names. */
  second: boolean;
}

export interface RawSubmission {
  id: string;
  createdAt: number;
  promiseAt: number | null;
}

export interface RawOpportunity {
  createdAt: number;
  amount: number;
  /** Three capital letters; null where the CRM names none. */
  currency: string | null;
}

export interface RawLead {
  id: string;
  createdAt: number;
  formKey: string | null;
  source: string | null;
  /** The marketing channel of the visit. */
  channel: string | null;
  segment: string | null;
  score: number;
  status: string;
  open: boolean;
  stage: string;
  ownerId: string | null;
  teamId: string | null;
  accountId: string | null;
  policyVersion: number;
  acceptedAt: number | null;
  repliedAt: number | null;
  closedAt: number | null;
  /** Null while it has none. */
  code: string | null;
  /** Whether what the field's policy asks for was given. */
  complete: boolean;
  events: readonly RawEvent[];
  touches: readonly RawTouch[];
  assignments: readonly RawAssignment[];
  submissions: readonly RawSubmission[];
  /** Of its account, begun after it and before any later lead of the same account. */
  opportunities: readonly RawOpportunity[];
}

export interface Incident {
  kind: IncidentKind;
  at: number;
  person: string;
  code: string;
  other: string;
  ms: number | null;
}

export interface PromiseFact {
  submissionId: string;
  toldAt: number;
  /** The minute that was told. */
  promiseAt: number;
  touchedAt: number | null;
  lateMs: number | null;
  /** Its lead was closed in time: it is owed no more. */
  withdrawn: boolean;
}

/** What a lead comes to. */
export interface LeadFact {
  leadId: string;
  accountId: string | null;
  createdAt: number;
  open: boolean;
  lastActivityAt: number;
  dimensions: Record<LeadDimension, string>;
  score: number;
  /** Buckets of its durations; null where there is none yet. */
  sketches: Record<SketchName, number | null>;
  measures: Measures;
  incidents: Incident[];
  promises: PromiseFact[];
}
