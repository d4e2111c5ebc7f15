/** Every minute: sweep, kick what works in the background in case a kick was lost, and go on with what takes longer. */
import type { Env } from "../env.ts";
import { announce, depsFor } from "../ports.ts";
import { continueMoves } from "../flows/accounts.ts";
import { forgetImports } from "../flows/forget-imports.ts";
import { rekey } from "../flows/rekey.ts";
import { replayPicks } from "../flows/replay.ts";
import { sweep } from "../flows/sweep.ts";

export const everyMinute = async (env: Env, context: ExecutionContext): Promise<void> => {
  const deps = depsFor(env, (work) => {
    context.waitUntil(work);
  });
  try {
    const swept = await sweep(deps);
    if (swept.caught + swept.clockless > 0) console.warn(JSON.stringify({ at: "sweep", ...swept }));
  } finally {
    await announce(env);
    await continueMoves(deps);
    await rekey(deps);
    await forgetImports(deps);
    const { checked, mismatches } = await replayPicks(deps);
    if (mismatches.length > 0)
      console.error(JSON.stringify({ at: "replay", checked, mismatches: mismatches.slice(0, 5) }));
  }
};
