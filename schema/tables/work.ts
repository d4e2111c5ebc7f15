/** What happened and what people owe: events, touches, tasks, strikes. Times are epoch milliseconds. */
import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const events = sqliteTable(
  "events",
  {
    /** The cursor of the feed. */
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    leadId: text("lead_id"),
    at: integer("at").notNull(),
    type: text("type").notNull(),
    actor: text("actor").notNull(),
    data: text("data").notNull(),
  },
  (t) => [
    index("events_by_lead").on(t.leadId, t.seq),
    // Only what is looked for beyond one lead: each capture writes three events while a visitor waits.
    index("events_by_type")
      .on(t.type, t.at)
      .where(sql`type = 'net.caught' OR type = 'lead.corrected'`),
  ],
);

export const touches = sqliteTable(
  "touches",
  {
    /** Given by the client or derived; makes a retry the same touch. */
    id: text("id").primaryKey(),
    leadId: text("lead_id").notNull(),
    personId: text("person_id"),
    channel: text("channel").notNull(),
    direction: text("direction").notNull(),
    owned: integer("owned").notNull(),
    covered: integer("covered").notNull().default(0),
    outcome: text("outcome"),
    body: text("body"),
    grade: text("grade").notNull(),
    at: integer("at").notNull(),
    recordedAt: integer("recorded_at").notNull(),
  },
  (t) => [index("touches_by_lead").on(t.leadId, t.at)],
);

export const tasks = sqliteTable(
  "tasks",
  {
    id: text("id").primaryKey(),
    leadId: text("lead_id").notNull(),
    ownerId: text("owner_id").notNull(),
    kind: text("kind").notNull(),
    dueAt: integer("due_at").notNull(),
    doneAt: integer("done_at"),
    /** By whom: `person:<id>`, `key:<id>` or `system`; and how: `touch`, `reply`, `closed`, `completed`. */
    doneBy: text("done_by"),
    doneHow: text("done_how"),
    /** What is to be done, where somebody said so. */
    note: text("note"),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [
    index("tasks_by_lead").on(t.leadId),
    index("tasks_open_by_owner").on(t.ownerId, t.dueAt),
    index("tasks_open")
      .on(t.dueAt, t.id)
      .where(sql`done_at IS NULL`),
  ],
);

export const strikes = sqliteTable(
  "strikes",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    leadId: text("lead_id").notNull(),
    at: integer("at").notNull(),
    /** person, coverage, system or delivery. */
    attribution: text("attribution").notNull(),
    /** The evidence for it, in words. */
    why: text("why"),
    voidedAt: integer("voided_at"),
  },
  (t) => [index("strikes_by_person").on(t.personId, t.at), index("strikes_by_time").on(t.at)],
);
