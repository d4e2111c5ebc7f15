/**
 * CRM records as rows: read as they are, written whole, each batch atomic with the keys by which leads find accounts.
 * What was read comes with its print; a write whose rows have changed since fails as a whole, and the loser reads again.
 */
import type { CrmKind } from "../../schema/wire/crm.ts";
import { DEFAULTS, type Row } from "../domain/crm/merge.ts";
import { parseJson, type Db } from "./db.ts";

export interface Stored {
  row: Row;
  /** Every column as one text; equal only if the row is. */
  print: string;
}

/** `keys` is what the account's keys must be afterwards; null leaves them. `print` is null for a row that was not there. */
export interface Change {
  row: Row;
  print: string | null;
  keys: readonly string[] | null;
}

const columnsOf = (kind: CrmKind): string[] => ["id", ...Object.keys(DEFAULTS[kind])];

const print = (kind: CrmKind): string =>
  `json_array(${columnsOf(kind)
    .map((column) => `t.${column}`)
    .join(", ")})`;

export const readRows = async (
  db: Db,
  kind: CrmKind,
  ids: readonly string[],
): Promise<Map<string, Stored>> => {
  const { results } = await db
    .prepare(`SELECT ${print(kind)} AS print FROM ${kind} t WHERE t.id IN (SELECT value FROM json_each(?1))`)
    .bind(JSON.stringify(ids))
    .all<{ print: string }>();
  const columns = columnsOf(kind);
  return new Map(
    results.map(({ print }) => {
      const values = parseJson<Row[string][]>(print);
      const row = Object.fromEntries(columns.map((column, at) => [column, values[at] ?? null]));
      return [String(row["id"]), { row, print }];
    }),
  );
};

/** Breaks the batch (the one row of `revisions` can't be there twice) where a row isn't as it was read. */
export const guard = (
  db: Db,
  kind: CrmKind,
  changes: readonly Pick<Change, "row" | "print">[],
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO revisions (id, config, people)
       SELECT 1, 0, 0 FROM json_each(?1) e LEFT JOIN ${kind} t ON t.id = e.value ->> 0
       WHERE iif(t.id IS NULL, NULL, ${print(kind)}) IS NOT (e.value ->> 1) LIMIT 1`,
    )
    .bind(JSON.stringify(changes.map(({ row, print }) => [row["id"], print])));

/** Somebody else changed one of the rows in between. */
export const isMoved = (error: unknown): boolean => /UNIQUE constraint failed: revisions/.test(String(error));

const upsert = (db: Db, kind: CrmKind, changes: readonly Change[]): D1PreparedStatement => {
  const columns = columnsOf(kind);
  return db
    .prepare(
      `INSERT INTO ${kind} (${columns.join(", ")})
       SELECT ${columns.map((column) => `value ->> '${column}'`).join(", ")} FROM json_each(?1) WHERE true
       ON CONFLICT (id) DO UPDATE SET ${columns
         .slice(1)
         .map((column) => `${column} = excluded.${column}`)
         .join(", ")}`,
    )
    .bind(JSON.stringify(changes.map(({ row }) => row)));
};

const keyStatements = (db: Db, changes: readonly Change[]): D1PreparedStatement[] => {
  const keyed = changes.filter(({ keys }) => keys !== null);
  if (keyed.length === 0) return [];
  const pairs = JSON.stringify(keyed.flatMap(({ row, keys }) => (keys ?? []).map((key) => [key, row["id"]])));
  const ids = JSON.stringify(keyed.map(({ row }) => row["id"]));
  return [
    db
      .prepare(
        `DELETE FROM account_keys WHERE account_id IN (SELECT value FROM json_each(?1))
           AND (key, account_id) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))`,
      )
      .bind(ids, pairs),
    db
      .prepare(
        `INSERT INTO account_keys (key, account_id) SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
         ON CONFLICT DO NOTHING`,
      )
      .bind(pairs),
  ];
};

export const changeStatements = (
  db: Db,
  kind: CrmKind,
  changes: readonly Change[],
): D1PreparedStatement[] => [
  guard(db, kind, changes),
  upsert(db, kind, changes),
  ...keyStatements(db, changes),
];

/** One atomic round trip; throws an error that `isMoved` knows, and then nothing was written. */
export const writeRows = async (db: Db, kind: CrmKind, changes: readonly Change[]): Promise<void> => {
  await db.batch(changeStatements(db, kind, changes));
};
