/**
 * The clocks' objects as the test plays them: when each shard's alarm goes off is written down here, so that a random day can ask
 * whether every lead has one, and none rings by itself because the machine's own date is later than the day's.
 */
import type { Env } from "../../../worker/env.ts";
import { wakeShard } from "../../../worker/flows/wake-shard.ts";
import { clockPort, depsFor } from "../../../worker/ports.ts";
import { SHARDS } from "../../../worker/store/clocks.ts";
import { undispatched } from "./outbox.ts";
import { testEnv } from "./workspace.ts";

const RETRY_MS = 2_000;
const alarms = new Map<string, number>();

const arm = (shard: string, at: number): void => {
  alarms.set(shard, Math.min(alarms.get(shard) ?? Number.POSITIVE_INFINITY, at));
};

/** Nobody delivers, and clocks ring when the test says so. It always answers that it is awake, so nothing is remembered of it. */
export const ticking = {
  ...undispatched,
  LEAD_CLOCK: {
    getByName: () => ({
      arm: (shard: string, at: number) => {
        arm(shard, at);
        return Promise.resolve(null);
      },
    }),
  },
} as unknown as Env;

/** No alarm is set, and whatever this isolate knew of any is forgotten. */
export const startClocks = async (): Promise<void> => {
  for (const shard of SHARDS) await clockPort(ticking).arm(shard, Date.now());
  alarms.clear();
};

/** A shard's alarm: what worker/durable/lead-clock.ts does with it. */
export const ring = async (env: Env, shard: string, now: number): Promise<void> => {
  const deps = depsFor(env, () => undefined);
  alarms.delete(shard);
  let next: number | null = now + RETRY_MS;
  try {
    const shift = await wakeShard(
      { ...deps, clock: { ...deps.clock, arm: () => Promise.resolve() } },
      shard,
      new Map(),
    );
    next = shift.again ? now : shift.nextDueAt;
  } finally {
    if (next !== null) arm(shard, next);
  }
};

/** Open leads whose shard won't ring in time for them; those due later than `until` left aside. */
export const unarmed = async (until = Number.MAX_SAFE_INTEGER): Promise<string[]> => {
  const { results } = await testEnv.DB.prepare(
    "SELECT id, shard, next_due_at AS dueAt FROM leads WHERE open = 1 AND next_due_at <= ?1 ORDER BY id",
  )
    .bind(until)
    .all<{ id: string; shard: string; dueAt: number }>();
  return results
    .filter(
      ({ shard, dueAt }) => !((alarms.get(shard) ?? Number.POSITIVE_INFINITY) <= Math.max(dueAt, Date.now())),
    )
    .map(({ id }) => id);
};
