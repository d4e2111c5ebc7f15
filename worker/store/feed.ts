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

/** Some of the events after a cursor, and how far they were looked through. */
export interface FeedPage {
  rows: FeedRow[];
  /** The last one looked at, whether it was asked for or not; null: there was none. */
  scanned: number | null;
  /** There may be more than was looked at. */
  isCut: boolean;
}

/** However seldom what is asked for happens, one question looks at no more than this. */
export const MOST_SCANNED = 5_000;

const NEXT = "SELECT * FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2";

/** `types`: exact, or a prefix such as `sla.*`; empty: all. `leadsOnly`: nothing that is about no lead. One round trip. */
export const readFeed = async (
  db: Db,
  query: { after: number; types: readonly string[]; limit: number; leadsOnly?: boolean },
  mostScanned = MOST_SCANNED,
): Promise<FeedPage> => {
  const exact = query.types.filter((type) => !type.endsWith("*"));
  const prefixes = query.types.filter((type) => type.endsWith("*")).map((type) => type.slice(0, -1));
  const [found, looked] = await db.batch<Record<string, unknown>>([
    db
      .prepare(
        `SELECT seq, lead_id AS leadId, at, type, actor, data FROM (${NEXT}) e
         WHERE (?7 = 0 OR e.lead_id IS NOT NULL) AND (?3 = 0 OR e.type IN (SELECT value FROM json_each(?4))
           OR EXISTS (SELECT 1 FROM json_each(?5) p WHERE substr(e.type, 1, length(p.value)) = p.value))
         ORDER BY seq LIMIT ?6`,
      )
      .bind(
        query.after,
        mostScanned,
        query.types.length,
        JSON.stringify(exact),
        JSON.stringify(prefixes),
        query.limit,
        Number(query.leadsOnly ?? false),
      ),
    db
      .prepare(
        `SELECT max(seq) AS last, count(*) AS n FROM (SELECT seq FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2)`,
      )
      .bind(query.after, mostScanned),
  ]);
  const rows = (found?.results ?? []) as unknown as (Omit<FeedRow, "data"> & { data: string })[];
  const { last, n } = (looked?.results[0] ?? {}) as { last?: number | null; n?: number };
  return {
    rows: rows.map((row) => ({ ...row, data: parseJson<Record<string, unknown>>(row.data) })),
    scanned: last ?? null,
    isCut: n === mostScanned,
  };
};
