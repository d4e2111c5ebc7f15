/**
 * Accounts that go: removed, or merged into another. They go at once; what referred to them follows in slices, so that no
 * request does unbounded work, and a row in `account_moves` says what is still to be done.
 */
import { changeStatements, guards, type Change, type Stored } from "./crm.ts";
import type { Db } from "./db.ts";

/** Rows of each kind that follow in one batch. */
const SLICE = 500;
/** A capture that read the account before it went may still write its id: so long it is looked for again. */
const LINGER_MS = 300_000;

/** `into` is null for a removal. */
export interface Move {
  from: string;
  into: string | null;
  by: string;
  at: number;
}

export interface Moved {
  contacts: number;
  opportunities: number;
  children: number;
  leads: number;
  /** Nothing is left that refers to the account. */
  complete: boolean;
}

/**
 * Whether the move still stands: a merge that was undone, and a removal after which the CRM sent the account again, move
 * nothing any more, not even by a job that read them before.
 */
const stands = ({ into }: Pick<Move, "into">): string =>
  into === null
    ? "NOT EXISTS (SELECT 1 FROM accounts WHERE id = ?1)"
    : "EXISTS (SELECT 1 FROM account_aliases WHERE id = ?1)";

const slice = (move: Move, table: string, column: string, more = ""): string =>
  `rowid IN (SELECT rowid FROM ${table} WHERE ${column} = ?1 AND ${stands(move)} ${more} LIMIT ${SLICE})`;

/** Of a removed account closed leads keep it: that is what was so. */
const LEADS = { merged: "", removed: "AND open = 1" } as const;

/** What a person said of an account that is gone holds no longer. A match without an account has the method "none". */
const GONE = "json_set(json_remove(match, '$.corrected'), '$.accountId', ?2, '$.method', 'none')";
const FOLLOWS = "json_set(match, '$.accountId', ?2)";

const leadStatements = (db: Db, move: Move, now: number): D1PreparedStatement[] => {
  const { from, into, by } = move;
  const which = slice(move, "leads", "account_id", LEADS[into === null ? "removed" : "merged"]);
  return [
    db
      .prepare(
        `INSERT INTO events (lead_id, at, type, actor, data)
         SELECT id, ?3, 'lead.matched', ?4, json_object('accountId', ?2, 'from', ?1, 'cause', ?5) FROM leads WHERE ${which}`,
      )
      .bind(from, into, now, by, into === null ? "account removed" : "accounts merged"),
    db
      .prepare(
        `UPDATE leads SET account_id = ?2, match = ${into === null ? GONE : FOLLOWS}, generation = generation + 1, updated_at = ?3
         WHERE ${which}`,
      )
      .bind(from, into, now),
  ];
};

const childStatements = (db: Db, move: Move): D1PreparedStatement[] => [
  // Who would become its own parent has none.
  db
    .prepare(
      `UPDATE accounts SET parent_id = nullif(?2, id) WHERE id IN
         (SELECT id FROM accounts WHERE parent_id = ?1 AND ${stands(move)} LIMIT ${SLICE})`,
    )
    .bind(move.from, move.into),
];

/** One slice; the last statement says what it left. */
const followStatements = (db: Db, move: Move, now: number): D1PreparedStatement[] => {
  const { from, into } = move;
  const opportunities =
    into === null
      ? db
          .prepare(
            `DELETE FROM opportunities WHERE ${slice(move, "opportunities", "account_id")} RETURNING id`,
          )
          .bind(from)
      : db
          .prepare(
            `UPDATE opportunities SET account_id = ?2 WHERE ${slice(move, "opportunities", "account_id")} RETURNING id`,
          )
          .bind(from, into);
  return [
    db
      .prepare(`UPDATE contacts SET account_id = ?2 WHERE ${slice(move, "contacts", "account_id")}`)
      .bind(from, into),
    opportunities,
    ...childStatements(db, move),
    ...leadStatements(db, move, now),
    db
      .prepare(
        `SELECT ${stands(move)} AND (EXISTS (SELECT 1 FROM contacts WHERE account_id = ?1)
           OR EXISTS (SELECT 1 FROM opportunities WHERE account_id = ?1) OR EXISTS (SELECT 1 FROM accounts WHERE parent_id = ?1)
           OR EXISTS (SELECT 1 FROM leads WHERE account_id = ?1 ${LEADS[into === null ? "removed" : "merged"]})) AS rest`,
      )
      .bind(from),
  ];
};

const movedIn = (results: readonly D1Result[]): Moved => {
  const changes = (at: number): number => results[at]?.meta.changes ?? 0;
  const rest = (results.at(-1)?.results[0] as { rest: number } | undefined)?.rest;
  return {
    contacts: changes(0),
    // Not what the database counts as changed: reports note beside each whose leads are to be read again.
    opportunities: results[1]?.results.length ?? 0,
    children: changes(2),
    leads: changes(4),
    complete: rest === 0,
  };
};

const note = (db: Db, { from, into, by, at }: Move): D1PreparedStatement[] => [
  db
    .prepare(
      `INSERT INTO account_moves (from_id, into_id, by, at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (from_id) DO UPDATE SET into_id = ?2, by = ?3, at = ?4, done_at = NULL`,
    )
    .bind(from, into, by, at),
  db
    .prepare("INSERT INTO events (lead_id, at, type, actor, data) VALUES (NULL, ?1, ?2, ?3, ?4)")
    .bind(at, into === null ? "account.removed" : "account.merged", by, JSON.stringify({ from, into })),
];

const dropKeysOf = (db: Db, id: string): D1PreparedStatement =>
  db
    .prepare(
      `DELETE FROM account_keys WHERE (key, account_id) IN
         (SELECT k.value, a.id FROM accounts a CROSS JOIN json_each(coalesce(a.keys, '[]')) k WHERE a.id = ?1)`,
    )
    .bind(id);

