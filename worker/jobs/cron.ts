/** Every minute: sweep, kick what works in the background in case a kick was lost, and go on with what takes longer. */
import type { Env } from "../env.ts";
import type { Deps } from "../flows/deps.ts";
import { announce, depsFor, feedPort, kickBacktest } from "../ports.ts";
import { continueMoves } from "../flows/accounts.ts";
import { readFeeds } from "../flows/feeds.ts";
import { forgetImports } from "../flows/forget-imports.ts";
import { tendBacktests } from "../flows/backtest.ts";
import { rekey } from "../flows/rekey.ts";
import { replayPicks } from "../flows/replay.ts";
import { sendDigests } from "../flows/digests.ts";
import { forgetOld } from "../flows/retention.ts";
import { rollUp } from "../flows/rollup.ts";
import { watchNets } from "../flows/nets.ts";
import { sweep } from "../flows/sweep.ts";

/** What a minute's run may take for the roll-ups; a rebuild goes on in the next. */
const ROLL_UP_MS = 15_000;
const NETS_EVERY_MIN = 5;

const isNetsMinute = (now: number): boolean => Math.floor(now / 60_000) % NETS_EVERY_MIN === 0;

/** One that fails doesn't keep the others from running; the first failure is the run's. */
const eachApart = async (jobs: readonly (() => Promise<unknown>)[]): Promise<void> => {
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

const replay = async (deps: Deps): Promise<void> => {
  const { checked, mismatches } = await replayPicks(deps);
  if (mismatches.length > 0)
    console.error(JSON.stringify({ at: "replay", checked, mismatches: mismatches.slice(0, 5) }));
};

export const everyMinute = async (env: Env, context: ExecutionContext): Promise<void> => {
  const deps = depsFor(env, (work) => {
    context.waitUntil(work);
  });
  try {
    const swept = await sweep(deps);
    if (swept.caught + swept.clockless > 0) console.warn(JSON.stringify({ at: "sweep", ...swept }));
  } finally {
    await announce(env);
    await eachApart([
      () => continueMoves(deps),
      () => rekey(deps),
      () => forgetImports(deps),
      () => replay(deps),
      () => rollUp(deps, ROLL_UP_MS),
      () => (isNetsMinute(deps.now()) ? watchNets(deps) : Promise.resolve()),
      () => sendDigests(deps),
      () => forgetOld(deps),
      () => readFeeds(deps, feedPort(env)),
      () => tendBacktests(deps, (id) => kickBacktest(env, id)),
    ]);
  }
};
