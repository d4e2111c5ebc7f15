/** Calendars as sources of time off: what is known of each, and the time off that came from it. */
import type { FeedSpan } from "../domain/timeoff/spans.ts";
import { eventsStatement } from "./happened.ts";
import type { Db } from "./db.ts";
import { BUMP } from "./people.ts";

export interface FeedState {
  id: string;
  /** Of how it was configured when it was last read: what was kept for others' sake says nothing of it now. */
  settings: string | null;
  etag: string | null;
  lastModified: string | null;
  checkedAt: number;
  okAt: number | null;
  failures: number;
  error: string | null;
  events: number;
}

const STATES = `SELECT id, settings, etag, last_modified AS lastModified, checked_at AS checkedAt, ok_at AS okAt, failures, error, events
  FROM time_off_feeds`;

export const readFeedStates = async (db: Db): Promise<FeedState[]> => {
  const { results } = await db.prepare(`${STATES} ORDER BY checked_at`).all<FeedState>();
  return results;
};

const stateStatement = (db: Db, state: FeedState): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO time_off_feeds (id, etag, last_modified, checked_at, ok_at, failures, error, events, settings)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
       ON CONFLICT (id) DO UPDATE SET etag = ?2, last_modified = ?3, checked_at = ?4, ok_at = ?5, failures = ?6, error = ?7, events = ?8,
         settings = ?9`,
    )
    .bind(
      state.id,
      state.etag,
      state.lastModified,
      state.checkedAt,
      state.okAt,
      state.failures,
      state.error,
      state.events,
      state.settings,
    );

export const writeFeedState = async (
  db: Db,
  state: FeedState,
  also: readonly D1PreparedStatement[],
): Promise<void> => {
  await db.batch([stateStatement(db, state), ...also]);
};

/** A reading that brought nothing: how it went. What the server is asked with the next time stands, or was taken away meanwhile. */
export const noteFeedRead = async (
  db: Db,
  { id, checkedAt, okAt, failures, error }: FeedState,
  also: readonly D1PreparedStatement[] = [],
): Promise<void> => {
  const note = db
    .prepare(
      `INSERT INTO time_off_feeds (id, checked_at, ok_at, failures, error) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (id) DO UPDATE SET checked_at = ?2, ok_at = ?3, failures = ?4, error = ?5`,
    )
    .bind(id, checkedAt, okAt, failures, error);
  await db.batch([note, ...also]);
};

/** Its next reading is of the whole calendar, whatever its server says has changed: a row of it was taken back here. */
export const readWhole = (db: Db, feedId: string): D1PreparedStatement =>
  db.prepare("UPDATE time_off_feeds SET etag = NULL, last_modified = NULL WHERE id = ?1").bind(feedId);

/** `feed.<id>~`: no other feed's id goes on with that sign. */
const OF_FEED = "id >= 'feed.' || ?1 || '~' AND id < 'feed.' || ?1 || char(127)";

export interface StandingSpan extends FeedSpan {
  recordedAt: number;
}

/** What of this feed stands and isn't over. */
export const readFeedSpans = async (db: Db, feedId: string, now: number): Promise<StandingSpan[]> => {
  const { results } = await db
    .prepare(
      `SELECT id, person_id AS personId, start_at AS startAt, end_at AS endAt, created_at AS recordedAt FROM time_off
       WHERE ${OF_FEED} AND end_at > ?2 AND cancelled_at IS NULL`,
    )
    .bind(feedId, now)
    .all<StandingSpan>();
  return results;
};

export interface FeedChange {
  feedId: string;
  come: readonly StandingSpan[];
  gone: readonly string[];
  now: number;
}

/** What changed, and only then: every change makes decisions under way be made again. */
export const feedChange = (db: Db, { feedId, come, gone, now }: FeedChange): D1PreparedStatement[] => {
  if (come.length + gone.length === 0) return [];
  const data = { feed: feedId, recorded: come.length, cancelled: gone.length };
  return [
    db
      .prepare(
        "UPDATE time_off SET cancelled_at = ?2 WHERE id IN (SELECT value FROM json_each(?1)) AND cancelled_at IS NULL",
      )
      .bind(JSON.stringify(gone), now),
    db
      .prepare(
        `INSERT INTO time_off (id, person_id, start_at, end_at, reason, created_at)
         SELECT value ->> 'id', value ->> 'personId', value ->> 'startAt', value ->> 'endAt', 'calendar', value ->> 'recordedAt'
         FROM json_each(?1) WHERE true
         ON CONFLICT (id) DO UPDATE SET cancelled_at = NULL, created_at = excluded.created_at`,
      )
      .bind(JSON.stringify(come)),
    db.prepare(BUMP),
    eventsStatement(db, null, now, [{ type: "person.time_off", actor: "system", data }]),
  ];
};

export const dropFeed = (db: Db, feedId: string): D1PreparedStatement =>
  db.prepare("DELETE FROM time_off_feeds WHERE id = ?1").bind(feedId);
