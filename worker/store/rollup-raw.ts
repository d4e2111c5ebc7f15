/** A lead's raw records, as the roll-ups read them: some hundred leads in one round trip. */
import type { EnrichedLead } from "../domain/enrichment/enrich.ts";
import type {
  RawAssignment,
  RawEvent,
  RawLead,
  RawOpportunity,
  RawSubmission,
  RawTouch,
} from "../domain/reports/raw.ts";
import { parseJson, type Db } from "./db.ts";

type Row = Record<string, unknown>;

/** A lead without its `complete`, which the policy it came under decides. */
export interface ReadLead {
  raw: Omit<RawLead, "complete">;
  given: Given;
}

/** What is known of what the visitor gave. */
export interface Given {
  lead: Partial<EnrichedLead>;
  custom: Record<string, unknown>;
  /** Names of fields that were given, where the values are gone. */
  present: readonly string[];
}

const ASKED = "IN (SELECT value FROM json_each(?1))";

const LEADS = `
SELECT id, created_at, form_key, source, segment, score, status, open, stage, owner_id, team_id, account_id, policy_version,
  accepted_at, replied_at, closed_at, disposition ->> '$.code' AS code, facts -> '$.lead' AS lead, facts -> '$.custom' AS custom,
  coalesce(facts -> '$.present', '[]') AS present
FROM leads WHERE id ${ASKED}`;

/** What timers alone said is of no use here. */
const EVENTS = `
SELECT lead_id, at, type, actor, data FROM events
WHERE lead_id ${ASKED} AND (actor <> 'system' OR type IN ('sla.breached', 'lead.closed', 'lead.booked', 'lead.staged', 'lead.handed_off', 'lead.accepted'))
ORDER BY seq`;

const TOUCHES = `
SELECT lead_id, at, direction, channel, owned, covered, outcome, grade, recorded_at FROM touches WHERE lead_id ${ASKED} ORDER BY at, id`;

const ASSIGNMENTS = `
SELECT lead_id, person_id, team_id, at, cause,
  coalesce(chosen ->> '$.tier', 0) > 0 AND coalesce(chosen ->> '$.provisional', 0) = 0 AS second
FROM assignments WHERE lead_id ${ASKED} ORDER BY seq`;

const SUBMISSIONS = `
SELECT lead_id, id, created_at, acknowledgement ->> '$.promiseAt' AS promise FROM submissions WHERE lead_id ${ASKED}
ORDER BY created_at, id`;

/** How long after a lead an opportunity of its account still counts as its doing. */
const PIPELINE_MS = 180 * 86_400_000;

/**
 * When it began: as the CRM says, else when it was first seen. What the first import brought had begun before, nobody knows
 * when: it is no lead's doing.
 */
const BEGUN = `coalesce(o.begun_at, CASE WHEN s.at >= (SELECT min(at) FROM opportunity_first_seen) + 86400000
  OR (SELECT min(at) FROM opportunity_first_seen) > (SELECT min(created_at) FROM leads) THEN s.at END)`;

const OPPORTUNITIES = `
SELECT lead_id, amount, currency, begun FROM (
  SELECT l.id AS lead_id, l.account_id, l.created_at, coalesce(o.amount, 0) AS amount, upper(o.currency) AS currency, ${BEGUN} AS begun
  FROM leads l JOIN opportunities o ON o.account_id = l.account_id LEFT JOIN opportunity_first_seen s ON s.id = o.id
  WHERE l.id ${ASKED}) x
WHERE begun >= created_at AND begun < created_at + ${PIPELINE_MS} AND NOT EXISTS (
  SELECT 1 FROM leads m WHERE m.account_id = x.account_id AND m.created_at > x.created_at AND m.created_at <= x.begun)
ORDER BY begun`;

const toEvent = (row: Row): RawEvent => ({
  at: row["at"] as number,
  type: row["type"] as string,
  actor: row["actor"] as string,
  data: parseJson<Row>(row["data"] as string),
});

const toTouch = (row: Row): RawTouch => ({
  at: row["at"] as number,
  direction: row["direction"] as string,
  channel: row["channel"] as string,
  owned: row["owned"] === 1,
  covered: row["covered"] === 1,
  outcome: row["outcome"] as string | null,
  verified: row["grade"] === "verified",
  recordedAt: row["recorded_at"] as number,
});

const toAssignment = (row: Row): RawAssignment => ({
  personId: row["person_id"] as string | null,
  teamId: row["team_id"] as string | null,
  at: row["at"] as number,
  cause: row["cause"] as string,
  second: row["second"] === 1,
});

const toSubmission = (row: Row): RawSubmission => ({
  id: row["id"] as string,
  createdAt: row["created_at"] as number,
  promiseAt: typeof row["promise"] === "string" ? Date.parse(row["promise"]) : null,
});

const toOpportunity = (row: Row): RawOpportunity => ({
  createdAt: row["begun"] as number,
  amount: row["amount"] as number,
  currency: row["currency"] as string | null,
});

const given = (row: Row): Given => ({
  lead: parseJson<Partial<EnrichedLead>>((row["lead"] as string | null) ?? "{}"),
  custom: parseJson<Row>((row["custom"] as string | null) ?? "{}"),
  present: parseJson<string[]>(row["present"] as string),
});

const columnsOf = (row: Row, channel: string | null) => ({
  id: row["id"] as string,
  createdAt: row["created_at"] as number,
  formKey: row["form_key"] as string | null,
  source: row["source"] as string | null,
  channel,
  segment: row["segment"] as string | null,
  score: row["score"] as number,
  status: row["status"] as string,
  open: row["open"] === 1,
  stage: row["stage"] as string,
  ownerId: row["owner_id"] as string | null,
  teamId: row["team_id"] as string | null,
  accountId: row["account_id"] as string | null,
  policyVersion: row["policy_version"] as number,
  acceptedAt: row["accepted_at"] as number | null,
  repliedAt: row["replied_at"] as number | null,
  closedAt: row["closed_at"] as number | null,
  code: row["code"] as string | null,
});

const grouped = <T>(rows: readonly Row[] | undefined, read: (row: Row) => T): ((lead: string) => T[]) => {
  const byLead = new Map<string, T[]>();
  for (const row of rows ?? []) {
    const lead = row["lead_id"] as string;
    const list = byLead.get(lead);
    if (list) list.push(read(row));
    else byLead.set(lead, [read(row)]);
  }
  return (lead) => byLead.get(lead) ?? [];
};

/** One round trip. */
export const readRawLeads = async (db: Db, ids: readonly string[]): Promise<ReadLead[]> => {
  const asked = JSON.stringify(ids);
  const [leads, events, touches, assignments, submissions, opportunities] = await db.batch<Row>(
    [LEADS, EVENTS, TOUCHES, ASSIGNMENTS, SUBMISSIONS, OPPORTUNITIES].map((sql) =>
      db.prepare(sql).bind(asked),
    ),
  );
  const of = {
    events: grouped(events?.results, toEvent),
    touches: grouped(touches?.results, toTouch),
    assignments: grouped(assignments?.results, toAssignment),
    submissions: grouped(submissions?.results, toSubmission),
    opportunities: grouped(opportunities?.results, toOpportunity),
  };
  return (leads?.results ?? []).map((row) => {
    const id = row["id"] as string;
    const known = given(row);
    return {
      given: known,
      raw: {
        ...columnsOf(row, known.lead.attribution?.channel ?? null),
        events: of.events(id),
        touches: of.touches(id),
        assignments: of.assignments(id),
        submissions: of.submissions(id),
        opportunities: of.opportunities(id),
      },
    };
  });
};
