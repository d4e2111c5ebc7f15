/**
 * Submissions, leads and who owned them. Times are epoch milliseconds.
 *
 * Two triggers (migrations/0001) guard every write: a lead's `generation` may only grow by one, so whoever saw an older
 * state fails with their whole batch; and an assignment decided under another configuration or another state of people
 * fails the same way. The loser reads again.
 */
import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

export const submissions = sqliteTable(
  "submissions",
  {
    /** Derived from form and submissionId; also the id of the lead that it founds. */
    id: text("id").primaryKey(),
    formKey: text("form_key").notNull(),
    submissionId: text("submission_id").notNull(),
    leadId: text("lead_id").notNull(),
    contentHash: text("content_hash").notNull(),
    /** What the visitor sent, verbatim, JSON. */
    body: text("body").notNull(),
    /** The acknowledgement they were given, JSON; a repeat is answered from here. */
    acknowledgement: text("acknowledgement").notNull(),
    receipt: text("receipt").notNull(),
    joined: integer("joined").notNull().default(0),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [uniqueIndex("submissions_by_receipt").on(t.receipt), index("submissions_by_lead").on(t.leadId)],
);

export const leads = sqliteTable(
  "leads",
  {
    id: text("id").primaryKey(),
    generation: integer("generation").notNull(),
    status: text("status").notNull(),
    open: integer("open").notNull(),
    stage: text("stage").notNull(),
    formKey: text("form_key"),
    source: text("source"),
    emailNorm: text("email_norm").notNull(),
    corporateDomain: text("corporate_domain"),
    /** EnrichedLead, JSON: the person and what is known of them. */
    facts: text("facts").notNull(),
    accountId: text("account_id"),
    match: text("match").notNull(),
    score: real("score").notNull(),
    fit: real("fit").notNull(),
    intent: real("intent").notNull(),
    segment: text("segment"),
    priority: integer("priority").notNull().default(0),
    tags: text("tags").notNull().default("[]"),
    ownerId: text("owner_id"),
    backupId: text("backup_id"),
    teamId: text("team_id"),
    queueId: text("queue_id"),
    stewardId: text("steward_id"),
    provisional: integer("provisional").notNull().default(0),
    /** 1: a full team left it with its manager, who hands it out as capacity frees (store/openings.ts). */
    overflow: integer("overflow").notNull().default(0),
    routing: text("routing").notNull(),
    slaId: text("sla_id").notNull(),
    policyVersion: integer("policy_version").notNull(),
    assignmentSeq: integer("assignment_seq").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    assignedAt: integer("assigned_at"),
    acceptedAt: integer("accepted_at"),
    clockStartsAt: integer("clock_starts_at"),
    firstTouchDueAt: integer("first_touch_due_at"),
    firstTouchAt: integer("first_touch_at"),
    secondTouchDueAt: integer("second_touch_due_at"),
    secondTouchAt: integer("second_touch_at"),
    repliedAt: integer("replied_at"),
    promiseAt: integer("promise_at"),
    nextActionAt: integer("next_action_at"),
    warnedAt: integer("warned_at"),
    closedAt: integer("closed_at"),
    breaches: integer("breaches").notNull().default(0),
    reassignments: integer("reassignments").notNull().default(0),
    disposition: text("disposition"),
    /** When a recycled lead comes back by itself. */
    recycleAt: integer("recycle_at"),
    /** Armed timers, JSON: `[{"kind": "warning", "dueAt": 1700000000000}]`. */
    timers: text("timers").notNull().default("[]"),
    /** The earliest of them: what the lead's object wakes for and the sweeper looks at. */
    nextDueAt: integer("next_due_at"),
    /** Which clock object looks after it: the last character of the id. */
    shard: text("shard").generatedAlwaysAs(sql`(substr(id, -1))`, { mode: "virtual" }),
  },
  (t) => [
    check(
      "leads_open_follows_status",
      sql`${t.open} = (${t.status} IN ('new', 'working', 'scheduled', 'quarantined'))`,
    ),
    check(
      "leads_never_nobody",
      sql`${t.ownerId} IS NOT NULL OR (${t.queueId} IS NOT NULL AND ${t.stewardId} IS NOT NULL)`,
    ),
    uniqueIndex("leads_one_open_by_email")
      .on(t.emailNorm)
      .where(sql`open = 1`),
    index("leads_by_email").on(t.emailNorm, t.createdAt),
    index("leads_by_domain")
      .on(t.corporateDomain, t.createdAt)
      .where(sql`corporate_domain IS NOT NULL`),
    index("leads_awaiting_by_owner")
      .on(t.ownerId)
      .where(sql`open = 1 AND first_touch_at IS NULL AND provisional = 0`),
    /** What waits for a team's opening. */
    index("leads_provisional")
      .on(t.teamId, t.clockStartsAt)
      .where(sql`open = 1 AND provisional = 1`),
    /** What may be handed out: not what its manager works on, be it for weeks. */
    index("leads_overflow")
      .on(t.id)
      .where(sql`open = 1 AND overflow = 1 AND first_touch_at IS NULL AND provisional = 0`),
    index("leads_open_by_owner")
      .on(t.ownerId)
      .where(sql`open = 1`),
    index("leads_due")
      .on(t.shard, t.nextDueAt)
      .where(sql`open = 1 AND next_due_at IS NOT NULL`),
    index("leads_by_created").on(t.createdAt),
    /** Empty but for a defect; the sweeper looks every minute. */
    index("leads_clockless")
      .on(t.id)
      .where(sql`open = 1 AND next_due_at IS NULL`),
    index("leads_quarantined")
      .on(t.createdAt)
      .where(sql`status = 'quarantined'`),
    index("leads_to_return")
      .on(t.recycleAt)
      .where(sql`open = 0 AND recycle_at IS NOT NULL`),
    /** Those that retention will reach. */
    index("leads_closed")
      .on(t.closedAt)
      .where(sql`closed_at IS NOT NULL AND substr(email_norm, 1, 7) <> 'erased:'`),
    /** Leads follow an account that is merged or removed. */
    index("leads_by_account")
      .on(t.accountId, t.open)
      .where(sql`account_id IS NOT NULL`),
  ],
);

export const assignments = sqliteTable(
  "assignments",
  {
    leadId: text("lead_id").notNull(),
    seq: integer("seq").notNull(),
    personId: text("person_id"),
    queueId: text("queue_id"),
    teamId: text("team_id"),
    at: integer("at").notNull(),
    /** capture, reassign, breach, opening, away, handoff, reroute … */
    cause: text("cause").notNull(),
    ruleId: text("rule_id"),
    policyVersion: integer("policy_version").notNull(),
    /** The configuration and the state of people that the decision saw; a trigger refuses it if either moved on. */
    configSeen: integer("config_seen").notNull(),
    peopleSeen: integer("people_seen").notNull(),
    /** The plan's candidate that won, JSON; the lead's columns are copied from here. */
    chosen: text("chosen").notNull(),
    /** Every member the pick weighed, JSON: person, weight, credit, load. */
    considered: text("considered").notNull(),
    /** How the decision came about, JSON list of steps. */
    trace: text("trace").notNull(),
    /** What CRM and matching said of the lead at capture, JSON: back-tests decide by it. Null before it was kept. */
    basis: text("basis"),
    /** For people; nothing counts by it (the Worker before migration 0018 did). */
    reason: text("reason").generatedAlwaysAs(sql`(chosen ->> '$.reason')`, { mode: "virtual" }),
    /** Which step of the fall-through took it, and whom it names: `team:smb`, `person:ben`, `queue:qualification`. */
    way: text("way").generatedAlwaysAs(sql`(chosen ->> '$.way')`, { mode: "virtual" }),
    target: text("target").generatedAlwaysAs(sql`(chosen ->> '$.target')`, { mode: "virtual" }),
  },
  (t) => [
    primaryKey({ columns: [t.leadId, t.seq] }),
    index("assignments_by_person").on(t.personId, t.at),
    index("assignments_by_time").on(t.at),
    /** What each branch of the policy took over a period, answered from the index alone (store/flow.ts). */
    index("assignments_first")
      .on(t.at, t.ruleId, t.way, t.target, t.leadId, t.seq)
      .where(sql`seq = 1`),
    index("assignments_observed")
      .on(t.at)
      .where(sql`seq = 1 AND instr(trace, '"outcome":"observed"') > 0`),
  ],
);

/** Leads that a team owes a member; sums to zero over a team's picks. */
export const rotationCredits = sqliteTable(
  "rotation_credits",
  {
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    credit: real("credit").notNull(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.personId] })],
);
