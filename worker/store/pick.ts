/**
 * The pick and everything that follows from it, as SQL over the plan's candidates. One INSERT decides: the lowest tier
 * with room, and in it the quota method (the twin and the reasoning: worker/domain/routing/pick.ts). Capacity is counted
 * from the leads themselves, so no second store of counters can drift. Two triggers guard it (schema/migrations/0001).
 */
import type { Candidate, TraceStep } from "../domain/routing/plan-types.ts";
import { condense } from "../domain/routing/condense.ts";

export interface AssignmentInput {
  leadId: string;
  seq: number;
  at: number;
  cause: string;
  ruleId: string | null;
  policyVersion: number;
  configSeen: number;
  peopleSeen: number;
  candidates: readonly Candidate[];
  trace: readonly TraceStep[];
  /** What CRM and matching said; given at capture. */
  basis?: object;
}

const PICK = `
INSERT INTO assignments
  (lead_id, seq, person_id, queue_id, team_id, at, cause, rule_id, policy_version, config_seen, people_seen,
   chosen, considered, trace, basis)
WITH
  c AS MATERIALIZED (
    SELECT key AS ord, value ->> 0 AS tier, value ->> 1 AS person, value ->> 2 AS rotation, value ->> 3 AS weight,
           value ->> 4 AS capacity, value ->> 5 AS active, value ->> 6 AS most, value ->> 7 AS base
    FROM json_each(?1, '$.entries')),
  awaiting AS MATERIALIZED (
    SELECT owner_id AS person, count(*) AS n FROM leads
    WHERE open = 1 AND first_touch_at IS NULL AND provisional = 0 AND id <> ?2
      AND owner_id IN (SELECT person FROM c WHERE capacity IS NOT NULL OR most IS NOT NULL)
    GROUP BY owner_id),
  working AS MATERIALIZED (
    SELECT owner_id AS person, count(*) AS n FROM leads
    WHERE open = 1 AND provisional = 0 AND id <> ?2 AND owner_id IN (SELECT person FROM c WHERE active IS NOT NULL)
    GROUP BY owner_id),
  seen AS MATERIALIZED (
    SELECT c.*, coalesce(r.credit, 0) AS credit,
      CASE WHEN capacity IS NOT NULL OR most IS NOT NULL THEN coalesce(awaiting.n, 0) END AS n,
      CASE WHEN active IS NOT NULL THEN coalesce(working.n, 0) END AS held,
      (capacity IS NULL OR coalesce(awaiting.n, 0) < capacity) AND (active IS NULL OR coalesce(working.n, 0) < active) AS room
    FROM c
    LEFT JOIN awaiting ON awaiting.person = c.person
    LEFT JOIN working ON working.person = c.person
    LEFT JOIN rotation_credits r ON r.team_id = c.rotation AND r.person_id = c.person),
  tier AS MATERIALIZED (
    SELECT *, credit + weight * 1.0 / (SELECT sum(weight) FROM seen WHERE room AND tier = (SELECT min(tier) FROM seen WHERE room)) AS after
    FROM seen WHERE room AND tier = (SELECT min(tier) FROM seen WHERE room)),
  top AS MATERIALIZED (
    SELECT ord, base, n, most FROM tier
    ORDER BY after > 1e-9 DESC, CAST((1 - after) / weight * 1e9 + 0.5 AS INTEGER), person LIMIT 1),
  won AS MATERIALIZED (
    SELECT CASE WHEN n >= most THEN json_set(j, '$.event.data.beyondCapacity', json('true')) ELSE j END AS j FROM (
      SELECT json_patch(json_extract(?1, '$.bases[' || base || ']'), json_extract(?1, '$.patches[' || ord || ']')) AS j, n, most
      FROM top))
SELECT ?2, ?3, j ->> 'person', j ->> 'queue', j ->> 'team', ?4, ?5, ?6, ?7, ?8, ?9, j,
  (SELECT json_group_array(json_object('tier', tier, 'person', person, 'rotation', rotation, 'weight', weight, 'credit', credit,
     'awaiting', n, 'open', held, 'capacity', capacity, 'activeLeads', active, 'room', json(CASE WHEN room THEN 'true' ELSE 'false' END)))
   FROM (SELECT * FROM seen WHERE tier <= (SELECT min(tier) FROM seen WHERE room) ORDER BY ord)),
  ?10, ?11
FROM won
RETURNING chosen`;

/** Moves the credits of the rotation that picked: everybody who had room gets their share, the picked one pays a lead. */
const MOVE_CREDITS = `
INSERT INTO rotation_credits (team_id, person_id, credit)
WITH
  a AS MATERIALIZED (SELECT * FROM assignments WHERE lead_id = ?1 AND seq = ?2 AND chosen ->> 'rotation' IS NOT NULL),
  m AS MATERIALIZED (
    SELECT a.chosen ->> 'rotation' AS team, a.person_id AS picked, value ->> 'person' AS person, value ->> 'weight' AS weight
    FROM a, json_each(a.considered) WHERE value ->> 'room' AND value ->> 'tier' = a.chosen ->> 'tier')
SELECT team, person, weight * 1.0 / (SELECT sum(weight) FROM m) - (person = picked) FROM m WHERE true
ON CONFLICT (team_id, person_id) DO UPDATE SET credit = credit + excluded.credit`;

