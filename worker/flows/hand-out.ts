/**
 * What overflowed at an opening is with a manager until capacity frees; each minute as much is handed out as there is room
 * for, the most urgent first.
 */
import { isFree } from "../domain/routing/held.ts";
import { pick } from "../domain/routing/pick.ts";
import type { Loads } from "../domain/routing/plan-types.ts";
import { loadStatements, toLoads } from "../store/loads.ts";
import { isNobody } from "../store/change.ts";
import { readEnforcement } from "../store/enforcement.ts";
import { overflowing } from "../store/openings.ts";
import { logged } from "./apart.ts";
import type { Deps } from "./deps.ts";
import { save, withLead, type Hand } from "./hand.ts";
import { planHand } from "./plan-hand.ts";

const MOST = 100;

const readLoads = async ({ db }: Deps): Promise<Loads> => {
  const [awaiting, open, credits] = await db.batch<Record<string, unknown>>(loadStatements(db));
  return toLoads(awaiting?.results ?? [], open?.results ?? [], credits?.results ?? []);
};

const planFor = (hand: Hand) =>
  planHand(hand, {
    event: "lead.rerouted",
    cause: "capacity",
    effects: [{ kind: "lead.taken", channel: "email", recipient: "previous" }],
    skipQueues: new Set(hand.compiled.queues.keys()),
  });

/** Who got it; null where nobody has room. `loads` is what people held when this run began, and what it gave since. */
const handOne = async (deps: Deps, leadId: string, loads: Loads): Promise<string | null> => {
  const outcome = await withLead<string | null>(deps, leadId, async (hand) => {
    const { lead } = hand;
    const none = { ok: true, value: null } as const;
    // It may have been given to somebody by name since it was listed.
    if (!lead.open || !lead.overflow || lead.firstTouchAt !== null || lead.provisional) return none;
    const plan = planFor(hand);
    const candidates = plan.candidates.filter((candidate) => isFree(candidate, lead.ownerId));
    if (!pick(candidates, loads)) return none;
    // Should the room be gone by now, nothing is written: it stays where it is, to be handed out.
    const { chosen } = await save(hand, {
      actor: "system",
      set: { accepted_at: null, warned_at: null },
      assignment: { cause: "capacity", ...plan, candidates, restartClock: true },
    });
    return { ok: true, value: chosen?.person ?? null };
  });
  return outcome.ok ? outcome.value : null;
};

/** One that fails doesn't keep the others waiting. */
const tried = async (deps: Deps, leadId: string, loads: Loads): Promise<string | null> => {
  try {
    return await handOne(deps, leadId, loads);
  } catch (error) {
    if (!isNobody(error)) logged("hand-out", error, { leadId });
    return null;
  }
};

const oneMore = (counts: Map<string, number>, person: string): void => {
  counts.set(person, (counts.get(person) ?? 0) + 1);
};

/** Each minute; answers how many found an owner. */
export const handOut = async (deps: Deps, most = MOST): Promise<number> => {
  const waiting = await overflowing(deps.db, deps.now(), most);
  if (waiting.length === 0 || (await readEnforcement(deps.db)).mode === "observe") return 0;
  const { credits, ...held } = await readLoads(deps);
  const [awaiting, open] = [new Map(held.awaiting), new Map(held.open)];
  let handed = 0;
  for (const id of waiting) {
    const person = await tried(deps, id, { credits, awaiting, open });
    if (person === null) continue;
    oneMore(awaiting, person);
    oneMore(open, person);
    handed++;
  }
  return handed;
};
