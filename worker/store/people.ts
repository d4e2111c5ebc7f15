/** Runtime state of people: availability, suspension, time off. Every change counts up `revisions.people`. */
import { LATE_MS } from "../domain/sla/attribution.ts";
import { parseJson, type Db } from "./db.ts";
import type { People, PersonState } from "../domain/routing/people.ts";

/** Everybody's state as a JSON column; `?1` is the moment that time off must reach beyond. */
export const STATES_COLUMN = `
  (SELECT json_group_array(json_object('person_id', person_id, 'away', away, 'away_until', away_until,
     'away_reason', away_reason, 'suspended_at', suspended_at, 'deactivated_at', deactivated_at,
     'capacity', capacity, 'capacity_until', capacity_until)) FROM people_state)`;

/** Decisions look as far as the next opening, beyond any run of holidays; what begins later is seen when it is near. */
const AHEAD_MS = 35 * 86_400_000;
/** The nearest first: however many there are, the column stays well below what the database takes as one value (2 MB). */
const MOST_SPANS = 5_000;

/** What ended just before a clock rang is evidence for whoever was off when it should have rung. */
const timeOffUntil = (until: string): string => `
  (SELECT json_group_array(json_object('person_id', person_id, 'start_at', start_at, 'end_at', end_at, 'reason', substr(reason, 1, 100)))
     FROM (SELECT person_id, start_at, end_at, reason FROM time_off
       WHERE end_at > ?1 - ${LATE_MS} AND start_at < ${until} AND cancelled_at IS NULL ORDER BY start_at LIMIT ${MOST_SPANS}))`;

export const TIME_OFF_COLUMN = timeOffUntil(`?1 + ${AHEAD_MS}`);

const currentWith = (timeOff: string): string =>
  `SELECT r.config, r.people, ${STATES_COLUMN} AS states, ${timeOff} AS time_off FROM revisions r WHERE r.id = 1`;

export const CURRENT = currentWith(TIME_OFF_COLUMN);
const CURRENT_UNTIL = currentWith(timeOffUntil("?2"));

interface StateRow {
  person_id: string;
  away: number;
  away_until: number | null;
  away_reason: string | null;
  suspended_at: number | null;
  deactivated_at: number | null;
  capacity: number | null;
  capacity_until: number | null;
}

interface TimeOffRow {
  person_id: string;
  start_at: number;
  end_at: number;
  reason: string | null;
}

const toState = (row: StateRow): PersonState => ({
  away: row.away === 1,
  awayUntil: row.away_until,
  awayReason: row.away_reason,
  suspendedAt: row.suspended_at,
  deactivatedAt: row.deactivated_at,
  capacity: row.capacity,
  capacityUntil: row.capacity_until,
});

const toPeople = (states: readonly unknown[], timeOff: readonly unknown[]): People => {
  const spans = new Map<string, { startAt: number; endAt: number; reason: string | null }[]>();
  for (const row of timeOff as TimeOffRow[]) {
    const list = spans.get(row.person_id) ?? [];
    list.push({ startAt: row.start_at, endAt: row.end_at, reason: row.reason });
    spans.set(row.person_id, list);
  }
  return {
    states: new Map((states as StateRow[]).map((row) => [row.person_id, toState(row)])),
    timeOff: spans,
  };
};

export interface Current {
  config: number;
  /** Counts changes of people's runtime state. */
  revision: number;
  people: People;
  /** Clocks only report; false also where nobody asked. */
  observing: boolean;
  /** Since when that is so, epoch milliseconds; null where it never changed, or nobody asked. */
  modeSince: number | null;
}

/** From a row with `config`, `people` and the two columns above. */
export const toCurrent = (row: Record<string, unknown> | undefined): Current => ({
  config: (row?.["config"] as number | undefined) ?? 0,
  revision: (row?.["people"] as number | undefined) ?? 0,
  observing: row?.["mode"] === "observe",
  modeSince: (row?.["mode_since"] as number | null | undefined) ?? null,
  people: toPeople(
    parseJson<unknown[]>((row?.["states"] as string | undefined) ?? "[]"),
    parseJson<unknown[]>((row?.["time_off"] as string | undefined) ?? "[]"),
  ),
});

/** The live configuration version and everybody's state, in one round trip; `until`: time off that begins before then. */
export const readCurrent = async (db: Db, now: number, until = now + AHEAD_MS): Promise<Current> =>
  toCurrent((await db.prepare(CURRENT_UNTIL).bind(now, until).first()) ?? undefined);

/** What was decided on the people as they were is decided again. */
export const BUMP = "UPDATE revisions SET people = people + 1 WHERE id = 1";

export interface StateChange {
  away?: boolean;
  awayUntil?: number | null;
  awayReason?: string | null;
  awaySince?: number | null;
  suspendedAt?: number | null;
  suspendedReason?: string | null;
  reinstatedAt?: number | null;
  deactivatedAt?: number | null;
  capacity?: number | null;
  capacityUntil?: number | null;
}

