/** How far the reader's clock is off the server's, from samples of differing worth. Pure. */

export interface Sample {
  /** Server minus reader, in ms. */
  offset: number;
  /** Half of what the true value may be off: half the round trip, plus the stamp's own coarseness. */
  error: number;
  takenAt: number;
}

/** Kept samples grow stale: clocks drift, and laptops sleep. */
const DRIFT_PER_MS = 0.0005;

export function sampleOf(serverAt: number, sentAt: number, receivedAt: number, coarseMs: number): Sample {
  const middle = (sentAt + receivedAt) / 2;
  const error = (receivedAt - sentAt) / 2 + coarseMs / 2;
  return { offset: serverAt + coarseMs / 2 - middle, error, takenAt: receivedAt };
}

/** The better of two samples as of now; a kept one loses worth with its age. */
export function better(kept: Sample | null, fresh: Sample): Sample {
  if (!kept) return fresh;
  const aged = kept.error + Math.abs(fresh.takenAt - kept.takenAt) * DRIFT_PER_MS;
  const contradicts = Math.abs(kept.offset - fresh.offset) > aged + fresh.error;
  return fresh.error <= aged || contradicts ? fresh : kept;
}
