/**
 * Events in the order in which they were committed. The database has one writer and numbers rows inside its transactions, so
 * whoever has seen a number will never miss a smaller one.
 */
import { parseJson, type Db } from "./db.ts";

export interface FeedRow {
  seq: number;
  leadId: string | null;
  at: number;
  type: string;
  actor: string;
  data: Record<string, unknown>;
}

/** `types`: exact, or a prefix such as `sla.*`; empty: all. */
export const readFeed = async (
  db: Db,
  query: { after: number; types: readonly string[]; limit: number },
): Promise<FeedRow[]> => {
  const exact = query.types.filter((type) => !type.endsWith("*"));
  const prefixes = query.types.filter((type) => type.endsWith("*")).map((type) => type.slice(0, -1));
  const { results } = await db
    .prepare(
      `SELECT seq, lead_id AS leadId, at, type, actor, data FROM events
       WHERE seq > ?1 AND (?2 = 0 OR events.type IN (SELECT value FROM json_each(?3))
         OR EXISTS (SELECT 1 FROM json_each(?4) p WHERE substr(events.type, 1, length(p.value)) = p.value))
       ORDER BY seq LIMIT ?5`,
    )
    .bind(query.after, query.types.length, JSON.stringify(exact), JSON.stringify(prefixes), query.limit)
    .all<Omit<FeedRow, "data"> & { data: string }>();
  return results.map((row) => ({ ...row, data: parseJson<Record<string, unknown>>(row.data) }));
};
