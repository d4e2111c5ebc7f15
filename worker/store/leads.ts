/** Reading leads: one for a decision, one for a page, many for a list. */
import type { AccountFacts, OpportunityFacts } from "../domain/routing/facts.ts";
import type { Way } from "../../schema/wire/policy.ts";
import { STRIKE_WINDOW_MS } from "../domain/sla/strikes.ts";
import type { OpenTask } from "../domain/sla/tasks.ts";
import { parseJson, type Db } from "./db.ts";
import { inNet, type LeadNet } from "./net-conditions.ts";
import { takenBy } from "./flow.ts";
import { CONTACT_OBJECT, CONTACT_ORDER, toContact, type ContactFacts } from "./known.ts";
import { lifeBeganOf } from "./returning.ts";
import { ledgeredLeads, type Ledgered } from "./rotation.ts";
import { countedLeads, type Counted } from "./counted.ts";
import { STATES_COLUMN, TIME_OFF_COLUMN, toCurrent, type Current } from "./people.ts";
import { toAccount, toLead, toOpportunity, type LeadRow } from "./rows.ts";
import { STANDS, strikesOf } from "./strikes.ts";
import { openTasksOf } from "./tasks.ts";

type Row = Record<string, unknown>;

/** A lead with everything a later decision about it looks at. */
export interface LeadInHand {
  lead: LeadRow;
  current: Current;
  /** Who in the CRM has the lead's address. */
  contact: ContactFacts | null;
  account: AccountFacts | null;
  opportunity: OpportunityFacts | null;
  /** People who let this lead breach before, in its present life. */
  breachedBy: string[];
  /** When, in the last seven days, the strikes that stand against its owner were. */
  strikes: number[];
  openTasks: OpenTask[];
  /** What became of the news of the present assignment; null when its owner was owed none. */
  news: { status: string; sentAt: number | null } | null;
}

/** All that is one row or little, as JSON columns of one row: a statement costs more than what it reads. */
const AROUND_LEAD = `
SELECT r.config, r.people, r.mode, r.mode_since,
  ${STATES_COLUMN} AS states,
  ${TIME_OFF_COLUMN} AS time_off,
  (SELECT ${CONTACT_OBJECT} FROM contacts c
     WHERE c.email_norm = (SELECT email_norm FROM leads WHERE id = ?2) ORDER BY ${CONTACT_ORDER} LIMIT 1) AS contact,
  (SELECT json_object('id', o.id, 'account_id', o.account_id, 'stage', o.stage, 'amount', o.amount, 'owner', o.owner)
     FROM opportunities o JOIN leads l ON o.account_id = l.account_id
     WHERE l.id = ?2 AND o.open = 1 ORDER BY o.amount DESC, o.id LIMIT 1) AS opportunity,
  (SELECT json_group_array(DISTINCT person_id) FROM strikes
     WHERE ${strikesOf("?2")} AND voided_at IS NULL AND at >= ${lifeBeganOf("?2")}) AS breached_by,
  (SELECT json_group_array(s.at) FROM leads l CROSS JOIN strikes s ON s.person_id = l.owner_id
     WHERE l.id = ?2 AND s.at > ?1 - ${STRIKE_WINDOW_MS} AND ${STANDS}) AS strikes,
  ${openTasksOf("?2")} AS open_tasks,
  (SELECT json_object('status', o.status, 'sentAt', o.sent_at) FROM outbox o JOIN leads l ON l.id = o.lead_id
     WHERE o.lead_id = ?2 AND o.seq = l.assignment_seq AND o.recipient = 'owner'
       AND o.kind IN ('lead.assigned', 'lead.reassigned', 'lead.opened', 'lead.rerouted')) AS told
FROM revisions r WHERE r.id = 1`;

const column = (row: Row | undefined, name: string): unknown =>
  parseJson<unknown>((row?.[name] as string | null | undefined) ?? "null");

/** One round trip; null when there is no such lead. */
export const readLeadInHand = async (db: Db, id: string, now: number): Promise<LeadInHand | null> => {
  const [around, leads, accounts] = await db.batch<Row>([
    db.prepare(AROUND_LEAD).bind(now, id),
    db.prepare("SELECT * FROM leads WHERE id = ?1").bind(id),
    db.prepare("SELECT a.* FROM accounts a JOIN leads l ON l.account_id = a.id WHERE l.id = ?1").bind(id),
  ]);
  const lead = leads?.results[0];
  if (!lead) return null;
  const row = around?.results[0];
  const account = accounts?.results[0];
  const opportunity = column(row, "opportunity") as Row | null;
  return {
    lead: toLead(lead),
    current: toCurrent(row),
    contact: toContact((column(row, "contact") ?? undefined) as Row | undefined),
    account: account ? toAccount(account) : null,
    opportunity: opportunity ? toOpportunity(opportunity) : null,
    breachedBy: (column(row, "breached_by") ?? []) as string[],
    strikes: (column(row, "strikes") ?? []) as number[],
    openTasks: (column(row, "open_tasks") ?? []) as OpenTask[],
    news: column(row, "told") as LeadInHand["news"],
  };
};

