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
  /** By which rules its keys were derived; 0 for what is no account. */
  keysVersion: number;
}

/** What an account is to be found by, and by which rules that was derived. */
export interface Keyed {
  keys: readonly string[];
  version: number;
}

/** `keyed` null leaves the keys. `print` is null for a row that was not there. */
export interface Change {
  row: Row;
  print: string | null;
  keyed: Keyed | null;
}

/** D1 takes 2 MB a parameter; a character may take three bytes. */
const MAX_PARAMETER = 500_000;

const columnsOf = (kind: CrmKind): string[] => ["id", ...Object.keys(DEFAULTS[kind])];

const print = (kind: CrmKind): string =>
  `json_array(${columnsOf(kind)
    .map((column) => `t.${column}`)
    .join(", ")})`;

const version = (kind: CrmKind): string => (kind === "accounts" ? "t.keys_version" : "0");

const rowsStatement = (db: Db, kind: CrmKind, where: string): D1PreparedStatement =>
  db.prepare(
    `SELECT ${print(kind)} AS print, ${version(kind)} AS keys_version FROM ${kind} t WHERE ${where}`,
  );

interface Printed {
  print: string;
  keys_version: number;
}

const toStored = (kind: CrmKind, results: readonly Printed[]): Map<string, Stored> => {
  const columns = columnsOf(kind);
  return new Map(
    results.map(({ print, keys_version: keysVersion }) => {
      const values = parseJson<Row[string][]>(print);
      const row = Object.fromEntries(columns.map((column, at) => [column, values[at] ?? null]));
      return [String(row["id"]), { row, print, keysVersion }];
    }),
  );
};

export const readRows = async (
  db: Db,
  kind: CrmKind,
  ids: readonly string[],
): Promise<Map<string, Stored>> => {
  const statement = rowsStatement(db, kind, "t.id IN (SELECT value FROM json_each(?1))");
  const { results } = await statement.bind(JSON.stringify(ids)).all<Printed>();
  return toStored(kind, results);
};

/** More under one name than this say that it is nobody's alone. */
export const MOST_HOLDERS = 200;

const HOLDERS = "SELECT account_id FROM account_keys WHERE key IN (SELECT value FROM json_each(?1))";

/** Accounts found under any of these keys, `MOST_HOLDERS` at most. */
export const readHolders = async (db: Db, keys: readonly string[]): Promise<Map<string, Stored>> => {
  const statement = rowsStatement(
    db,
    "accounts",
    `t.id IN (SELECT DISTINCT account_id FROM (${HOLDERS}) LIMIT ${MOST_HOLDERS})`,
  );
  const { results } = await statement.bind(JSON.stringify(keys)).all<Printed>();
  return toStored("accounts", results);
};

export interface ForUpsert {
  rows: Map<string, Stored>;
  /** There, and left for another round: these many are too much to be held at once. */
  unread: Set<string>;
  /** Of the ids asked about, those of accounts that were merged away, and where they lead. */
  aliases: Map<string, string>;
}

/** Characters of stored rows that are read at once; the row that goes beyond is still read, so there is always progress. */
const MOST_READ = 2_000_000;

/** What makes rows long, and what the rest of one comes to. */
const LENGTHS: Record<CrmKind, string> = {
  accounts:
    "500 + length(t.domains) + length(t.roles) + length(t.extra) + length(t.other_names) + length(t.learned)",
  contacts: "500 + length(t.extra)",
  opportunities: "500 + length(t.extra)",
};

/** As `rowsStatement`; rows beyond `MOST_READ` come without what they say. */
const boundedStatement = (db: Db, kind: CrmKind, where: string): D1PreparedStatement =>
  db.prepare(
    `SELECT s.id, iif(s.ahead < ${MOST_READ}, ${print(kind)}, NULL) AS print, ${version(kind)} AS keys_version FROM (
       SELECT t.id, coalesce(sum(${LENGTHS[kind]}) OVER (
         ORDER BY t.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS ahead FROM ${kind} t WHERE ${where}
     ) s CROSS JOIN ${kind} t ON t.id = s.id`,
  );

/** Rows by id, an account that was merged away by the one that stayed; some MB at most. One round trip. */
export const readForUpsert = async (
  db: Db,
  kind: CrmKind,
  ids: readonly string[],
  accounts: readonly string[],
): Promise<ForUpsert> => {
  const asked = "SELECT value FROM json_each(?1)";
  const where =
    kind === "accounts"
      ? `t.id IN (SELECT coalesce(a.account_id, e.value) FROM json_each(?1) e LEFT JOIN account_aliases a ON a.id = e.value)`
      : `t.id IN (${asked})`;
  const [rows, aliases] = await db.batch<Record<string, unknown>>([
    boundedStatement(db, kind, where).bind(JSON.stringify(ids)),
    db
      .prepare(`SELECT id, account_id FROM account_aliases WHERE id IN (${asked})`)
      .bind(JSON.stringify(accounts)),
  ]);
  const found = (rows?.results ?? []) as unknown as (Omit<Printed, "print"> & {
    id: string;
    print: string | null;
  })[];
  const whole = found.filter((row): row is (typeof found)[number] & Printed => row.print !== null);
  return {
    rows: toStored(kind, whole),
    unread: new Set(found.filter((row) => row.print === null).map((row) => row.id)),
    aliases: new Map(
      (aliases?.results ?? []).map(({ id, account_id }) => [id as string, account_id as string]),
    ),
  };
};

/** JSON lists of so many characters that each fits one parameter. */
export const lists = (items: readonly unknown[]): string[] => {
  const all: string[] = [];
  let parts: string[] = [];
  let size = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    if (size + text.length > MAX_PARAMETER && parts.length > 0) {
      all.push(`[${parts.join(",")}]`);
      parts = [];
      size = 0;
    }
    parts.push(text);
    size += text.length + 1;
  }
  if (parts.length > 0) all.push(`[${parts.join(",")}]`);
  return all;
};

