/** Missed first touches by person, and taking somebody out of new assignment for them. */
import { eventsStatement } from "./happened.ts";
import type { Db } from "./db.ts";
import { BUMP } from "./people.ts";

/** A breach counts against a person while it is theirs, isn't voided, and came after they were last reinstated. */
export const STANDS = `s.attribution = 'person' AND s.voided_at IS NULL
  AND s.at > coalesce((SELECT reinstated_at FROM people_state p WHERE p.person_id = s.person_id), 0)`;

/** When the breaches that stand against a person happened, since `from`. */
export const strikeTimes = async (db: Db, personId: string, from: number): Promise<number[]> => {
  const { results } = await db
    .prepare(`SELECT s.at FROM strikes s WHERE s.person_id = ?1 AND s.at > ?2 AND ${STANDS} ORDER BY s.at`)
    .bind(personId, from)
    .all<{ at: number }>();
  return results.map(({ at }) => at);
};

export interface StrikeRow {
  id: string;
  personId: string;
  leadId: string;
  at: number;
  attribution: string;
  why: string | null;
  voidedAt: number | null;
  /** Whether it counts towards a suspension. */
  stands: boolean;
}

/** Breaches since `from`, of everybody or one person, the newest first, at most a thousand. */
export const listStrikes = async (db: Db, from: number, only: string | null): Promise<StrikeRow[]> => {
  const whose = only === null ? "" : "AND s.person_id = ?2";
  const { results } = await db
    .prepare(
      `SELECT s.id, s.person_id AS personId, s.lead_id AS leadId, s.at, s.attribution, s.why, s.voided_at AS voidedAt,
         (${STANDS}) AS stands
       FROM strikes s WHERE s.at > ?1 ${whose} ORDER BY s.at DESC, s.id LIMIT 1000`,
    )
    .bind(...(only === null ? [from] : [from, only]))
    .all<Omit<StrikeRow, "stands"> & { stands: number }>();
  return results.map((row) => ({ ...row, stands: row.stands === 1 }));
};

/**
 * Takes somebody out, in the caller's batch. The people's state the decision saw is a condition: two people of one team who
 * strike at once aren't both taken out, for the second batch fails (`isStale`) and is decided again.
 */
export const suspendStatements = (
  db: Db,
  personId: string,
  reason: string,
  about: { peopleSeen: number; data: object },
  now: number,
): D1PreparedStatement[] => [
  db
    .prepare(
      `INSERT INTO people_state (person_id, updated_at, suspended_at, suspended_reason)
       SELECT ?1, CASE WHEN people = ?2 THEN ?3 END, ?3, ?4 FROM revisions WHERE id = 1
       ON CONFLICT (person_id) DO UPDATE SET updated_at = excluded.updated_at,
         suspended_at = excluded.suspended_at, suspended_reason = excluded.suspended_reason`,
    )
    .bind(personId, about.peopleSeen, now, reason),
  db.prepare(BUMP),
  eventsStatement(db, null, now, [
    { type: "person.suspended", actor: "system", data: { person: personId, reason, ...about.data } },
  ]),
];

/** Voids what a person is charged with for a lead after `since`, and says so on the lead. */
export const voidStatements = (
  db: Db,
  charge: { personId: string; leadId: string; since: number },
  now: number,
): D1PreparedStatement[] => {
  const ours = "person_id = ?1 AND lead_id = ?2 AND at > ?3 AND voided_at IS NULL";
  const { personId, leadId, since } = charge;
  return [
    db
      .prepare(
        `INSERT INTO events (lead_id, at, type, actor, data)
         SELECT ?2, ?4, 'sla.strike_voided', 'system', json_object('person', ?1, 'strike', id, 'touchedAt', ?5)
         FROM strikes WHERE ${ours}`,
      )
      .bind(personId, leadId, since, now, new Date(since).toISOString()),
    db.prepare(`UPDATE strikes SET voided_at = ?4 WHERE ${ours}`).bind(personId, leadId, since, now),
  ];
};

/**
 * Since when somebody is suspended, if a strike from up to then was voided afterwards; else null. Only that may take the
 * ground from a suspension.
 */
export const voidedSuspension = async (db: Db, personId: string, windowMs: number): Promise<number | null> =>
  (
    await db
      .prepare(
        `SELECT p.suspended_at AS at FROM people_state p WHERE p.person_id = ?1 AND p.suspended_at IS NOT NULL
           AND EXISTS (SELECT 1 FROM strikes s WHERE s.person_id = ?1 AND s.attribution = 'person'
             AND s.at > p.suspended_at - ?2 AND s.at <= p.suspended_at AND s.voided_at >= p.suspended_at)`,
      )
      .bind(personId, windowMs)
      .first<{ at: number }>()
  )?.at ?? null;

/** Whether strikes keep somebody out, whatever else does. */
export const isSuspended = async (db: Db, personId: string): Promise<boolean> =>
  (await db
    .prepare("SELECT 1 FROM people_state WHERE person_id = ?1 AND suspended_at IS NOT NULL")
    .bind(personId)
    .first()) !== null;
