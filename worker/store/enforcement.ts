/** Whether clocks act or only report: one value for the workspace, with who said so; its history is in the events. */
import { BREAK } from "./crm.ts";
import type { Db } from "./db.ts";
import type { LeadRow } from "./rows.ts";

export interface Enforcement {
  mode: "enforce" | "observe";
  /** Epoch milliseconds; null when nobody ever changed it. */
  since: number | null;
  by: string | null;
  reason: string | null;
}

export const readEnforcement = async (db: Db): Promise<Enforcement> => {
  const row = await db
    .prepare(
      "SELECT mode, mode_since AS since, mode_by AS 'by', mode_reason AS reason FROM revisions WHERE id = 1",
    )
    .first<Enforcement>();
  return row ?? { mode: "enforce", since: null, by: null, reason: null };
};

/**
 * Decisions that were made under the other mode fail and are made again: the revision counts up with it. Nothing is written
 * where the mode is in force already.
 */
export const setEnforcement = async (
  db: Db,
  { mode, since, by, reason }: Enforcement & { since: number },
): Promise<void> => {
  await db.batch([
    db
      .prepare(
        `INSERT INTO events (lead_id, at, type, actor, data)
         SELECT NULL, ?2, 'enforcement.changed', ?3, json_object('mode', ?1, 'reason', ?4, 'before', mode)
         FROM revisions WHERE id = 1 AND mode <> ?1`,
      )
      .bind(mode, since, by, reason),
    db
      .prepare(
        `UPDATE revisions SET mode = ?1, mode_since = ?2, mode_by = ?3, mode_reason = ?4, people = people + 1
         WHERE id = 1 AND mode <> ?1`,
      )
      .bind(mode, since, by, reason),
  ]);
};

/** Breaks the batch where the brake was pulled since: who decided to act decides again. */
export const enforcingGuard = (db: Db): D1PreparedStatement =>
  db.prepare(`${BREAK} FROM revisions WHERE id = 1 AND mode = 'observe'`);

/** A timer that began anew has fired 0 times; others have never said how often. */
const LAST_REARMED = `
SELECT max(l.first_touch_due_at) AS at FROM leads l WHERE l.owner_id = ?1 AND l.id <> ?2 AND l.open = 1
  AND l.first_touch_at IS NULL AND l.provisional = 0 AND l.first_touch_due_at > ?3
  AND EXISTS (SELECT 1 FROM json_each(l.timers) t WHERE t.value ->> 'kind' = 'firstTouch' AND t.value ->> 'n' = 0)`;

/** When the last of the owner's targets that began anew is due; null where none runs. */
export const lastRearmed = (db: Db, { id, ownerId }: LeadRow, now: number): Promise<number | null> =>
  db.prepare(LAST_REARMED).bind(ownerId, id, now).first<number>("at");

/** Breaks the batch where that isn't `seen` any more: two leads of one owner never begin anew at once. */
export const rearmedGuard = (
  db: Db,
  { id, ownerId }: LeadRow,
  now: number,
  seen: number | null,
): D1PreparedStatement =>
  db.prepare(`${BREAK} WHERE (${LAST_REARMED}) IS NOT ?4`).bind(ownerId, id, now, seen);
