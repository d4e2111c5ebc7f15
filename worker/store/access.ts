/** What signing in and sessions ask of the database: one statement each. */
import { parseJson, type Db } from "./db.ts";

export interface SessionRow {
  email: string;
  /** Epoch milliseconds. */
  updatedAt: number;
  config: number;
  deactivated: ReadonlySet<string>;
}

const NOW_LIVE = `(SELECT config FROM revisions WHERE id = 1) AS config,
  (SELECT json_group_array(person_id) FROM people_state WHERE deactivated_at IS NOT NULL) AS gone`;

interface Live {
  config: number | null;
  gone: string;
}

/** A session by its token with all that decides whether it still counts; null when unknown or over. */
export const readSession = async (db: Db, token: string, now: number): Promise<SessionRow | null> => {
  const row = await db
    .prepare(
      `SELECT u.email AS email, s.updated_at AS updatedAt, ${NOW_LIVE}
       FROM auth_sessions s JOIN auth_users u ON u.id = s.user_id WHERE s.token = ?1 AND s.expires_at > ?2`,
    )
    .bind(token, now)
    .first<Live & { email: string; updatedAt: number }>();
  if (!row) return null;
  const { email, updatedAt, config, gone } = row;
  return { email, updatedAt, config: config ?? 0, deactivated: new Set(parseJson<string[]>(gone)) };
};

/** The live version and who is deactivated. */
export const readLive = async (db: Db): Promise<{ config: number; deactivated: ReadonlySet<string> }> => {
  const row = await db.prepare(`SELECT ${NOW_LIVE}`).first<Live>();
  return { config: row?.config ?? 0, deactivated: new Set(parseJson<string[]>(row?.gone ?? "[]")) };
};

export interface LinkOwed {
  personId: string;
  email: string;
  data: { url: string; name: string };
  now: number;
  /** Most links within `windowMs`; whoever asks more often (or somebody who floods their mailbox) waits. */
  most: number;
  windowMs: number;
}

/** Owes a person their link. Numbered ids keep the limit by primary key: the outbox has no index on recipients. */
export const oweLink = async (db: Db, owed: LinkOwed): Promise<boolean> => {
  const prefix = `signin:${owed.personId}:${Math.floor(owed.now / owed.windowMs)}:`;
  const numbers = JSON.stringify(Array.from({ length: owed.most }, (_, index) => index));
  const { meta } = await db
    .prepare(
      `INSERT INTO outbox (id, kind, channel, recipient, data, next_attempt_at, created_at)
       SELECT ?1 || n.value, 'signin.link', 'email', ?3, ?4, ?5, ?5 FROM json_each(?2) n
       WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = ?1 || n.value) ORDER BY n.value LIMIT 1`,
    )
    .bind(prefix, numbers, `address:${owed.email}`, JSON.stringify(owed.data), owed.now)
    .run();
  return meta.changes > 0;
};

/** Sessions and links whose time is over. */
export const sweepAccess = async (db: Db, now: number): Promise<void> => {
  await db.batch([
    db.prepare("DELETE FROM auth_sessions WHERE expires_at < ?1").bind(now),
    db.prepare("DELETE FROM auth_verifications WHERE expires_at < ?1").bind(now),
  ]);
};
