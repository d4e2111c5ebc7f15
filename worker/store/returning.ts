/** Recycled leads that are due back. */
import type { Db } from "./db.ts";

/** Closed leads whose day of return has come, the earliest first. */
export const toReturn = async (db: Db, now: number, limit: number): Promise<string[]> => {
  const { results } = await db
    .prepare(
      "SELECT id FROM leads WHERE open = 0 AND recycle_at IS NOT NULL AND recycle_at <= ?1 ORDER BY recycle_at LIMIT ?2",
    )
    .bind(now, limit)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};

/** Of an event: its lead came back by it (not another of the same person). */
export const IS_RETURN = "type = 'lead.returned' AND data ->> '$.into' IS NULL";

/** When a lead (as SQL) came back for the last time; 0 where it never did. What was before belongs to its former life. */
export const lifeBeganOf = (lead: string): string =>
  `coalesce((SELECT max(at) FROM events WHERE lead_id = ${lead} AND ${IS_RETURN}), 0)`;

export const lifeBegan = async (db: Db, leadId: string): Promise<number> =>
  (
    await db
      .prepare(`SELECT ${lifeBeganOf("?1")} AS at`)
      .bind(leadId)
      .first<{ at: number }>()
  )?.at ?? 0;

/** The open lead of an address; null where there is none. */
export const openLeadOf = async (db: Db, emailNorm: string): Promise<string | null> =>
  (
    await db
      .prepare("SELECT id FROM leads WHERE email_norm = ?1 AND open = 1")
      .bind(emailNorm)
      .first<{ id: string }>()
  )?.id ?? null;
