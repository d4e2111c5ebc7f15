/** Published configurations (immutable) and people's runtime state, which always wins over any document. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const configVersions = sqliteTable("config_versions", {
  version: integer("version").primaryKey(),
  /** The document as published, JSON. */
  document: text("document").notNull(),
  note: text("note"),
  publishedBy: text("published_by").notNull(),
  publishedAt: integer("published_at").notNull(),
  /** Holidays worked out from the calendars' country sets at publication: `{calendarId: ["2026-12-25", …]}`. */
  holidays: text("holidays").notNull().default("{}"),
});

/** One row (id 1): what every decision saw. `config` is the live version, `people` counts changes of runtime state. */
export const revisions = sqliteTable("revisions", {
  id: integer("id").primaryKey(),
  config: integer("config").notNull(),
  people: integer("people").notNull(),
  /** enforce or observe: whether clocks act or only report; since when, by whom and why. */
  mode: text("mode").notNull().default("enforce"),
  modeSince: integer("mode_since"),
  modeBy: text("mode_by"),
  modeReason: text("mode_reason"),
});

/** Only people whose state differs from "available" have a row. Times are epoch milliseconds. */
export const peopleState = sqliteTable("people_state", {
  personId: text("person_id").primaryKey(),
  away: integer("away").notNull().default(0),
  awayUntil: integer("away_until"),
  awayReason: text("away_reason"),
  /** When they went: what they were given before is handed over, what came after was meant for them. */
  awaySince: integer("away_since"),
  suspendedAt: integer("suspended_at"),
  suspendedReason: text("suspended_reason"),
  /** Breaches up to here no longer count against them. */
  reinstatedAt: integer("reinstated_at"),
  deactivatedAt: integer("deactivated_at"),
  capacity: integer("capacity"),
  capacityUntil: integer("capacity_until"),
  updatedAt: integer("updated_at").notNull(),
});

export const timeOff = sqliteTable(
  "time_off",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    startAt: integer("start_at").notNull(),
    endAt: integer("end_at").notNull(),
    reason: text("reason"),
    createdAt: integer("created_at").notNull(),
    cancelledAt: integer("cancelled_at"),
  },
  (t) => [index("time_off_by_end").on(t.endAt, t.personId)],
);

/** What is known of a calendar that absences come from; the absences are `time_off` rows whose ids begin with `feed.<id>~` */
export const timeOffFeeds = sqliteTable("time_off_feeds", {
  id: text("id").primaryKey(),
  /** Of address, people and zones when it was last read: an ETag from before a change of them says nothing. */
  settings: text("settings"),
  etag: text("etag"),
  lastModified: text("last_modified"),
  checkedAt: integer("checked_at").notNull(),
  /** When it was last read or found unchanged. */
  okAt: integer("ok_at"),
  failures: integer("failures").notNull().default(0),
  error: text("error"),
  events: integer("events").notNull().default(0),
});
