/**
 * Roll-ups (docs/reports.md): what each lead comes to, read again from the raw records whenever something happens to it,
 * and sums of that by day and month. All of it can be thrown away and made again. Also what is kept beside it: baselines and
 * the catches of the safety nets. Times are epoch milliseconds, days are the workspace's, counted from 1970-01-01.
 */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { MEASURES, type Measure } from "../reports.ts";

const count = () => integer().notNull().default(0);

const measures = () =>
  Object.fromEntries(
    MEASURES.map((name) => [
      name,
      name === "pipeline_amount" ? real(name).notNull().default(0) : integer(name).notNull().default(0),
    ]),
  ) as unknown as Record<Measure, ReturnType<typeof count>>;

/** One row (id 1): how far the roll-ups have read. A trigger lets `turn` grow by one only: of two that read, one writes. */
export const reportState = sqliteTable("report_state", {
  id: integer("id").primaryKey(),
  turn: integer("turn").notNull(),
  /** The last event that is in. */
  seq: integer("seq").notNull(),
  /** The zone whose days are counted, and the rules by which leads were read (RULES). */
  timezone: text("timezone").notNull(),
  rules: integer("rules").notNull(),
  /** The currency whose amounts are added; empty: none, as long as there are several and none is named. */
  currency: text("currency").notNull().default(""),
  /** While everything is read again: the id after which to go on; null when done. */
  rebuildAfter: text("rebuild_after"),
  updatedAt: integer("updated_at").notNull(),
});

/** Leads whose figures something other than an event has changed; triggers write here. */
export const reportDirty = sqliteTable("report_dirty", {
  seq: integer("seq").primaryKey({ autoIncrement: true }),
  leadId: text("lead_id").notNull(),
});

export const reportLeads = sqliteTable(
  "report_leads",
  {
    leadId: text("lead_id").primaryKey(),
    account: text("account"),
    day: integer("day").notNull(),
    month: integer("month").notNull(),
    createdAt: integer("created_at").notNull(),
    open: integer("open").notNull(),
    lastActivityAt: integer("last_activity_at").notNull(),
    /** Who held it when it was first touched or first missed; empty: nobody, or not known. */
    person: text("person").notNull(),
    team: text("team").notNull(),
    source: text("source").notNull(),
    segment: text("segment").notNull(),
    form: text("form").notNull(),
    hour: text("hour").notNull(),
    response: text("response").notNull(),
    score: integer("score").notNull(),
    speed: integer("speed"),
    coverage: integer("coverage"),
    recycle: integer("recycle"),
    ...measures(),
  },
  (t) => [
    index("report_leads_by_day").on(t.day),
    index("report_leads_by_person").on(t.person, t.day),
    index("report_leads_idle")
      .on(t.lastActivityAt)
      .where(sql`open = 1`),
    index("report_leads_backlog")
      .on(t.createdAt)
      .where(sql`open = 1 AND touched = 0`),
    index("report_leads_uncoded")
      .on(t.day)
      .where(sql`uncoded = 1`),
  ],
);

/** Sums by day (`grain` 0) and by month (1). WITHOUT ROWID in the migration. */
export const reportCells = sqliteTable(
  "report_cells",
  {
    dimension: text("dimension").notNull(),
    grain: integer("grain").notNull(),
    period: integer("period").notNull(),
    value: text("value").notNull(),
    ...measures(),
  },
  (t) => [primaryKey({ columns: [t.dimension, t.grain, t.period, t.value] })],
);

/** How many durations fall in which bucket. WITHOUT ROWID in the migration. */
export const reportBuckets = sqliteTable(
  "report_buckets",
  {
    dimension: text("dimension").notNull(),
    sketch: text("sketch").notNull(),
    grain: integer("grain").notNull(),
    period: integer("period").notNull(),
    value: text("value").notNull(),
    bucket: integer("bucket").notNull(),
    n: integer("n").notNull(),
  },
  (t) => [primaryKey({ columns: [t.dimension, t.sketch, t.grain, t.period, t.value, t.bucket] })],
);

/** Misses, fallbacks and closings: counted on the day and for the person they happened to. */
export const reportIncidents = sqliteTable(
  "report_incidents",
  {
    leadId: text("lead_id").notNull(),
    n: integer("n").notNull(),
    kind: text("kind").notNull(),
    at: integer("at").notNull(),
    day: integer("day").notNull(),
    person: text("person").notNull(),
    /** Attribution, cause or disposition code. */
    code: text("code").notNull(),
    /** Who had it next, where somebody did. */
    other: text("other").notNull(),
    team: text("team").notNull(),
    source: text("source").notNull(),
    segment: text("segment").notNull(),
    form: text("form").notNull(),
    /** How late, or how long it took; null while it lasts. */
    ms: integer("ms"),
  },
  (t) => [
    primaryKey({ columns: [t.leadId, t.n] }),
    index("report_incidents_by_kind").on(t.kind, t.day, t.person, t.code, t.source),
  ],
);

/** What each visitor was told, and what happened. */
export const reportPromises = sqliteTable(
  "report_promises",
  {
    submissionId: text("submission_id").primaryKey(),
    leadId: text("lead_id").notNull(),
    toldAt: integer("told_at").notNull(),
    day: integer("day").notNull(),
    person: text("person").notNull(),
    promiseAt: integer("promise_at").notNull(),
    /** The first touch after it was told; null while there is none. */
    touchedAt: integer("touched_at"),
    /** False once it was withdrawn: the lead was closed before the told minute, so nobody had to reach out. */
    open: integer("open").notNull(),
    lateMs: integer("late_ms"),
  },
  (t) => [
    index("report_promises_by_lead").on(t.leadId),
    index("report_promises_broken")
      .on(t.day)
      .where(sql`late_ms > 0`),
    index("report_promises_waiting")
      .on(t.promiseAt)
      .where(sql`touched_at IS NULL`),
  ],
);

/** A snapshot of every report's totals, to compare later ones with. The last one counts. */
export const reportBaselines = sqliteTable("report_baselines", {
  id: text("id").primaryKey(),
  takenAt: integer("taken_at").notNull(),
  takenBy: text("taken_by").notNull(),
  fromDay: text("from_day").notNull(),
  toDay: text("to_day").notNull(),
  note: text("note"),
  /** Totals by report, JSON. */
  totals: text("totals").notNull(),
});

/** What a safety net caught, from when to when. */
export const netCatches = sqliteTable(
  "net_catches",
  {
    net: text("net").notNull(),
    /** A lead, or for `undelivered` a message. */
    subject: text("subject").notNull(),
    caughtAt: integer("caught_at").notNull(),
    releasedAt: integer("released_at"),
  },
  (t) => [
    primaryKey({ columns: [t.net, t.subject, t.caughtAt] }),
    index("net_catches_by_time").on(t.caughtAt),
    index("net_catches_held")
      .on(t.net, t.subject)
      .where(sql`released_at IS NULL`),
  ],
);

/** When an opportunity was first seen: the CRM's own date may be unknown. A trigger writes it. */
export const opportunityFirstSeen = sqliteTable(
  "opportunity_first_seen",
  { id: text("id").primaryKey(), at: integer("at").notNull() },
  (t) => [index("opportunity_first_seen_by_time").on(t.at)],
);