/** Who had it at `at`, epoch milliseconds; null where it was in a queue then. */
export const ownerAt = (db: Db, leadId: string, at: number): Promise<string | null> =>
  db
    .prepare(
      "SELECT person_id FROM assignments WHERE lead_id = ?1 AND (at <= ?2 OR seq = 1) ORDER BY seq DESC LIMIT 1",
    )
    .bind(leadId, at)
    .first<string>("person_id");

/** Channels of a lead that are proven not to work, and weren't corrected since. */
export const bouncedChannels = async (db: Db, leadId: string): Promise<string[]> => {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT b.data ->> '$.kind' AS kind FROM events b
       WHERE b.lead_id = ?1 AND b.type = 'lead.bounced' AND b.data ->> '$.verified' = 1
         AND NOT EXISTS (SELECT 1 FROM events c, json_each(c.data, '$.fields') f
           WHERE c.lead_id = ?1 AND c.seq > b.seq AND c.type = 'lead.corrected' AND f.value = b.data ->> '$.kind')`,
    )
    .bind(leadId)
    .all<{ kind: string }>();
  return results.map(({ kind }) => kind);
};

export interface StoredEvent {
  seq: number;
  at: number;
  type: string;
  actor: string;
  data: Record<string, unknown>;
}

export interface StoredAssignment {
  seq: number;
  personId: string | null;
  queueId: string | null;
  at: number;
  cause: string;
  ruleId: string | null;
  reason: string;
  considered: Row[];
  trace: Row[];
}

export interface LeadPage {
  lead: LeadRow;
  account: { id: string; name: string } | null;
  events: StoredEvent[];
  assignments: StoredAssignment[];
  submissions: { id: string; body: Row; createdAt: number; joined: boolean }[];
}

/**
 * The lead that a submission joined; null for any other id. Who sent it while the database was down was told the id of the
 * lead it would have founded.
 */
export const leadJoinedBy = async (db: Db, submissionKey: string): Promise<string | null> =>
  (
    await db
      .prepare("SELECT lead_id FROM submissions WHERE id = ?1 AND joined = 1")
      .bind(submissionKey)
      .first<{ lead_id: string }>()
  )?.lead_id ?? null;

export const readLeadPage = async (db: Db, id: string): Promise<LeadPage | null> => {
  const [leads, accounts, events, assignments, submissions] = await db.batch<Row>([
    db.prepare("SELECT * FROM leads WHERE id = ?1").bind(id),
    db
      .prepare("SELECT a.id, a.name FROM accounts a JOIN leads l ON l.account_id = a.id WHERE l.id = ?1")
      .bind(id),
    db.prepare("SELECT * FROM events WHERE lead_id = ?1 ORDER BY seq LIMIT 2000").bind(id),
    db.prepare("SELECT * FROM assignments WHERE lead_id = ?1 ORDER BY seq").bind(id),
    db
      .prepare(
        "SELECT id, body, created_at, joined FROM submissions WHERE lead_id = ?1 ORDER BY created_at LIMIT 100",
      )
      .bind(id),
  ]);
  const lead = leads?.results[0];
  if (!lead) return null;
  const account = accounts?.results[0];
  return {
    lead: toLead(lead),
    account: account ? { id: account["id"] as string, name: account["name"] as string } : null,
    events: (events?.results ?? []).map(toEvent),
    assignments: (assignments?.results ?? []).map(toAssignment),
    submissions: (submissions?.results ?? []).map((row) => ({
      id: row["id"] as string,
      body: parseJson<Row>(row["body"] as string),
      createdAt: row["created_at"] as number,
      joined: row["joined"] === 1,
    })),
  };
};

const toEvent = (row: Row): StoredEvent => ({
  seq: row["seq"] as number,
  at: row["at"] as number,
  type: row["type"] as string,
  actor: row["actor"] as string,
  data: parseJson<Row>(row["data"] as string),
});

const toAssignment = (row: Row): StoredAssignment => ({
  seq: row["seq"] as number,
  personId: row["person_id"] as string | null,
  queueId: row["queue_id"] as string | null,
  at: row["at"] as number,
  cause: row["cause"] as string,
  ruleId: row["rule_id"] as string | null,
  reason: parseJson<{ reason: string }>(row["chosen"] as string).reason,
  considered: parseJson<Row[]>(row["considered"] as string),
  trace: parseJson<Row[]>(row["trace"] as string),
});

export interface LeadFilter {
  /** Only these. */
  ids?: readonly string[] | undefined;
  status?: string | undefined;
  owner?: string | undefined;
  segment?: string | undefined;
  team?: string | undefined;
  queue?: string | undefined;
  /** Part of name, e-mail or company. */
  text?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  net?: LeadNet | undefined;
  /** What a figure of a report counts. */
  counted?: Counted | undefined;
  /** The branch of the policy that took it first, and how; `from` and `to` are then that decision's. */
  rule?: string | undefined;
  way?: Way | "observed" | undefined;
  /** A number of the rotation ledger, over its picks of the period. */
  ledger?: (Ledgered & { from: number; to: number }) | undefined;
  /** One of today's figures; `from` is then the start of the day. */
  today?: Today | undefined;
  /** `createdAt:id` of the last lead seen. */
  after?: { createdAt: number; id: string } | undefined;
  limit: number;
}

export type LeadWithAccount = LeadRow & { accountName: string | null };

/** Today's figures, each as the condition on leads captured today that it counts; the lists behind them use the same. */
export const TODAY = {
  captured: "1 = 1",
  touched: "first_touch_at IS NOT NULL",
  breached: "breaches > 0",
  reassigned: "reassignments > 0",
} as const;
export type Today = keyof typeof TODAY;

type Bound = string | number | null;

const conditions = (filter: LeadFilter, now: number): { where: string[]; values: Bound[] } => {
  const where: string[] = [];
  const values: Bound[] = [];
  const add = (clause: string, ...given: Bound[]): void => {
    where.push(clause);
    values.push(...given);
  };
  if (filter.ids) add("l.id IN (SELECT value FROM json_each(?))", JSON.stringify(filter.ids));
  if (filter.status === "open") add("l.open = 1");
  else if (filter.status) add("l.status = ?", filter.status);
  if (filter.owner) add("l.owner_id = ?", filter.owner);
  if (filter.segment) add("l.segment = ?", filter.segment);
  if (filter.team) add("l.team_id = ?", filter.team);
  if (filter.queue) add("l.queue_id = ?", filter.queue);
  if (filter.rule) {
    const { clause, values } = takenBy(filter.rule, filter.way, filter);
    add(clause, ...values);
  } else if (filter.ledger) {
    const { clause, values } = ledgeredLeads(filter.ledger, filter.ledger);
    add(clause, ...values);
  } else {
    if (filter.from !== undefined) add("l.created_at >= ?", filter.from);
    if (filter.to !== undefined) add("l.created_at < ?", filter.to);
  }
  if (filter.net) add(`(${inNet(filter.net, now)})`);
  if (filter.counted) {
    const { sql, values: bound } = countedLeads(filter.counted);
    add(`l.id IN (${sql})`, ...bound);
  }
  if (filter.today) add(`(${TODAY[filter.today]})`);
  if (filter.text) {
    // Not LIKE: D1 refuses patterns over 50 bytes.
    const part = filter.text.toLowerCase();
    add(
      "(instr(l.email_norm, ?) > 0 OR instr(lower(l.facts ->> '$.lead.name'), ?) > 0 OR instr(lower(l.facts ->> '$.lead.company'), ?) > 0)",
      part,
      part,
      part,
    );
  }
  if (filter.after)
    add(
      "(l.created_at < ? OR (l.created_at = ? AND l.id < ?))",
      filter.after.createdAt,
      filter.after.createdAt,
      filter.after.id,
    );
  return { where, values };
};

export const withAccount = (row: Row): LeadWithAccount => ({
  ...toLead(row),
  accountName: row["account_name"] as string | null,
});

const SELECT = "SELECT l.*, a.name AS account_name FROM leads l LEFT JOIN accounts a ON a.id = l.account_id";

/** Newest first. */
export const listLeads = async (db: Db, filter: LeadFilter, now: number): Promise<LeadWithAccount[]> => {
  const { where, values } = conditions(filter, now);
  const clause = where.length > 0 ? `WHERE ${where.join(" AND ")}` : "";
  const { results } = await db
    .prepare(`${SELECT} ${clause} ORDER BY l.created_at DESC, l.id DESC LIMIT ?`)
    .bind(...values, filter.limit)
    .all<Row>();
  return results.map(withAccount);
};

/** Leads by id, for the live board. */
export const readLeads = async (db: Db, ids: readonly string[]): Promise<LeadWithAccount[]> => {
  const { results } = await db
    .prepare(`${SELECT} WHERE l.id IN (SELECT value FROM json_each(?1))`)
    .bind(JSON.stringify(ids))
    .all<Row>();
  return results.map(withAccount);
};

/** What the board shows: open leads that wait for a first touch, and those in queues; most urgent first. */
export const readAwaiting = async (db: Db, limit = 1000): Promise<LeadWithAccount[]> => {
  const { results } = await db
    .prepare(
      `${SELECT} WHERE l.open = 1 AND (l.first_touch_at IS NULL OR l.owner_id IS NULL)
       ORDER BY l.first_touch_due_at IS NULL, l.first_touch_due_at, l.created_at LIMIT ?1`,
    )
    .bind(limit)
    .all<Row>();
  return results.map(withAccount);
};

/** Whether a lead is (still) on the board. */
export const isAwaiting = (lead: LeadRow): boolean =>
  lead.open && (lead.firstTouchAt === null || lead.ownerId === null);
