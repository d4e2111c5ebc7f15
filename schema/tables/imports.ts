/**
 * Bulk imports: what was sent, how far it came, and which lines were refused. Also accounts that went: where their ids lead
 * now, and what still has to follow them. Times are epoch milliseconds.
 */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const imports = sqliteTable(
  "imports",
  {
    /** Derived by the sender from the file, so that a second try is the same import. */
    id: text("id").primaryKey(),
    /** accounts, contacts or opportunities; keys: accounts whose match keys are written anew after a release. */
    kind: text("kind").notNull(),
    /** The file's name as the sender said it. */
    name: text("name").notNull(),
    /** Size of the whole, in the unit of `position`; null where the sender doesn't know. */
    size: integer("size"),
    status: text("status").notNull().default("running"),
    startedBy: text("started_by").notNull(),
    received: integer("received").notNull().default(0),
    upserted: integer("upserted").notNull().default(0),
    rejected: integer("rejected").notNull().default(0),
    /** Lines kept in `import_errors`; bounded, `rejected` isn't. */
    errorsKept: integer("errors_kept").notNull().default(0),
    /** Parts that are in; the next one has this number. */
    parts: integer("parts").notNull().default(0),
    /** Where the next part begins, as the sender counts; for keys, how many accounts were looked at. */
    position: integer("position").notNull().default(0),
    /** The line of the file on which the next part begins. */
    nextLine: integer("next_line").notNull().default(1),
    /** For keys: the id after which to go on, and when this pass began. */
    cursor: text("cursor"),
    startedAt: integer("started_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (t) => [index("imports_by_started").on(t.startedAt)],
);

export const importParts = sqliteTable(
  "import_parts",
  {
    importId: text("import_id").notNull(),
    part: integer("part").notNull(),
    /** First line of the file it holds, and the first after it. */
    line: integer("line").notNull(),
    nextLine: integer("next_line").notNull(),
    position: integer("position").notNull(),
    received: integer("received").notNull(),
    upserted: integer("upserted").notNull(),
    rejected: integer("rejected").notNull(),
    at: integer("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.part] })],
);

export const importErrors = sqliteTable(
  "import_errors",
  {
    importId: text("import_id").notNull(),
    /** In the file, counted from 1. */
    line: integer("line").notNull(),
    error: text("error").notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.line] })],
);

/** Ids of accounts that were merged away; never one that is the target of another. */
export const accountAliases = sqliteTable(
  "account_aliases",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    at: integer("at").notNull(),
    by: text("by").notNull(),
  },
  (t) => [index("account_aliases_by_account").on(t.accountId)],
);

/** Accounts that went, and what became of what referred to them. */
export const accountMoves = sqliteTable(
  "account_moves",
  {
    fromId: text("from_id").primaryKey(),
    /** Null where it was removed. */
    intoId: text("into_id"),
    by: text("by").notNull(),
    at: integer("at").notNull(),
    /** Nothing refers to it any more. */
    doneAt: integer("done_at"),
  },
  (t) => [
    index("account_moves_pending")
      .on(t.at)
      .where(sql`done_at IS NULL`),
    index("account_moves_into")
      .on(t.intoId)
      .where(sql`done_at IS NULL`),
  ],
);
