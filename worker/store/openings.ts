/** Leads that wait for a team's opening, and who is working through one that has come. */
import type { Db } from "./db.ts";

const WAITING = "open = 1 AND provisional = 1";

/** How many wait for each team's opening, as a JSON column. */
export const QUEUED_COLUMN = `
  (SELECT json_group_object(team_id, n) FROM
     (SELECT team_id, count(*) AS n FROM leads WHERE ${WAITING} AND team_id IS NOT NULL GROUP BY team_id))`;

/** Teams with leads whose window has opened. */
export const openedTeams = async (db: Db, now: number): Promise<string[]> => {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT team_id AS id FROM leads WHERE ${WAITING} AND team_id IS NOT NULL AND clock_starts_at <= ?1`,
    )
    .bind(now)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};

/** True: this team's opening is ours until then. False: somebody else is at it. */
export const claimOpening = async (db: Db, teamId: string, now: number, until: number): Promise<boolean> => {
  const { meta } = await db
    .prepare(
      `INSERT INTO openings (team_id, until) VALUES (?1, ?2)
       ON CONFLICT (team_id) DO UPDATE SET until = excluded.until WHERE openings.until <= ?3`,
    )
    .bind(teamId, until, now)
    .run();
  return meta.changes > 0;
};

/** Keeps a claim, or (with `until` in the past) gives it back. */
export const moveClaim = async (db: Db, teamId: string, from: number, until: number): Promise<boolean> => {
  const { meta } = await db
    .prepare("UPDATE openings SET until = ?3 WHERE team_id = ?1 AND until = ?2")
    .bind(teamId, from, until)
    .run();
  return meta.changes > 0;
};

/** Whose window has opened, in the order in which they are handed out: priority, score, arrival. */
export const openedLeads = async (
  db: Db,
  teamId: string,
  now: number,
  without: readonly string[],
  limit: number,
): Promise<string[]> => {
  const { results } = await db
    .prepare(
      `SELECT id FROM leads WHERE ${WAITING} AND team_id = ?1 AND clock_starts_at <= ?2
         AND id NOT IN (SELECT value FROM json_each(?3))
       ORDER BY priority DESC, score DESC, created_at, id LIMIT ?4`,
    )
    .bind(teamId, now, JSON.stringify(without), limit)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};

/**
 * What managers hold since an opening because their teams were full, at most `limit`. Leads that wait for the same people (by
 * rule, holder and the rotation that was full) take turns with those of others, the most urgent first: one full team doesn't
 * keep another's from being looked at. A quarter goes by turns alone, others each minute, for a lead that finds no room writes
 * nothing: none waits behind the same ones for ever. What overflowed and is open has an index of its own: of all leads that
 * await a first touch, a hundred thousand maybe, few did.
 */
export const overflowing = async (db: Db, now: number, limit: number): Promise<string[]> => {
  const byTurns = Math.floor(limit / 4);
  const { results } = await db
    .prepare(
      `WITH held AS (
         SELECT l.id, l.priority, l.score, l.created_at,
           row_number() OVER (
             PARTITION BY a.rule_id, l.owner_id, l.team_id, a.considered ->> '$[0].rotation'
             ORDER BY l.priority DESC, l.score DESC, l.created_at, l.id) AS nth
         FROM leads l INDEXED BY leads_overflow CROSS JOIN assignments a ON a.lead_id = l.id AND a.seq = l.assignment_seq
         WHERE l.open = 1 AND l.overflow = 1 AND l.first_touch_at IS NULL AND l.provisional = 0),
       placed AS (
         SELECT *, count(*) OVER () - ?1 AS rest,
           row_number() OVER (ORDER BY nth, priority DESC, score DESC, created_at, id) - 1 - ?1 AS place
         FROM held)
       SELECT id FROM placed WHERE place < 0 OR (place - ?3 % rest + rest) % rest < ?2
       ORDER BY place >= 0, priority DESC, score DESC, created_at, id`,
    )
    .bind(limit - byTurns, byTurns, Math.floor(now / 60_000) * byTurns)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};
