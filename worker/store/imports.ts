/** Imports and their parts: counted once each, whatever is sent again. */
import { MAX_ERRORS } from "../../schema/wire/imports.ts";
import type { UpsertAnswer } from "../../schema/wire/crm.ts";
import type { Db } from "./db.ts";

export interface ImportRow {
  id: string;
  kind: "accounts" | "contacts" | "opportunities" | "keys";
  name: string;
  size: number | null;
  status: "running" | "done";
  startedBy: string;
  received: number;
  upserted: number;
  rejected: number;
  errorsKept: number;
  parts: number;
  position: number;
  nextLine: number;
  cursor: string | null;
  startedAt: number;
  updatedAt: number;
  finishedAt: number | null;
}

const COLUMNS = `id, kind, name, size, status, started_by AS startedBy, received, upserted, rejected, errors_kept AS errorsKept,
  parts, position, next_line AS nextLine, cursor, started_at AS startedAt, updated_at AS updatedAt, finished_at AS finishedAt`;

export const readImport = (db: Db, id: string): Promise<ImportRow | null> =>
  db.prepare(`SELECT ${COLUMNS} FROM imports WHERE id = ?1`).bind(id).first<ImportRow>();

/** Newest first, begun before `before`. Key rebuilds that had nothing to do are no news. */
export const listImports = async (db: Db, before: number, limit: number): Promise<ImportRow[]> => {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM imports WHERE started_at < ?1 AND (kind <> 'keys' OR upserted > 0)
       ORDER BY started_at DESC LIMIT ?2`,
    )
    .bind(before, limit)
    .all<ImportRow>();
  return results;
};

export type NewImport = Pick<
  ImportRow,
  "id" | "kind" | "name" | "size" | "startedBy" | "startedAt" | "cursor"
>;

/** True if it wasn't there. */
export const insertImport = async (db: Db, row: NewImport): Promise<boolean> => {
  const [inserted] = await db.batch([
    db
      .prepare(
        `INSERT INTO imports (id, kind, name, size, started_by, started_at, updated_at, cursor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7) ON CONFLICT DO NOTHING`,
      )
      .bind(row.id, row.kind, row.name, row.size, row.startedBy, row.startedAt, row.cursor),
    // Only where the statement before it wrote something: changes() speaks of that one.
    db
      .prepare(
        `INSERT INTO events (lead_id, at, type, actor, data)
         SELECT NULL, ?1, 'import.started', ?2, ?3 WHERE changes() = 1 AND ?4 <> 'keys'`,
      )
      .bind(
        row.startedAt,
        row.startedBy,
        JSON.stringify({ importId: row.id, kind: row.kind, name: row.name }),
        row.kind,
      ),
  ]);
  return (inserted?.meta.changes ?? 0) > 0;
};

export interface Part {
  importId: string;
  part: number;
  line: number;
  nextLine: number;
  position: number;
}

/** What became of a part that is in; null for one that isn't. */
export const readPart = async (db: Db, importId: string, part: number): Promise<UpsertAnswer | null> => {
  const [found, errors] = await db.batch<Record<string, unknown>>([
    db
      .prepare("SELECT received, upserted, rejected FROM import_parts WHERE import_id = ?1 AND part = ?2")
      .bind(importId, part),
    db
      .prepare(
        `SELECT e.line, e.error FROM import_parts p JOIN import_errors e ON e.import_id = p.import_id
           AND e.line >= p.line AND (e.line < p.next_line OR p.next_line <= p.line)
         WHERE p.import_id = ?1 AND p.part = ?2 ORDER BY e.line`,
      )
      .bind(importId, part),
  ]);
  const row = found?.results[0] as { received: number; upserted: number; rejected: number } | undefined;
  if (!row) return null;
  return {
    received: row.received,
    upserted: row.upserted,
    rejectedCount: row.rejected,
    rejected: (errors?.results ?? []) as unknown as UpsertAnswer["rejected"],
  };
};

/** Atomic, and once: a part that is in already changes nothing. */
export const writePart = async (db: Db, part: Part, answer: UpsertAnswer, now: number): Promise<void> => {
  const { importId } = part;
  await db.batch([
    db
      .prepare(
        `INSERT INTO import_parts (import_id, part, line, next_line, position, received, upserted, rejected, at)
         SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM imports WHERE id = ?1 ON CONFLICT DO NOTHING`,
      )
      .bind(
        importId,
        part.part,
        part.line,
        part.nextLine,
        part.position,
        answer.received,
        answer.upserted,
        answer.rejectedCount,
        now,
      ),
    db
      .prepare(
        `UPDATE imports SET received = received + ?2, upserted = upserted + ?3, rejected = rejected + ?4,
           parts = ?5 + 1, position = ?6, next_line = ?7, updated_at = ?8
         WHERE id = ?1 AND changes() = 1`,
      )
      .bind(
        importId,
        answer.received,
        answer.upserted,
        answer.rejectedCount,
        part.part,
        part.position,
        part.nextLine,
        now,
      ),
    ...errorStatements(db, importId, answer.rejected),
  ]);
};

const errorStatements = (
  db: Db,
  importId: string,
  rejected: UpsertAnswer["rejected"],
): D1PreparedStatement[] => {
  if (rejected.length === 0) return [];
  // A line of a CSV with quoted breaks is the record's first one, so it names one record.
  const list = JSON.stringify(rejected.map(({ line, error }) => [line, error.slice(0, 300)]));
  return [
    db
      .prepare(
        `INSERT INTO import_errors (import_id, line, error)
         SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2) WHERE true
         LIMIT max(0, ?3 - (SELECT errors_kept FROM imports WHERE id = ?1)) ON CONFLICT DO NOTHING`,
      )
      .bind(importId, list, MAX_ERRORS),
    db.prepare("UPDATE imports SET errors_kept = errors_kept + changes() WHERE id = ?1").bind(importId),
  ];
};

export const finish = async (db: Db, id: string, by: string, now: number): Promise<void> => {
  await db.batch([
    db
      .prepare(
        "UPDATE imports SET status = 'done', finished_at = ?2, updated_at = ?2 WHERE id = ?1 AND status = 'running'",
      )
      .bind(id, now),
    db
      .prepare(
        `INSERT INTO events (lead_id, at, type, actor, data)
         SELECT NULL, ?2, 'import.finished', ?3, json_object('importId', id, 'kind', kind, 'name', name, 'received', received,
           'upserted', upserted, 'rejected', rejected) FROM imports WHERE id = ?1 AND changes() = 1`,
      )
      .bind(id, now, by),
  ]);
};

/** Refused lines in order, after `line`. */
export const readErrors = async (
  db: Db,
  id: string,
  after: number,
  limit: number,
): Promise<{ line: number; error: string }[]> => {
  const { results } = await db
    .prepare(
      "SELECT line, error FROM import_errors WHERE import_id = ?1 AND line > ?2 ORDER BY line LIMIT ?3",
    )
    .bind(id, after, limit)
    .all<{ line: number; error: string }>();
  return results;
};

/** Moves a rebuild of keys on; false if somebody else did. */
export const advance = async (
  db: Db,
  id: string,
  from: string | null,
  to: { cursor: string; looked: number; written: number; restart: boolean; size: number | null },
  now: number,
): Promise<boolean> => {
  const { meta } = await db
    .prepare(
      `UPDATE imports SET cursor = ?3, position = iif(?4, 0, position) + ?5, received = iif(?4, 0, received) + ?5,
         upserted = upserted + ?6, size = coalesce(?7, size), updated_at = ?8 WHERE id = ?1 AND cursor IS ?2`,
    )
    .bind(id, from, to.cursor, to.restart ? 1 : 0, to.looked, to.written, to.size, now)
    .run();
  return meta.changes > 0;
};

export const countAccounts = async (db: Db): Promise<number> =>
  (await db.prepare("SELECT count(*) AS n FROM accounts").first<{ n: number }>())?.n ?? 0;

/** The oldest without news since `before`; what tells that the keys are of today's rules is kept. */
export const findExpired = async (db: Db, before: number): Promise<string | null> => {
  const found = await db
    .prepare(
      `SELECT id FROM imports WHERE started_at < ?1 AND updated_at < ?1 AND kind <> 'keys'
       ORDER BY started_at LIMIT 1`,
    )
    .bind(before)
    .first<{ id: string }>();
  return found?.id ?? null;
};

const SLICE = (table: "import_errors" | "import_parts", place: "line" | "part"): string =>
  `DELETE FROM ${table} WHERE import_id = ?1 AND ${place} IN (
     SELECT ${place} FROM ${table} WHERE import_id = ?1 ORDER BY ${place} LIMIT ?2)
   AND EXISTS (SELECT 1 FROM imports WHERE id = ?1 AND updated_at < ?3)`;

/** Removes `most` refused lines and parts of it, and the import with the last of them; true then. None if it has news. */
export const removeSlice = async (db: Db, id: string, before: number, most: number): Promise<boolean> => {
  const results = await db.batch([
    db.prepare(SLICE("import_errors", "line")).bind(id, most, before),
    db.prepare(SLICE("import_parts", "part")).bind(id, most, before),
    db
      .prepare(
        `DELETE FROM imports WHERE id = ?1 AND updated_at < ?2
         AND NOT EXISTS (SELECT 1 FROM import_errors WHERE import_id = ?1)
         AND NOT EXISTS (SELECT 1 FROM import_parts WHERE import_id = ?1)`,
      )
      .bind(id, before),
  ]);
  return (results[2]?.meta.changes ?? 0) > 0;
};
