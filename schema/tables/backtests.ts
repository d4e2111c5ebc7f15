/**
 * Back-tests: a document tried on the leads of a period, slice by slice, and what became of each lead. Also how people's
 * state was at any time. Times are epoch milliseconds.
 */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const backtests = sqliteTable(
  "backtests",
  {
    id: text("id").primaryKey(),
    /** running, done, cancelled or failed. */
    status: text("status").notNull().default("running"),
    /** What is tried: a published version, or null for a draft. */
    version: integer("version"),
    /** The document as it would take effect, JSON, and the holidays of its calendars in the period. */
    document: text("document").notNull(),
    holidays: text("holidays").notNull(),
    fromAt: integer("from_at").notNull(),
    toAt: integer("to_at").notNull(),
    /** What the result speaks of, a condition, JSON; null: every lead of the period. */
    condition: text("condition"),
    startedBy: text("started_by").notNull(),
    startedAt: integer("started_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    finishedAt: integer("finished_at"),
    /** Leads of the period, and how many of them were decided. */
    total: integer("total").notNull(),
    decided: integer("decided").notNull().default(0),
    /** Slices that are in; who writes the next one names this number, so that no slice is counted twice. */
    slice: integer("slice").notNull().default(0),
    /** Where to go on, JSON, and what people hold by then. */
    progress: text("progress").notNull(),
    world: text("world").notNull(),
    /** The result, JSON; null until it is done. */
    summary: text("summary"),
    /** Why it failed. */
    error: text("error"),
    /** Its leads were dropped to make room; the summary stays. */
    prunedAt: integer("pruned_at"),
  },
  (t) => [
    index("backtests_by_started").on(t.startedAt),
    index("backtests_running")
      .on(t.updatedAt)
      .where(sql`status = 'running'`),
  ],
);

export const backtestLeads = sqliteTable(
  "backtest_leads",
  {
    backtestId: text("backtest_id").notNull(),
    /** In the order in which they came; leads from before the period have negative numbers. */
    n: integer("n").notNull(),
    leadId: text("lead_id").notNull(),
    at: integer("at").notNull(),
    /** 0: it only holds capacity, or the filter leaves it out. */
    counts: integer("counts").notNull(),
    wasOwner: text("was_owner"),
    wasTeam: text("was_team"),
    wasQueue: text("was_queue"),
    wasRule: text("was_rule"),
    wasPromiseAt: integer("was_promise_at"),
    wasTouchAt: integer("was_touch_at"),
    wasLastOwner: text("was_last_owner"),
    /** Whose targets passed, JSON list. */
    wasBreachedBy: text("was_breached_by").notNull().default("[]"),
    intervened: integer("intervened").notNull().default(0),
    owner: text("owner"),
    team: text("team"),
    queue: text("queue"),
    rule: text("rule"),
    promiseAt: integer("promise_at"),
    touchAt: integer("touch_at"),
    lastOwner: text("last_owner"),
    breachedBy: text("breached_by").notNull().default("[]"),
    /** Another owner or queue. */
    otherOwner: integer("other_owner").generatedAlwaysAs(
      sql`(owner IS NOT was_owner OR queue IS NOT was_queue)`,
      { mode: "virtual" },
    ),
    /** The visitor would have been promised another time, by a second or more. */
    otherPromise: integer("other_promise").generatedAlwaysAs(
      sql`(coalesce(abs(promise_at - was_promise_at) >= 1000, promise_at IS NOT was_promise_at))`,
      { mode: "virtual" },
    ),
    /** 1: a target would have passed that didn't; -1: the other way round. */
    breachChange: integer("breach_change").generatedAlwaysAs(
      sql`((breached_by <> '[]') - (was_breached_by <> '[]'))`,
      { mode: "virtual" },
    ),
    /** Who holds it untouched in the simulated world; null when nobody does. */
    holder: text("holder"),
    /** Whether it is open there with an owner who isn't provisional. */
    related: integer("related").notNull().default(0),
    /** When something happens to it next. */
    nextAt: integer("next_at"),
    /** The rest of what goes on between slices, JSON. */
    state: text("state").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.backtestId, t.n] }),
    index("backtest_leads_by_lead").on(t.backtestId, t.leadId),
    index("backtest_leads_next")
      .on(t.backtestId, t.nextAt)
      .where(sql`next_at IS NOT NULL`),
    index("backtest_leads_by_holder")
      .on(t.backtestId, t.holder)
      .where(sql`holder IS NOT NULL`),
  ],
);

/** One row for every change of `people_state`; a trigger writes them, whoever changes it. */
export const peopleHistory = sqliteTable(
  "people_history",
  {
    seq: integer("seq").primaryKey({ autoIncrement: true }),
    personId: text("person_id").notNull(),
    at: integer("at").notNull(),
    away: integer("away").notNull(),
    awayUntil: integer("away_until"),
    awayReason: text("away_reason"),
    suspendedAt: integer("suspended_at"),
    deactivatedAt: integer("deactivated_at"),
    capacity: integer("capacity"),
    capacityUntil: integer("capacity_until"),
  },
  (t) => [index("people_history_by_time").on(t.at)],
);
