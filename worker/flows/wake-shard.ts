/** The leads of one shard whose deadlines have come, earliest first, each woken on its own. */
import { waitingInShard, type Waiting } from "../store/clocks.ts";
import { breathe } from "./breathe.ts";
import { hasRoom, WAKE_NEEDS, WOKEN_AT_ONCE } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { openTeams } from "./open-teams.ts";
import { reasonOf, wake } from "./wake.ts";

interface Woken {
  leadId: string;
  errors: string[];
  nextDueAt: number | null;
}

export interface Shift {
  /** Leads that were looked at, with what failed. */
  woken: Woken[];
  /** More may be due: look again at once. */
  again: boolean;
  /** Epoch milliseconds; null: no open lead of the shard waits for anything. Leads armed meanwhile aren't in it. */
  nextDueAt: number | null;
}

const PARALLEL = 4;
const LOOK_AGAIN_MS = 1_000;

const wakeOne = async (deps: Deps, leadId: string): Promise<Woken> => {
  try {
    const { errors, nextDueAt } = await wake(deps, leadId);
    return { leadId, errors, nextDueAt };
  } catch (error) {
    return { leadId, errors: [reasonOf(error)], nextDueAt: null };
  }
};

/** `resting`: leads that failed a moment ago, and until when they are left alone. */
export const wakeShard = async (
  deps: Deps,
  shard: string,
  resting: ReadonlyMap<string, number>,
): Promise<Shift> => {
  const ask = (opening: readonly string[]) =>
    waitingInShard(deps.db, shard, [...resting.keys()], WOKEN_AT_ONCE + 1, opening);
  const dueOf = (leads: readonly Waiting[]): Waiting[] =>
    leads.slice(0, WOKEN_AT_ONCE).filter(({ dueAt }) => dueAt <= deps.now());
  let waiting = await ask([]);
  let busy: readonly string[] = [];
  if (dueOf(waiting).some(({ provisional }) => provisional)) {
    busy = await openTeams(deps, (id) => wakeOne(deps, id));
    waiting = await ask(busy);
  }
  const due = dueOf(waiting);
  const woken: Woken[] = [];
  for (let at = 0; at < due.length && (at === 0 || hasRoom(deps, PARALLEL * WAKE_NEEDS)); at += PARALLEL) {
    woken.push(...(await Promise.all(due.slice(at, at + PARALLEL).map(({ id }) => wakeOne(deps, id)))));
    await breathe();
  }
  const times = [
    ...waiting.slice(due.length).map(({ dueAt }) => dueAt),
    ...woken.map(({ nextDueAt }) => nextDueAt).filter((at) => at !== null),
    ...resting.values(),
    // Whose opening somebody else is at have their next deadlines then.
    ...(busy.length > 0 ? [deps.now() + LOOK_AGAIN_MS] : []),
  ];
  return {
    woken,
    again:
      due.length === WOKEN_AT_ONCE ||
      woken.length < due.length ||
      woken.some(({ errors }) => errors.length > 0),
    nextDueAt: times.length > 0 ? Math.min(...times) : null,
  };
};
