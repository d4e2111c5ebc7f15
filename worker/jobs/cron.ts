/** Every minute: sweep, kick what works in the background in case a kick was lost, and go on with what takes longer. */
import type { Env } from "../env.ts";
import { allApart, inTurn } from "../flows/apart.ts";
import { budgeted, hasRoom } from "../flows/budget.ts";
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

const replay = async (deps: Deps): Promise<void> => {
  const { checked, mismatches } = await replayPicks(deps);
  if (mismatches.length > 0)
    console.error(JSON.stringify({ at: "replay", checked, mismatches: mismatches.slice(0, 5) }));
};

/** What a job must find left of the minute's questions to the database to begin at all. */
const A_JOB = 50;

export const everyMinute = async (env: Env, context: ExecutionContext): Promise<void> => {
  const deps = budgeted(
    depsFor(env, (work) => {
      context.waitUntil(work);
    }),
  );
  const jobs: (() => Promise<unknown>)[] = [
    () => continueMoves(deps),
    () => rekey(deps),
    () => forgetImports(deps),
    () => replay(deps),
    () => (isNetsMinute(deps.now()) ? watchNets(deps) : Promise.resolve()),
    () => sendDigests(deps),
    () => forgetOld(deps),
    () => tendBacktests(deps, (id) => kickBacktest(env, id)),
  ];
  // Roll-ups take whatever is left, and calendars wait for other people's servers.
  const last = [() => rollUp(deps, ROLL_UP_MS), () => readFeeds(deps, feedPort(env))];
  try {
    const swept = await sweep(deps);
    if (swept.caught + swept.clockless > 0) console.warn(JSON.stringify({ at: "sweep", ...swept }));
  } finally {
    await announce(env);
    const all = [...inTurn(jobs, deps.now()), ...last];
    await allApart(all.map((job) => async () => (hasRoom(deps, A_JOB) ? job() : null)));
  }
};
