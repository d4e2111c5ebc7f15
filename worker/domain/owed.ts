/** What the outbox owes to the outside, as it is read and as it is carried out. Times are epoch milliseconds. */

/** An effect owed: a row of the outbox. */
export interface Owed {
  id: string;
  kind: string;
  channel: string;
  leadId: string | null;
  seq: number | null;
  recipient: string;
  data: Record<string, unknown>;
  /** Begun, this one included. */
  attempts: number;
  createdAt: number;
}

/** The assignment that an effect speaks of. */
export interface OwedAssignment {
  seq: number;
  personId: string | null;
  stewardId: string | null;
  teamId: string | null;
  cause: string;
  reason: string;
  dueAt: number | null;
}
