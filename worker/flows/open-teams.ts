/**
 * A team's window opens for all its waiting leads at the same instant, and they lie in many clocks. Whoever comes first
 * works through them in order of priority, score and arrival, so that capacity goes to the most urgent; the others leave
 * them alone for as long as that takes.
 */
import { claimOpening, moveClaim, openedLeads, openedTeams } from "../store/openings.ts";
import { breathe } from "./breathe.ts";
import { A_SHIFT, hasRoom, WAKE_NEEDS } from "./budget.ts";
import type { Deps } from "./deps.ts";

/** A claim that its holder doesn't renew was left by a crash. */
const CLAIM_MS = 10_000;
const AT_ONCE = 20;
/** After so many others have their turn. */
const A_BREATH = 4;
/** Questions that a portion may ask, with what the shift's other leads need after it. */
const A_PORTION = AT_ONCE * WAKE_NEEDS + A_SHIFT;
/** One shift's work; what is left is somebody's next. */
const MOST_MS = 20_000;

type Open = (leadId: string) => Promise<unknown>;

/** False where it isn't ours any more, or has to go on later. */
const workThrough = async (deps: Deps, teamId: string, open: Open): Promise<boolean> => {
  const end = deps.now() + MOST_MS;
  // Each once: one that fails, or has to wait for another timer, doesn't hold up the rest.
  const seen: string[] = [];
  let until = deps.now() + CLAIM_MS;
  if (!(await claimOpening(deps.db, teamId, deps.now(), until))) return false;
  for (;;) {
    const leads = await openedLeads(deps.db, teamId, deps.now(), seen, AT_ONCE);
    for (const [nth, id] of leads.entries()) {
      await open(id);
      if (nth % A_BREATH === 0) await breathe();
    }
    seen.push(...leads);
    const done = leads.length < AT_ONCE;
    const goesOn = !done && deps.now() <= end && hasRoom(deps, A_PORTION);
    const next = goesOn ? deps.now() + CLAIM_MS : 0;
    const ours = await moveClaim(deps.db, teamId, until, next);
    if (done || !ours || next === 0) return done && ours;
    until = next;
  }
};

/** Answers the teams that somebody else is opening, or that need more time or questions than are left. */
export const openTeams = async (deps: Deps, open: Open): Promise<string[]> => {
  const busy: string[] = [];
  for (const team of await openedTeams(deps.db, deps.now()))
    if (!hasRoom(deps, A_PORTION) || !(await workThrough(deps, team, open))) busy.push(team);
  return busy;
};