/** The given events in order, then what the pick made happen: one statement, as each costs a query of its own. */
const EVENTS = `
INSERT INTO events (lead_id, at, type, actor, data)
SELECT ?1, at, type, actor, data FROM (
  SELECT 0 AS part, key AS ord, ?4 AS at, value ->> 'type' AS type, value ->> 'actor' AS actor, value -> 'data' AS data
  FROM json_each(?5)
  UNION ALL
  SELECT 1, 0, at, chosen ->> '$.event.type', ?3, chosen -> '$.event.data' FROM assignments WHERE lead_id = ?1 AND seq = ?2)
ORDER BY part, ord`;

/** The given effects and those that follow from who was picked; one that is owed already is not owed twice. */
const EFFECTS = `
INSERT INTO outbox (id, kind, channel, lead_id, seq, recipient, data, next_attempt_at, created_at)
SELECT value ->> 'id', value ->> 'kind', value ->> 'channel', ?1, value ->> 'seq', value ->> 'recipient', value -> 'data', ?3, ?3
FROM json_each(?4)
UNION ALL
SELECT a.lead_id || '.' || a.seq || '.' || (e.value ->> 'kind') || '.' || (e.value ->> 'recipient'),
  e.value ->> 'kind', e.value ->> 'channel', a.lead_id, a.seq, e.value ->> 'recipient',
  coalesce(e.value -> 'data', json_set(a.chosen -> 'event', '$.at', a.at)), a.at, a.at
FROM assignments a, json_each(a.chosen -> 'effects') e WHERE a.lead_id = ?1 AND a.seq = ?2
ON CONFLICT DO NOTHING`;

/** The statement that picks; its RETURNING row holds the chosen candidate as JSON. */
export const pickStatement = (db: D1Database, input: AssignmentInput): D1PreparedStatement =>
  db
    .prepare(PICK)
    .bind(
      JSON.stringify(condense(input.candidates)),
      input.leadId,
      input.seq,
      input.at,
      input.cause,
      input.ruleId,
      input.policyVersion,
      input.configSeen,
      input.peopleSeen,
      JSON.stringify(input.trace),
      input.basis === undefined ? null : JSON.stringify(input.basis),
    );

export interface Following {
  leadId: string;
  seq: number;
  actor: string;
  /** Of the given events and effects; the pick's own carry the assignment's time. */
  at: number;
  /** Whether a rotation takes part. */
  rotates: boolean;
  events: readonly object[];
  effects: readonly object[];
}

/** What follows in the same batch: credits, events, effects owed. */
export const afterPick = (
  db: D1Database,
  { leadId, seq, actor, at, rotates, events, effects }: Following,
): D1PreparedStatement[] => [
  ...(rotates ? [db.prepare(MOVE_CREDITS).bind(leadId, seq)] : []),
  db.prepare(EVENTS).bind(leadId, seq, actor, at, JSON.stringify(events)),
  db.prepare(EFFECTS).bind(leadId, seq, at, JSON.stringify(effects)),
];

/** Columns of a lead that follow the chosen candidate; used by the founding INSERT and by every later UPDATE. */
export const CHOSEN_COLUMNS = {
  owner_id: "a.person_id",
  backup_id: "a.chosen ->> 'backup'",
  team_id: "a.team_id",
  queue_id: "a.queue_id",
  steward_id: "a.chosen ->> 'steward'",
  provisional: "a.chosen ->> 'provisional'",
  overflow: "coalesce(a.chosen ->> 'overflow', 0)",
  assignment_seq: "a.seq",
  assigned_at: "CASE WHEN a.person_id IS NULL THEN NULL ELSE a.at END",
  next_action_at: "a.chosen ->> 'nextActionAt'",
  timers: "a.chosen -> 'timers'",
  next_due_at: "a.chosen ->> 'nextDueAt'",
} as const;

/** A lead that nobody has acted on is quarantined for as long as it waits in such a queue. */
export const FIRST_STATUS = "CASE WHEN a.chosen ->> 'quarantined' THEN 'quarantined' ELSE 'new' END";
export const NEXT_STATUS = `CASE WHEN leads.status IN ('new', 'quarantined', 'recycled') THEN ${FIRST_STATUS} ELSE leads.status END`;

export const CLOCK_COLUMNS = {
  clock_starts_at: "a.chosen ->> 'clockStartsAt'",
  first_touch_due_at: "a.chosen ->> 'firstTouchDueAt'",
} as const;

export const ROUTING_COLUMN =
  "json_object('ruleId', a.rule_id, 'target', a.chosen ->> 'target', 'reason', a.chosen ->> 'reason')";
