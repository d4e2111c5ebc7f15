/** Effects owed to the outside world. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { sql } from "drizzle-orm";

export const outbox = sqliteTable(
  "outbox",
  {
    /** Stable id of the effect: the same for every attempt, and what the receiver deduplicates by. */
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    /** email or webhook. */
    channel: text("channel").notNull(),
    leadId: text("lead_id"),
    /** Which assignment of the lead it speaks of: who hears is read from there. */
    seq: integer("seq"),
    /** Whom: `visitor`, `owner`, `previous`, `manager`, `steward`, `person:<id>`, `notification:<id>` or an address. */
    recipient: text("recipient").notNull(),
    data: text("data").notNull().default("{}"),
    status: text("status").notNull().default("pending"),
    attempts: integer("attempts").notNull().default(0),
    /** When it may be tried (again); while leased, when the lease ends. */
    nextAttemptAt: integer("next_attempt_at").notNull(),
    lastError: text("last_error"),
    createdAt: integer("created_at").notNull(),
    sentAt: integer("sent_at"),
  },
  (t) => [
    index("outbox_due")
      .on(t.nextAttemptAt)
      .where(sql`status IN ('pending', 'leased')`),
    index("outbox_by_lead").on(t.leadId),
    index("outbox_dead")
      .on(t.createdAt)
      .where(sql`status = 'dead'`),
  ],
);