const COLUMNS: Record<keyof StateChange, string> = {
  away: "away",
  awayUntil: "away_until",
  awayReason: "away_reason",
  awaySince: "away_since",
  suspendedAt: "suspended_at",
  suspendedReason: "suspended_reason",
  reinstatedAt: "reinstated_at",
  deactivatedAt: "deactivated_at",
  capacity: "capacity",
  capacityUntil: "capacity_until",
};

/** Statements that change a person's state and say so; part of the caller's batch. */
export const changeState = (
  db: Db,
  personId: string,
  change: StateChange,
  event: { type: string; actor: string; data: object },
  now: number,
): D1PreparedStatement[] => {
  const names = Object.keys(change) as (keyof StateChange)[];
  const values = names.map((name) => {
    const value = change[name] ?? null;
    return typeof value === "boolean" ? Number(value) : value;
  });
  const columns = names.map((name) => COLUMNS[name]);
  return [
    db
      .prepare(
        `INSERT INTO people_state (person_id, updated_at, ${columns.join(", ")}) VALUES (?, ?, ${columns.map(() => "?").join(", ")})
         ON CONFLICT (person_id) DO UPDATE SET updated_at = excluded.updated_at, ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}`,
      )
      .bind(personId, now, ...values),
    db.prepare(BUMP),
    personEvent(db, personId, event, now),
  ];
};

const personEvent = (
  db: Db,
  personId: string,
  event: { type: string; actor: string; data: object },
  now: number,
): D1PreparedStatement =>
  db
    .prepare("INSERT INTO events (lead_id, at, type, actor, data) VALUES (NULL, ?1, ?2, ?3, ?4)")
    .bind(now, event.type, event.actor, JSON.stringify({ person: personId, ...event.data }));

export interface TimeOffInput {
  id: string;
  personId: string;
  startAt: number;
  endAt: number;
  reason: string | null;
}

/** Null when the id was never used. */
export const timeOffById = async (
  db: Db,
  id: string,
): Promise<{ personId: string; startAt: number; endAt: number; cancelled: boolean } | null> => {
  const row = await db
    .prepare("SELECT person_id, start_at, end_at, cancelled_at FROM time_off WHERE id = ?1")
    .bind(id)
    .first<{ person_id: string; start_at: number; end_at: number; cancelled_at: number | null }>();
  return row
    ? {
        personId: row.person_id,
        startAt: row.start_at,
        endAt: row.end_at,
        cancelled: row.cancelled_at !== null,
      }
    : null;
};

export const addTimeOff = async (
  db: Db,
  input: TimeOffInput,
  actor: string,
  now: number,
  also: readonly D1PreparedStatement[],
): Promise<void> => {
  await db.batch([
    db
      .prepare(
        "INSERT INTO time_off (id, person_id, start_at, end_at, reason, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
      )
      .bind(input.id, input.personId, input.startAt, input.endAt, input.reason, now),
    db.prepare(BUMP),
    personEvent(db, input.personId, { type: "person.time_off", actor, data: { ...input } }, now),
    ...also,
  ]);
};

/** False when there is no such time off, or it was cancelled already. */
export const cancelTimeOff = async (
  db: Db,
  personId: string,
  id: string,
  actor: string,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> => {
  const [changed] = await db.batch([
    db
      .prepare(
        "UPDATE time_off SET cancelled_at = ?3 WHERE id = ?1 AND person_id = ?2 AND cancelled_at IS NULL",
      )
      .bind(id, personId, now),
    db.prepare(BUMP),
    personEvent(db, personId, { type: "person.time_off", actor, data: { id, cancelled: true } }, now),
    ...also,
  ]);
  return (changed?.meta.changes ?? 0) > 0;
};

export interface TimeOffView extends TimeOffInput {
  cancelled: boolean;
}

/** The nearest first. */
export const listTimeOff = async (db: Db, now: number): Promise<TimeOffView[]> => {
  const { results } = await db
    .prepare("SELECT * FROM time_off WHERE end_at > ?1 AND cancelled_at IS NULL ORDER BY start_at LIMIT ?2")
    .bind(now, MOST_SPANS)
    .all<TimeOffRow & { id: string }>();
  return results.map((row) => ({
    id: row.id,
    personId: row.person_id,
    startAt: row.start_at,
    endAt: row.end_at,
    reason: row.reason,
    cancelled: false,
  }));
};

/** What each person holds: leads awaiting first touch, and all open ones. */
export const readHoldings = async (db: Db): Promise<Map<string, { awaiting: number; open: number }>> => {
  const { results } = await db
    .prepare(
      `SELECT owner_id AS person, count(*) AS open,
         sum(first_touch_at IS NULL AND provisional = 0) AS awaiting
       FROM leads WHERE open = 1 AND owner_id IS NOT NULL GROUP BY owner_id`,
    )
    .all<{ person: string; open: number; awaiting: number }>();
  return new Map(results.map((row) => [row.person, { open: row.open, awaiting: row.awaiting }]));
};
