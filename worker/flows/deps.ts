/** What flows are given: the database, the time, and ports to the objects (which call flows themselves). */
import type { Db } from "../store/db.ts";
import type { StoredFacts } from "../store/rows.ts";

/** A lead's own object. Arming is idempotent; an earlier wake wins. */
export interface ClockPort {
  arm(leadId: string, at: number): Promise<void>;
  /** Keeps a submission that the database couldn't take, durably, and finishes it later. */
  hold(leadId: string, pending: PendingSubmission): Promise<PendingReceipt>;
}

export interface PendingSubmission {
  request: CaptureRequest;
  heldAt: number;
  receipt: string;
}

export interface PendingReceipt {
  receipt: string;
  contentHash: string;
}

/** A validated request to capture, however it came in. */
export interface CaptureRequest {
  formKey: string;
  /** Named for server-to-server capture; null from a form. */
  source: string | null;
  submissionId: string;
  /** When it came in, where that was before now: a submission that its object held. */
  receivedAt?: number;
  fields: Record<string, unknown>;
  consent: unknown;
  page: Record<string, unknown>;
  attribution: Record<string, unknown>;
  edge: {
    country?: string | null;
    city?: string | null;
    region?: string | null;
    timezone?: string | null;
    language?: string | null;
  };
}

/** A request with everything that is derived from it before the database is asked. */
export interface Identified {
  request: CaptureRequest;
  key: string;
  facts: StoredFacts;
  emailNorm: string;
}

/** With what is only needed once the database has answered. */
export interface Submission extends Identified {
  contentHash: string;
  receipt: string;
}

export interface Deps {
  db: Db;
  clock: ClockPort;
  /** How many questions this invocation may still ask of the database; absent where nobody counts. */
  left?: () => number;
  /** Epoch milliseconds. */
  now(): number;
  uuid(): string;
  /** The receipt of a submission, by its key: unguessable, and the same on every try, whatever was lost in between. */
  receiptFor(key: string): Promise<string>;
  /** Something is owed to the outside or changed on the board: off the caller's path, coalesced. */
  announce(): void;
  /** Tells operators by a path without the database; the detail must not hold personal data. */
  alert(what: string, error: unknown): void;
  /** Work that outlives the answer. */
  defer(work: Promise<unknown>): void;
}

/** Deadlines nearer than this are armed before answering; the sweeper looks this far ahead. */
export const ARM_FIRST_WITHIN_MS = 120_000;

/** How often a write that lost a race is decided again before it is an error. */
export const MAX_TRIES = 12;
