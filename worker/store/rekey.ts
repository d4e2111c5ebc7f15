/** Keys of accounts whose row doesn't change: read by what keys follow from, and written beside the row. */
import type { Row } from "../domain/crm/merge.ts";
import { addKeys, aliasGuards, BREAK, dropKeys, lists, type Keyed } from "./crm.ts";
import { parseJson, type Db } from "./db.ts";

/** What the keys follow from, and no more: what else a CRM sends of an account may be long. */
const COLUMNS = ["id", "name", "domain", "domains", "other_names", "learned", "city"] as const;
const PRINT = `json_array(${COLUMNS.map((column) => `t.${column}`).join(", ")})`;
/** Characters of rows that are read at once; the row that goes beyond is still read. */
const MOST_READ = 1_000_000;

interface Keyless {
  /** Of `COLUMNS`. */
  row: Row;
  /** These columns as one text. */
  print: string;
}

/** The accounts of this stretch, and how much of it has what would have to be read. */
const STRETCH = `SELECT id, coalesce(sum(size) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS ahead
  FROM (SELECT id, iif(keys_version <> ?3, 500 + length(domains) + length(other_names) + length(learned), 0) AS size
        FROM accounts WHERE id > ?1 ORDER BY id LIMIT ?2)`;

/**
 * Rows with keys of other rules than `version`, in order of id after `after`; looks at `limit` rows, or fewer where they are
 * long. What was merged away and still waits for others to follow has no keys any more.
 */
export const readKeyless = async (
  db: Db,
  version: number,
  after: string,
  limit: number,
): Promise<{ rows: Keyless[]; looked: number; last: string | null }> => {
  const seen = await db
    .prepare(`SELECT count(*) AS looked, max(id) AS last FROM (${STRETCH}) WHERE ahead < ${MOST_READ}`)
    .bind(after, limit, version)
    .first<{ looked: number; last: string | null }>();
  if (!seen || seen.last === null) return { rows: [], looked: 0, last: null };
  const { results } = await db
    .prepare(
      `SELECT ${PRINT} AS print FROM accounts t WHERE t.id > ?1 AND t.id <= ?2 AND t.keys_version <> ?3
         AND NOT EXISTS (SELECT 1 FROM account_aliases WHERE id = t.id) ORDER BY t.id LIMIT ?4`,
    )
    .bind(after, seen.last, version, seen.looked)
    .all<{ print: string }>();
  const rows = results.map(({ print }) => {
    const values = parseJson<Row[string][]>(print);
    return { row: Object.fromEntries(COLUMNS.map((column, at) => [column, values[at] ?? null])), print };
  });
  return { rows, looked: seen.looked, last: seen.last };
};

/** Atomic; throws an error that `isMoved` knows when one isn't as it was read, or was merged away meanwhile. */
export const writeKeys = async (db: Db, changes: readonly (Keyless & { keyed: Keyed })[]): Promise<void> => {
  if (changes.length === 0) return;
  const guards = lists(changes.map(({ row, print }) => [row["id"], print])).map((list) =>
    db
      .prepare(
        `${BREAK} FROM json_each(?1) e LEFT JOIN accounts t ON t.id = e.value ->> 0
         WHERE iif(t.id IS NULL, NULL, ${PRINT}) IS NOT (e.value ->> 1) LIMIT 1`,
      )
      .bind(list),
  );
  const updates = lists(
    changes.map(({ row, keyed }) => [row["id"], JSON.stringify(keyed.keys), keyed.version]),
  ).map((list) =>
    db
      .prepare(
        `UPDATE accounts SET keys = e.value ->> 1, keys_version = e.value ->> 2 FROM json_each(?1) e
         WHERE accounts.id = e.value ->> 0`,
      )
      .bind(list),
  );
  const ids = changes.map(({ row }) => String(row["id"]));
  await db.batch([
    ...aliasGuards(db, ids),
    ...guards,
    ...dropKeys(db, changes),
    ...updates,
    ...addKeys(db, changes),
  ]);
};
