/** Leads that wait for somebody who isn't there. */
import { SHARDS } from "./clocks.ts";
import type { Db } from "./db.ts";

/**
 * No first touch yet, or one is owed again: another request was promised it, or its owner hasn't touched it since they got it.
 * What waits for an opening is picked again there, among who is really there.
 */
const UNTOUCHED = `l.open = 1 AND l.provisional = 0 AND (l.first_touch_at IS NULL OR instr(l.timers, '"takeoverTouch"') > 0
  OR EXISTS (SELECT 1 FROM tasks t WHERE t.lead_id = l.id AND t.kind = 'takeoverTouch' AND t.done_at IS NULL))`;

/** The most urgent first. */
export const untouchedOf = async (db: Db, personId: string): Promise<string[]> => {
  const { results } = await db
    .prepare(
      `SELECT l.id FROM leads l WHERE l.owner_id = ?1 AND ${UNTOUCHED} ORDER BY l.first_touch_due_at LIMIT 5000`,
    )
    .bind(personId)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};

export interface AbsentHolder {
  leadId: string;
  personId: string;
  /** Planned time off; otherwise they said so themselves. */
  timeOff: boolean;
}

/**
 * Untouched leads given before their owner's absence began, or before anybody here could know of it; what came to somebody absent afterwards was meant so, by a
 * manager or because nobody else is left. A lead that must stay writes nothing, so each minute begins at another shard:
 * none stands in the way of the others for long.
 */
export const absentHolders = async (db: Db, now: number, limit: number): Promise<AbsentHolder[]> => {
  const first = SHARDS[Math.floor(now / 60_000) % SHARDS.length] ?? "0";
  const { results } = await db
    .prepare(
      `WITH absent AS (
         SELECT person_id, away_since AS since, 0 AS time_off FROM people_state
           WHERE away = 1 AND (away_until IS NULL OR away_until > ?1)
         UNION ALL SELECT person_id, max(start_at, created_at), 1 FROM time_off
           WHERE cancelled_at IS NULL AND start_at <= ?1 AND end_at > ?1)
       SELECT l.id, l.owner_id, max(b.time_off) AS time_off FROM absent b JOIN leads l ON l.owner_id = b.person_id
       WHERE ${UNTOUCHED} AND l.assigned_at < b.since
       GROUP BY l.id ORDER BY l.shard < ?2, l.shard, l.first_touch_due_at LIMIT ?3`,
    )
    .bind(now, first, limit)
    .all<{ id: string; owner_id: string; time_off: number }>();
  return results.map((row) => ({ leadId: row.id, personId: row.owner_id, timeOff: row.time_off === 1 }));
};