/** The one row of `revisions` can't be there twice: this breaks the batch where `found` finds anything. */
export const BREAK = "INSERT INTO revisions (id, config, people) SELECT 1, 0, 0";

/** Breaks the batch where a row isn't as it was read. */
export const guards = (
  db: Db,
  kind: CrmKind,
  changes: readonly Pick<Change, "row" | "print">[],
): D1PreparedStatement[] =>
  lists(changes.map(({ row, print }) => [row["id"], print])).map((list) =>
    db
      .prepare(
        `${BREAK} FROM json_each(?1) e LEFT JOIN ${kind} t ON t.id = e.value ->> 0
         WHERE iif(t.id IS NULL, NULL, ${print(kind)}) IS NOT (e.value ->> 1) LIMIT 1`,
      )
      .bind(list),
  );

/** Breaks the batch where one of these accounts has been merged away meanwhile. */
export const aliasGuards = (db: Db, accounts: readonly string[]): D1PreparedStatement[] =>
  lists(accounts).map((list) =>
    db
      .prepare(`${BREAK} FROM account_aliases WHERE id IN (SELECT value FROM json_each(?1)) LIMIT 1`)
      .bind(list),
  );

/** Breaks the batch where one of these keys leads to an account that `known` doesn't list, or to one that was changed since. */
export const holderGuards = (
  db: Db,
  keys: readonly string[],
  known: readonly Stored[],
): D1PreparedStatement[] => [
  db
    .prepare(
      `${BREAK} FROM accounts t WHERE t.id IN (${HOLDERS}) AND t.id NOT IN (SELECT value FROM json_each(?2)) LIMIT 1`,
    )
    .bind(JSON.stringify(keys), JSON.stringify(known.map(({ row }) => row["id"]))),
  ...guards(db, "accounts", known),
];

/** Somebody else changed one of the rows in between. */
export const isMoved = (error: unknown): boolean => /UNIQUE constraint failed: revisions/.test(String(error));

/** Lists rather than objects: finding a value by its place costs half of finding it by its name. */
const upserts = (db: Db, kind: CrmKind, changes: readonly Change[]): D1PreparedStatement[] => {
  const columns = columnsOf(kind);
  const keyed = kind === "accounts" ? ["keys", "keys_version"] : [];
  const all = [...columns, ...keyed];
  const values = changes.map(({ row, keyed: own }) => [
    ...columns.map((column) => row[column] ?? null),
    ...(keyed.length > 0 ? [own && JSON.stringify(own.keys), own && own.version] : []),
  ]);
  const sql = `INSERT INTO ${kind} (${all.join(", ")})
     SELECT ${all.map((column, at) => (column === "keys_version" ? `coalesce(value ->> ${at}, 0)` : `value ->> ${at}`)).join(", ")}
     FROM json_each(?1) WHERE true
     ON CONFLICT (id) DO UPDATE SET ${columns
       .slice(1)
       .map((column) => `${column} = excluded.${column}`)
       .concat(keyed.map((column) => `${column} = iif(excluded.keys IS NULL, ${column}, excluded.${column})`))
       .join(", ")}`;
  return lists(values).map((list) => db.prepare(sql).bind(list));
};

/**
 * Takes out what is no longer a key of these accounts; must run before their rows say what is. The two lists are compared as
 * wholes: to look each old key up among the new ones would read these again for every one.
 */
export const dropKeys = (db: Db, changes: readonly Change[]): D1PreparedStatement[] =>
  lists(
    changes
      .filter(({ keyed, print }) => keyed !== null && print !== null)
      .map(({ row, keyed }) => [row["id"], keyed?.keys]),
  ).map((list) =>
    db
      .prepare(
        `WITH e AS MATERIALIZED (SELECT value ->> 0 AS id, value ->> 1 AS keys FROM json_each(?1))
         DELETE FROM account_keys WHERE (key, account_id) IN (
           SELECT old.value, a.id FROM e CROSS JOIN accounts a ON a.id = e.id CROSS JOIN json_each(coalesce(a.keys, '[]')) old
           EXCEPT SELECT new.value, e.id FROM e CROSS JOIN json_each(e.keys) new)`,
      )
      .bind(list),
  );

/** In order of key, so that each page of the table is visited once a batch. */
export const addKeys = (db: Db, changes: readonly Change[]): D1PreparedStatement[] => {
  const pairs = changes.flatMap(({ row, keyed }) =>
    (keyed?.keys ?? []).map((key): [string, string] => [key, String(row["id"])]),
  );
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return lists(pairs).map((list) =>
    db
      .prepare(
        `INSERT INTO account_keys (key, account_id) SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
         ON CONFLICT DO NOTHING`,
      )
      .bind(list),
  );
};

export const changeStatements = (
  db: Db,
  kind: CrmKind,
  changes: readonly Change[],
): D1PreparedStatement[] => [
  ...guards(db, kind, changes),
  ...dropKeys(db, changes),
  ...upserts(db, kind, changes),
  ...addKeys(db, changes),
];

/**
 * One atomic round trip; throws an error that `isMoved` knows, and then nothing was written. `unmerged` are the accounts
 * that are written or referred to, and must not have been merged away meanwhile.
 */
export const writeRows = async (
  db: Db,
  kind: CrmKind,
  changes: readonly Change[],
  unmerged: readonly string[] = [],
): Promise<void> => {
  if (changes.length === 0) return;
  await db.batch([...aliasGuards(db, unmerged), ...changeStatements(db, kind, changes)]);
};
