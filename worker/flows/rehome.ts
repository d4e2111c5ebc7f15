/**
 * Who goes away hands over what they haven't touched, at once and without a strike. What one request can't do, or what it
 * left when it died, the sweeper goes on with: the table of leads says who is still waiting for somebody absent.
 */
import { absentHolders, untouchedOf, type AbsentHolder } from "../store/rehome.ts";
import { eachApart } from "./apart.ts";
import { hasRoom } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { moveOn } from "./move.ts";

export interface Rehomed {
  /** Leads that went to somebody else. */
  moved: number;
  /** Leads that stayed, because nobody else exists or they changed meanwhile. */
  kept: number;
  /** Leads that this request left to the sweeper, which goes on within a minute. */
  remaining: number;
}

export const NOTHING_TO_REHOME: Rehomed = { moved: 0, kept: 0, remaining: 0 };

/** About 20 ms each: a request stays well under the time anybody waits for a button. */
const AT_ONCE = 100;
const A_SWEEP = 300;
/** Questions to the database that a minute's run leaves to whatever comes after it. */
const LEFT = 200;

type Absence = "away" | "on time off";

const rehomeOne = async (deps: Deps, leadId: string, personId: string, cause: Absence): Promise<boolean> => {
  const outcome = await moveOn(
    deps,
    leadId,
    { actor: "system", onlyOwn: null },
    {
      to: null,
      from: personId,
      reason: `${personId} is ${cause}`,
      cause,
    },
  );
  return outcome.ok && outcome.value.moved;
};

/** Untouched leads of somebody who can't answer them, the most urgent first, one by one. */
export const rehome = async (deps: Deps, personId: string, cause: Absence): Promise<Rehomed> => {
  const waiting = await untouchedOf(deps.db, personId);
  const now = waiting.slice(0, AT_ONCE);
  let moved = 0;
  for (const id of now) if (await rehomeOne(deps, id, personId, cause)) moved++;
  return { moved, kept: now.length - moved, remaining: waiting.length - now.length };
};

/** What absent people still hold from before they went: time off that began, or a re-homing that didn't finish. */
export const rehomeAbsent = async (deps: Deps, now: number): Promise<number> => {
  let moved = 0;
  const one = async ({ leadId, personId, timeOff }: AbsentHolder): Promise<void> => {
    if (!hasRoom(deps, LEFT)) return;
    if (await rehomeOne(deps, leadId, personId, timeOff ? "on time off" : "away")) moved++;
  };
  await eachApart("rehome", await absentHolders(deps.db, now, A_SWEEP), one, ({ leadId }) => leadId);
  return moved;
};
