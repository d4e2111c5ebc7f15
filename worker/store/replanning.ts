/** Open leads that run under another policy than the one in force. */
import type { Db } from "./db.ts";

/** By id, after the given one. */
export const openLeadsUnderOther = async (
  db: Db,
  version: number,
  after: string,
  limit: number,
): Promise<string[]> => {
  const { results } = await db
    .prepare("SELECT id FROM leads WHERE open = 1 AND policy_version <> ?1 AND id > ?2 ORDER BY id LIMIT ?3")
    .bind(version, after, limit)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};