/** Null when there is no such account. Atomic. */
export const deleteAccount = async (db: Db, move: Move): Promise<Moved | null> => {
  const { from } = move;
  const known = await db
    .prepare(
      "SELECT 1 FROM accounts WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM account_aliases WHERE id = ?1)",
    )
    .bind(from)
    .first();
  if (!known) return null;
  const first = [
    ...note(db, move),
    dropKeysOf(db, from),
    // What was being merged into it goes with it.
    db
      .prepare("DELETE FROM accounts WHERE id IN (SELECT id FROM account_aliases WHERE account_id = ?1)")
      .bind(from),
    db.prepare("UPDATE account_moves SET into_id = NULL WHERE into_id = ?1 AND done_at IS NULL").bind(from),
    db.prepare("DELETE FROM account_aliases WHERE account_id = ?1").bind(from),
    db.prepare("DELETE FROM accounts WHERE id = ?1").bind(from),
  ];
  const results = await db.batch([...first, ...followStatements(db, move, move.at)]);
  return movedIn(results.slice(first.length));
};

/**
 * The account goes out of matching and its id leads to the other from here on; its row stays until nothing refers to it.
 * Atomic; throws an error that `isMoved` knows when either account isn't as it was read.
 */
export const mergeInto = async (db: Db, target: Change, source: Stored, move: Move): Promise<Moved> => {
  const { from, into, by, at } = move;
  const first = [
    ...guards(db, "accounts", [source]),
    ...note(db, move),
    dropKeysOf(db, from),
    db.prepare("UPDATE accounts SET keys = '[]' WHERE id = ?1").bind(from),
    ...changeStatements(db, "accounts", [target]),
    db.prepare("UPDATE account_aliases SET account_id = ?2 WHERE account_id = ?1").bind(from, into),
    db
      .prepare("UPDATE account_moves SET into_id = ?2 WHERE into_id = ?1 AND done_at IS NULL")
      .bind(from, into),
    db
      .prepare(
        "INSERT INTO account_aliases (id, account_id, at, by) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET account_id = ?2",
      )
      .bind(from, into, at, by),
  ];
  const results = await db.batch([...first, ...followStatements(db, move, at)]);
  return movedIn(results.slice(first.length));
};

/** The next slice of what follows an account. */
export const follow = async (db: Db, move: Move, now: number): Promise<Moved> =>
  movedIn(await db.batch(followStatements(db, move, now)));

/** Nothing refers to it: a merged account's row goes now, and after a while (or `over`) nobody looks any more. */
export const settle = async (
  db: Db,
  { from, into, at }: Move,
  now: number,
  over = now - at >= LINGER_MS,
): Promise<void> => {
  const done = db
    .prepare("UPDATE account_moves SET done_at = ?2 WHERE from_id = ?1 AND at = ?3 AND into_id IS ?4")
    .bind(from, now, at, into);
  const row = db.prepare(`DELETE FROM accounts WHERE id = ?1 AND ${stands({ into })}`).bind(from);
  const statements = [...(into === null ? [] : [row]), ...(over ? [done] : [])];
  if (statements.length > 0) await db.batch(statements);
};

const COLUMNS = `from_id AS "from", into_id AS "into", by, at`;

/** What is still to follow; the oldest first. */
export const pendingMoves = async (db: Db, most: number): Promise<Move[]> => {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM account_moves INDEXED BY account_moves_pending WHERE done_at IS NULL ORDER BY at LIMIT ?1`,
    )
    .bind(most)
    .all<Move>();
  return results;
};

/** What is known of an id under which there may be no account: where it leads, and whether it was removed. */
export const readGone = async (
  db: Db,
  ids: readonly string[],
): Promise<{ aliases: Map<string, string>; removed: Set<string> }> => {
  const asked = "(SELECT value FROM json_each(?1))";
  const [aliases, removed] = await db.batch<{ id: string; account_id: string }>([
    db.prepare(`SELECT id, account_id FROM account_aliases WHERE id IN ${asked}`).bind(JSON.stringify(ids)),
    db
      .prepare(`SELECT from_id AS id FROM account_moves WHERE from_id IN ${asked} AND into_id IS NULL`)
      .bind(JSON.stringify(ids)),
  ]);
  return {
    aliases: new Map((aliases?.results ?? []).map(({ id, account_id }) => [id, account_id])),
    removed: new Set((removed?.results ?? []).map(({ id }) => id)),
  };
};

/**
 * From here on the id stands for itself again, and nothing follows any more. `left`: its row, where the merge wasn't through
 * with it, to be found again. Atomic; throws an error that `isMoved` knows when that isn't as it was read.
 */
export const dropAlias = async (
  db: Db,
  { id, by, at }: { id: string; by: string; at: number },
  left: Change | null,
): Promise<void> => {
  await db.batch([
    ...(left === null ? [] : changeStatements(db, "accounts", [left])),
    db
      .prepare(
        `INSERT INTO events (lead_id, at, type, actor, data)
         SELECT NULL, ?2, 'account.parted', ?3, json_object('from', id, 'into', account_id) FROM account_aliases WHERE id = ?1`,
      )
      .bind(id, at, by),
    db.prepare("UPDATE account_moves SET done_at = ?2 WHERE from_id = ?1 AND done_at IS NULL").bind(id, at),
    db.prepare("DELETE FROM account_aliases WHERE id = ?1").bind(id),
  ]);
};

/** Whether there is an account of that id again, sent after it was removed. */
export const isBack = async (db: Db, id: string): Promise<boolean> =>
  (await db.prepare("SELECT 1 FROM accounts WHERE id = ?1").bind(id).first()) !== null;
