/** Published configurations, and the compiled one that each isolate keeps by version. */
import { desc, eq, lt } from "drizzle-orm";
import type { ConfigDocument } from "../../schema/config/document.ts";
import { configVersions } from "../../schema/tables/config.ts";
import { compileConfig, type Compiled } from "../domain/config/compiled.ts";
import { orm, parseJson, type Db } from "./db.ts";
import { noteSalt, SALT_COLUMN } from "./salt.ts";

/** Versions are immutable, so a compiled one can be kept for the isolate's life; the oldest go first. */
const KEPT = 8;
const cache = new Map<number, Compiled>();

const remember = (version: number, compiled: Compiled): Compiled => {
  cache.set(version, compiled);
  const oldest = cache.keys().next();
  if (cache.size > KEPT && !oldest.done) cache.delete(oldest.value);
  return compiled;
};

/** The compiled configuration of a version; null when nothing was ever published (version 0). */
export const loadConfig = async (db: Db, version: number): Promise<Compiled | null> => {
  if (version === 0) return null;
  const known = cache.get(version);
  if (known) return known;
  const [row] = await orm(db).select().from(configVersions).where(eq(configVersions.version, version));
  if (!row) return null;
  const document = parseJson<ConfigDocument>(row.document);
  return remember(
    version,
    compileConfig(document, version, parseJson<Record<string, string[]>>(row.holidays)),
  );
};

/** The live configuration as this isolate last saw it, and when. */
let latest: { compiled: Compiled; seenAt: number } | null = null;

/** Capture reads the live version anyway; noting it here spares form look-ups a question of their own. */
export const noteCurrent = (compiled: Compiled, now: number): void => {
  latest = { compiled, seenAt: now };
};

/** What this isolate last saw, however long ago: better than nothing while the database is down. */
export const lastSeenConfig = (): Compiled | null => latest?.compiled ?? null;

/** The live configuration, at most `maxAgeMs` old: for checks that capture's own read repeats. */
export const recentConfig = async (db: Db, now: number, maxAgeMs: number): Promise<Compiled | null> => {
  if (latest && now - latest.seenAt <= maxAgeMs && now >= latest.seenAt) return latest.compiled;
  const compiled = await loadCurrentConfig(db);
  if (compiled) noteCurrent(compiled, now);
  return compiled;
};

/** The live version; an isolate asks for it before its first capture, and learns the salt with it. */
export const currentVersion = async (db: Db): Promise<number> => {
  const row = await db
    .prepare(`SELECT config, ${SALT_COLUMN} FROM revisions WHERE id = 1`)
    .first<{ config: number; salt: string | null }>();
  noteSalt(row?.salt);
  return row?.config ?? 0;
};

export const loadCurrentConfig = async (db: Db): Promise<Compiled | null> =>
  loadConfig(db, await currentVersion(db));

export interface Publication {
  document: ConfigDocument;
  holidays: Record<string, string[]>;
  note: string | null;
  by: string;
  at: number;
  /** The version that was live when this was checked; a publication in between makes it fail. */
  after: number;
  /**
   * The state of people that it was checked against. With it, publishing also fails when somebody's state changed since,
   * or an open lead is held by somebody who isn't in the document.
   */
  peopleSeen?: number;
}

/** Open leads with a holder who isn't in document ?2. */
const HELD_OUTSIDE = `SELECT 1 FROM leads WHERE open = 1 AND (
  owner_id NOT IN (SELECT json_extract(value, '$.id') FROM json_each(?2, '$.people'))
  OR steward_id NOT IN (SELECT json_extract(value, '$.id') FROM json_each(?2, '$.people')))`;

/** No time of publication, which the table refuses, where what was checked no longer holds: the whole batch fails. */
const CHECKED_AT = `CASE WHEN r.config = ?7 AND (?8 IS NULL OR (r.people = ?8 AND NOT EXISTS (${HELD_OUTSIDE}))) THEN ?5 END`;

const MOVED_ON = /(UNIQUE|NOT NULL) constraint failed: config_versions/;

/** Publishes the next version atomically. False when what it was checked against has moved on: read and check again. */
export const publishVersion = async (db: Db, publication: Publication): Promise<boolean> => {
  const version = publication.after + 1;
  try {
    await db.batch([
      db
        .prepare(
          `INSERT INTO config_versions (version, document, note, published_by, published_at, holidays)
           SELECT ?1, ?2, ?3, ?4, ${CHECKED_AT}, ?6 FROM revisions r WHERE r.id = 1`,
        )
        .bind(
          version,
          JSON.stringify(publication.document),
          publication.note,
          publication.by,
          publication.at,
          JSON.stringify(publication.holidays),
          publication.after,
          publication.peopleSeen ?? null,
        ),
      db.prepare("UPDATE revisions SET config = ?1 WHERE id = 1").bind(version),
      db
        .prepare(
          "INSERT INTO events (lead_id, at, type, actor, data) VALUES (NULL, ?1, 'config.published', ?2, ?3)",
        )
        .bind(publication.at, publication.by, JSON.stringify({ version, note: publication.note })),
    ]);
    latest = null;
    return true;
  } catch (error) {
    if (MOVED_ON.test(String(error))) return false;
    throw error;
  }
};

export const listVersions = async (db: Db, before = Number.MAX_SAFE_INTEGER) =>
  orm(db)
    .select({
      version: configVersions.version,
      note: configVersions.note,
      publishedBy: configVersions.publishedBy,
      publishedAt: configVersions.publishedAt,
    })
    .from(configVersions)
    .where(lt(configVersions.version, before))
    .orderBy(desc(configVersions.version))
    .limit(200);

export interface Published {
  version: number;
  document: ConfigDocument;
  holidays: Record<string, string[]>;
}

/** A version as it was published; null when there is none. */
export const readVersion = async (db: Db, version: number): Promise<Published | null> => {
  const [row] = await orm(db).select().from(configVersions).where(eq(configVersions.version, version));
  if (!row) return null;
  const { document, holidays } = row;
  return {
    version,
    document: parseJson<ConfigDocument>(document),
    holidays: parseJson<Record<string, string[]>>(holidays),
  };
};

/** Open leads by who owns them or keeps them as a steward. */
export const readHolders = async (db: Db): Promise<Map<string, number>> => {
  const { results } = await db
    .prepare(
      `SELECT person, count(*) AS leads FROM (
         SELECT id, owner_id AS person FROM leads WHERE open = 1 AND owner_id IS NOT NULL
         UNION SELECT id, steward_id FROM leads WHERE open = 1 AND steward_id IS NOT NULL
       ) GROUP BY person`,
    )
    .all<{ person: string; leads: number }>();
  return new Map(results.map(({ person, leads }) => [person, leads]));
};
