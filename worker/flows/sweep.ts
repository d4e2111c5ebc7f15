/**
 * The net behind every clock: arms every clock in which an open lead is due within two minutes, and reports leads that
 * should have been seen to long ago. It never acts on a lead itself.
 */
import { readClocks } from "../store/clocks.ts";
import { ARM_FIRST_WITHIN_MS, type Deps } from "./deps.ts";
import { rehome } from "./people.ts";

export interface Swept {
  /** Shards in which a lead is due within two minutes; arming one that is armed changes nothing. */
  armed: number;
  /** Overdue by more than a minute: their own clock had failed. */
  caught: number;
  /** Open leads that wait for nothing at all; each is a defect. */
  clockless: number;
  /** People whose time off began since the last sweep. */
  begun: number;
}

const LATE_MS = 60_000;

/** Time off that began in the last five minutes: what its owner holds untouched goes to somebody who is there. */
const startTimeOff = async (deps: Deps, now: number): Promise<number> => {
  const { results } = await deps.db
    .prepare(
      `SELECT DISTINCT person_id FROM time_off t WHERE cancelled_at IS NULL AND start_at <= ?1 AND start_at > ?2 AND end_at > ?1
         AND EXISTS (SELECT 1 FROM leads l WHERE l.owner_id = t.person_id AND l.open = 1 AND l.first_touch_at IS NULL)`,
    )
    .bind(now, now - 300_000)
    .all<{ person_id: string }>();
  for (const { person_id: person } of results) await rehome(deps, person, "on time off");
  return results.length;
};

/** Runs each minute. */
export const sweep = async (deps: Deps): Promise<Swept> => {
  const now = deps.now();
  const clocks = await readClocks(deps.db, now + ARM_FIRST_WITHIN_MS, now - LATE_MS);
  await Promise.allSettled(clocks.first.map((lead) => deps.clock.arm(lead.id, lead.dueAt)));
  const { overdue: caught, clockless } = clocks;
  if (caught + clockless > 0) {
    await deps.db
      .prepare(
        "INSERT INTO events (lead_id, at, type, actor, data) VALUES (NULL, ?1, 'net.caught', 'system', ?2)",
      )
      .bind(now, JSON.stringify({ net: "clockless", caught, clockless }))
      .run();
  }
  const begun = await startTimeOff(deps, now);
  deps.announce();
  return { armed: clocks.first.length, caught, clockless, begun };
};
