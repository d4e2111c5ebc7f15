/** The leads of one shard whose deadlines have come, earliest first, each woken on its own. */
import { dueInShard, nextInShard } from "../store/clocks.ts";
import type { Deps } from "./deps.ts";
import { reasonOf, wake } from "./wake.ts";

export interface Shift {
  /** Leads that were looked at, with what failed. */
  woken: { leadId: string; errors: string[] }[];
  /** Epoch milliseconds; only told when nothing was due. Null: no open lead of the shard waits for anything. */
  nextDueAt: number | null;
}

const AT_ONCE = 40;
const PARALLEL = 4;

const wakeOne = async (deps: Deps, leadId: string): Promise<Shift["woken"][number]> => {
  try {
    return { leadId, errors: (await wake(deps, leadId)).errors };
  } catch (error) {
    return { leadId, errors: [reasonOf(error)] };
  }
};

/** `resting`: leads that failed a moment ago, and until when they are left alone. */
export const wakeShard = async (
  deps: Deps,
  shard: string,
  resting: ReadonlyMap<string, number>,
): Promise<Shift> => {
  const due = await dueInShard(deps.db, shard, deps.now(), [...resting.keys()], AT_ONCE);
  const woken: Shift["woken"] = [];
  for (let at = 0; at < due.length; at += PARALLEL)
    woken.push(...(await Promise.all(due.slice(at, at + PARALLEL).map((id) => wakeOne(deps, id)))));
  if (woken.length > 0) return { woken, nextDueAt: null };
  const next = await nextInShard(deps.db, shard, [...resting.keys()]);
  const waiting = [...resting.values(), ...(next === null ? [] : [next])];
  return { woken, nextDueAt: waiting.length > 0 ? Math.min(...waiting) : null };
};
