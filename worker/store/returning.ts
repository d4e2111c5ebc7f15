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

/** The open lead of an address; null where there is none. */
export const openLeadOf = async (db: Db, emailNorm: string): Promise<string | null> =>
  (
    await db
      .prepare("SELECT id FROM leads WHERE email_norm = ?1 AND open = 1")
      .bind(emailNorm)
      .first<{ id: string }>()
  )?.id ?? null;
