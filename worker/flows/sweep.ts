/**
 * The net behind every clock: arms all open leads due within two minutes and reports those that should have fired long
 * ago. It never acts on a lead itself.
 */
import type { Deps } from "./deps.ts";
import { ARM_FIRST_WITHIN_MS } from "./deps.ts";
import { rehome } from "./people.ts";

export interface Swept {
  armed: number;
  /** Overdue by more than a minute: their own clock had failed. */
  caught: number;
  /** Open leads that wait for nothing at all; each is a defect. */
  clockless: number;
  /** People whose time off began since the last sweep. */
  begun: number;
}

const LATE_MS = 60_000;
const AT_ONCE = 5_000;
const PARALLEL = 20;

const inGroups = async <T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  for (let at = 0; at < items.length; at += size) {
    await Promise.allSettled(items.slice(at, at + size).map(work));
  }
};

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
  const { results } = await deps.db
    .prepare(
      `SELECT id, next_due_at FROM leads WHERE open = 1 AND next_due_at IS NOT NULL AND next_due_at <= ?1
       ORDER BY next_due_at LIMIT ?2`,
    )
    .bind(now + ARM_FIRST_WITHIN_MS, AT_ONCE)
    .all<{ id: string; next_due_at: number }>();
  await inGroups(results, PARALLEL, (lead) => deps.clock.arm(lead.id, lead.next_due_at));
  const orphans = await deps.db
    .prepare("SELECT id FROM leads WHERE open = 1 AND next_due_at IS NULL LIMIT 200")
    .all<{ id: string }>();
  const caught = results.filter((lead) => lead.next_due_at < now - LATE_MS).length;
  const clockless = orphans.results.length;
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
  return { armed: results.length, caught, clockless, begun };
};
