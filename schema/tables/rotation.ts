/**
 * The rotation's books beside the credits themselves (schema/tables/leads.ts): named entries, how far the picks were made
 * again, and which team is just being opened. Times are epoch milliseconds.
 */
import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** A credit that no pick explains, with its reason. A trigger (migrations) adds it to `rotation_credits`. */
export const rotationEntries = sqliteTable(
  "rotation_entries",
  {
    /** Derived from what it is for, so that a repeat is the same entry. */
    id: text("id").primaryKey(),
    at: integer("at").notNull(),
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    leadId: text("lead_id").notNull(),
    /** invalid: the lead it was charged for turned out to be none. */
    kind: text("kind").notNull(),
    /** In leads. */
    amount: real("amount").notNull(),
    /** The disposition's code. */
    note: text("note"),
    /** The last pick (assignments.rowid) made before it. */
    afterPick: integer("after_pick").notNull(),
  },
  (t) => [index("rotation_entries_by_time").on(t.at), index("rotation_entries_by_pick").on(t.afterPick)],
);

/** One row (id 1): the replay of picks through their twin. */
export const pickReplay = sqliteTable("pick_replay", {
  id: integer("id").primaryKey(),
  /** The last pick (assignments.rowid) that was made again. */
  cursor: integer("cursor").notNull(),
  /** Credits as they follow from the picks so far, JSON: `{"team": {"person": 0.5}}`. */
  credits: text("credits").notNull().default("{}"),
  checked: integer("checked").notNull().default(0),
  mismatches: integer("mismatches").notNull().default(0),
  updatedAt: integer("updated_at").notNull(),
});

/** A team whose opening somebody is working through, and until when the others leave it to them. */
export const openings = sqliteTable("openings", {
  teamId: text("team_id").primaryKey(),
  until: integer("until").notNull(),
});
