/** What must be remembered of people who asked to be forgotten or left alone: never the address itself. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const privacyMarks = sqliteTable("privacy_marks", {
  /** SHA-256 of this database's salt and the normalised address, hex. */
  hash: text("hash").primaryKey(),
  doNotContactAt: integer("do_not_contact_at"),
  erasedAt: integer("erased_at"),
  by: text("by").notNull(),
});

/** How far the forgetting of old rows has come, by table; rows are in the order they came in. */
export const retentionState = sqliteTable("retention_state", {
  kind: text("kind").primaryKey(),
  cursor: integer("cursor").notNull(),
});

/** One row (id 1): makes the hashes of this database its own. */
export const privacySalt = sqliteTable("privacy_salt", {
  id: integer("id").primaryKey(),
  salt: text("salt").notNull(),
});
