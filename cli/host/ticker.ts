/** Calls the Worker's cron at once, so that what fell due while we were down is caught up, and then on every minute. */
import { setTimeout as sleep } from "node:timers/promises";
import { oneLine } from "./problem.ts";

const MINUTE = 60_000;
/** Ctrl-C reaches the runtime too, which may be gone a moment before we hear of it: that is no failure to tell of. */
const MAYBE_ENDING_MS = 200;

export interface Ticker {
  stop(): void;
}

/** A tick that takes longer than a minute delays the next one; two never run at once. */
export function startTicker(tick: (at: Date) => Promise<void>): Ticker {
  const ending = new AbortController();
  const run = async () => {
    while (!ending.signal.aborted) {
      await tick(new Date()).catch(async (error: unknown) => {
        await sleep(MAYBE_ENDING_MS);
        if (!ending.signal.aborted) console.error(`scheduled work failed: ${oneLine(error)}`);
      });
      await sleep(MINUTE - (Date.now() % MINUTE), undefined, { signal: ending.signal }).catch(
        () => undefined,
      );
    }
  };
  void run();
  return { stop: () => ending.abort() };
}
