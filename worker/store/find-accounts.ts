/** Accounts by the beginning of what they are found under: ranges of the one index, never a scan. */
import type { Db } from "./db.ts";

/** Rows read of one range: the names that begin so may be many thousands. */
const A_RANGE = 40;

/** Ids under keys that begin so, each range in order of key; `id` itself first, where it is one. */
export const idsUnder = async (db: Db, id: string, beginnings: readonly string[]): Promise<string[]> => {
  const results = await db.batch<{ id: string }>([
    db
      .prepare(
        "SELECT id FROM accounts WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM account_aliases WHERE id = ?1)",
      )
      .bind(id),
    ...beginnings.map((beginning) =>
      db
        .prepare(
          "SELECT account_id AS id FROM account_keys WHERE key >= ?1 AND key < ?2 ORDER BY key, account_id LIMIT ?3",
        )
        // U+FFFF is no character: after every key that begins so.
        .bind(beginning, `${beginning}\uffff`, A_RANGE),
    ),
  ]);
  return [...new Set(results.flatMap(({ results: rows }) => rows.map((row) => row.id)))];
};
