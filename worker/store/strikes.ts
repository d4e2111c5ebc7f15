/** Missed first touches by person, and taking somebody out of new assignment for them. */
import { eventsStatement } from "./happened.ts";
import type { Db } from "./db.ts";
import { BUMP } from "./people.ts";
import { IS_RETURN } from "./returning.ts";

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
  /** How many of the person's there are in all, without the voided ones. */
  missed: number;
}

/** Of one person; the count says how many there are. */
const LISTED = 100;

/** Breaches since `from`, of everybody or one person, the newest first, the newest hundred of each. */
export const listStrikes = async (db: Db, from: number, only: string | null): Promise<StrikeRow[]> => {
  const whose = only === null ? "" : "AND s.person_id = ?2";
  const { results } = await db
    .prepare(
      `SELECT s.id, s.person_id AS personId, s.lead_id AS leadId, s.at, s.attribution, s.why, s.voided_at AS voidedAt,
         (${STANDS}) AS stands, s.missed
       FROM (SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY at DESC, id) AS nth,
         sum(voided_at IS NULL) OVER (PARTITION BY person_id) AS missed FROM strikes s WHERE at > ?1 ${whose}) s
       WHERE s.nth <= ${LISTED} ORDER BY s.at DESC, s.id`,
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

/** Strikes of a lead, by the beginning of their ids: the primary key finds them. */
export const strikesOf = (lead: string): string => `id >= ${lead} || '.' AND id < ${lead} || '/'`;

/**
 * Voids whatever a lead was charged for after `since`, whoever it was that reached out then and whoever was charged, and says
 * so on the lead. What was missed after it came back belongs to another life: that stands.
 */
export const voidStatements = (
  db: Db,
  { leadId, since }: { leadId: string; since: number },
  now: number,
): D1PreparedStatement[] => {
  const unfounded = `${strikesOf("?1")} AND at > ?2 AND voided_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM events e WHERE e.lead_id = ?1 AND e.at > ?2 AND e.at <= strikes.at AND ${IS_RETURN})`;
  return [
    db
      .prepare(
        `INSERT INTO events (lead_id, at, type, actor, data)
         SELECT ?1, ?3, 'sla.strike_voided', 'system', json_object('person', person_id, 'strike', id, 'touchedAt', ?4)
         FROM strikes WHERE ${unfounded}`,
      )
      .bind(leadId, since, now, new Date(since).toISOString()),
    db.prepare(`UPDATE strikes SET voided_at = ?3 WHERE ${unfounded}`).bind(leadId, since, now),
  ];
};

/** Absences, each of somebody, half-open and in epoch milliseconds. */
export interface Absence {
  personId: string;
  startAt: number;
  endAt: number;
}

/**
 * Voids what people were charged with while they were absent, as was told only afterwards, and says so on the lead. A breach
 * comes a moment after its time, so one at the end of an absence belongs to it.
 */
export const excuseStatements = (
  db: Db,
  absences: readonly Absence[],
  now: number,
): D1PreparedStatement[] => {
  const told = JSON.stringify(absences.filter(({ startAt }) => startAt < now));
  if (told === "[]") return [];
  const excused = `id IN (SELECT s.id FROM json_each(?1) a CROSS JOIN strikes s
    WHERE s.person_id = a.value ->> 'personId' AND s.at > a.value ->> 'startAt' AND s.at <= a.value ->> 'endAt'
      AND s.attribution = 'person' AND s.voided_at IS NULL)`;
  return [
    db
      .prepare(
        `INSERT INTO events (lead_id, at, type, actor, data)
         SELECT lead_id, ?2, 'sla.strike_voided', 'system',
           json_object('person', person_id, 'strike', id, 'attribution', 'coverage')
         FROM strikes WHERE ${excused}`,
      )
      .bind(told, now),
    db.prepare(`UPDATE strikes SET voided_at = ?2 WHERE ${excused}`).bind(told, now),
  ];
};

/** Which of these people are suspended. */
export const suspendedAmong = async (db: Db, personIds: readonly string[]): Promise<string[]> => {
  const { results } = await db
    .prepare(
      `SELECT person_id AS id FROM people_state
       WHERE suspended_at IS NOT NULL AND person_id IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(personIds))
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};

/** Who is suspended though a strike of theirs with one of these leads has been voided since. */
export const suspendedOver = async (db: Db, leadIds: readonly string[]): Promise<string[]> => {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT s.person_id AS id FROM json_each(?1) l CROSS JOIN strikes s
         JOIN people_state p ON p.person_id = s.person_id
       WHERE s.id >= l.value || '.' AND s.id < l.value || '/' AND s.voided_at >= p.suspended_at`,
    )
    .bind(JSON.stringify(leadIds))
    .all<{ id: string }>();
  return results.map(({ id }) => id);
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
