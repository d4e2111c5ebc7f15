/** Deadlines by shard, each answered from the index `leads_due` alone. */
import type { Db } from "./db.ts";

/** The characters that lead ids end in; each is a shard. */
export const SHARDS = "0123456789abcdefghjkmnpqrstvwxyz";

/** The shard whose object keeps a lead's clock. The table derives the same (schema/tables/leads.ts). */
export const shardOf = (leadId: string): string => leadId.slice(-1);

const WAITING = "open = 1 AND next_due_at IS NOT NULL";

export interface Waiting {
  id: string;
  dueAt: number;
  provisional: boolean;
}

/** The leads of a shard that wait, the earliest first: what is due, and (where fewer than `limit` are) what comes next. */
export const waitingInShard = async (
  db: Db,
  shard: string,
  without: readonly string[],
  limit: number,
  /** Teams whose opened leads somebody else looks after just now. */
  opening: readonly string[] = [],
): Promise<Waiting[]> => {
  const { results } = await db
    .prepare(
      `SELECT id, next_due_at AS dueAt, provisional FROM leads WHERE ${WAITING} AND shard = ?1
         AND id NOT IN (SELECT value FROM json_each(?2))
         AND NOT (provisional = 1 AND coalesce(team_id, '') IN (SELECT value FROM json_each(?4)))
       ORDER BY next_due_at LIMIT ?3`,
    )
    .bind(shard, JSON.stringify(without), limit, JSON.stringify(opening))
    .all<{ id: string; dueAt: number; provisional: number }>();
  return results.map(({ provisional, ...lead }) => ({ ...lead, provisional: provisional === 1 }));
};

export interface Overview {
  /** The first lead of each shard that is due by `by`. */
  first: { id: string; dueAt: number }[];
  /** Leads that were due before `late`. */
  overdue: number;
  /** Open leads that wait for nothing at all. */
  clockless: number;
}

/** For the sweeper: one seek for each shard, whatever the number of leads. */
export const readClocks = async (db: Db, by: number, late: number): Promise<Overview> => {
  const shards = JSON.stringify(SHARDS.split(""));
  const [first, overdue, clockless] = await db.batch<Record<string, string | number>>([
    db
      .prepare(
        `SELECT l.id, l.next_due_at FROM json_each(?1) s JOIN leads l ON l.id = (
           SELECT id FROM leads WHERE ${WAITING} AND shard = s.value ORDER BY next_due_at LIMIT 1)
         WHERE l.next_due_at <= ?2`,
      )
      .bind(shards, by),
    db
      .prepare(
        `SELECT sum((SELECT count(*) FROM leads WHERE ${WAITING} AND shard = s.value AND next_due_at < ?2)) AS n
         FROM json_each(?1) s`,
      )
      .bind(shards, late),
    db.prepare("SELECT count(*) AS n FROM leads WHERE open = 1 AND next_due_at IS NULL"),
  ]);
  return {
    first: (first?.results ?? []).map((row) => ({
      id: String(row["id"]),
      dueAt: Number(row["next_due_at"]),
    })),
    overdue: Number(overdue?.results[0]?.["n"] ?? 0),
    clockless: Number(clockless?.results[0]?.["n"] ?? 0),
  };
};
