/** Work of many parts, one after another, in which one that fails keeps no other from being done. */
import { reasonOf } from "./wake.ts";

/** `about` holds ids, never anything a person said. */
export const logged = (at: string, error: unknown, about: Record<string, string> = {}): void => {
  console.error(JSON.stringify({ at, reason: reasonOf(error), ...about }));
};

/** Items alike, such as leads: a failure is logged with its item's id, and the next one's turn comes. */
export const eachApart = async <T>(
  at: string,
  items: Iterable<T>,
  job: (item: T) => Promise<unknown>,
  idOf: (item: T) => string,
): Promise<void> => {
  for (const item of items) {
    try {
      await job(item);
    } catch (error) {
      logged(at, error, { id: idOf(item) });
    }
  }
};

/** Jobs of their own: when all have had their turn, the first failure is the caller's. */
export const allApart = async (jobs: readonly (() => Promise<unknown>)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const job of jobs) {
    try {
      await job();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};

const MINUTE = 60_000;

/** Each minute another begins, so that none is always the one for which nothing is left. */
export const inTurn = <T>(parts: readonly T[], now: number): T[] => {
  const first = Math.floor(now / MINUTE) % parts.length;
  return [...parts.slice(first), ...parts.slice(0, first)];
};
