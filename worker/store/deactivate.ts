/**
 * Somebody leaves: in one batch they stop being assignable and everything they hold is somebody else's. Leads get a timer
 * to be routed again, so their clocks finish what follows whatever happens to the request.
 */
import type { Db } from "./db.ts";
import { changeState } from "./people.ts";

export interface Leaving {
  personId: string;
  /** Who gets what they hold until it is routed again. */
  heir: { id: string; name: string };
  /** Who keeps each queue from now on, by queue; the heir keeps queues that aren't in it. */
  stewards: Readonly<Record<string, string>>;
  /** Notifications that hear of leads that change hands, each with its channel. */
  subscribed: readonly { id: string; channel: string }[];
  actor: string;
  reason: string | null;
  now: number;
  /** When the clocks route again what the request didn't get to. */
  routeAgainAt: number;
  /** What it was checked against; if either moved on, nothing happens. */
  seen: { config: number; people: number };
}

/** Writes a second row 1, which can't be, where what was checked has moved on: the whole batch fails. */
const UNMOVED = `
INSERT INTO revisions (id, config, people) SELECT 1, config, people FROM revisions WHERE id = 1 AND (config <> ?1 OR people <> ?2)`;
const MOVED_ON = /UNIQUE constraint failed: revisions/;

const OWNED = "l.open = 1 AND l.owner_id = ?1";
const KEPT = "l.open = 1 AND l.steward_id = ?1";

/** The first touch is measured anew when it is routed again; what a touched lead waits for goes on. */
const ENDS = "('warning', 'firstTouch', 'opening', 'accept', 'assign', 'reminder', 'rehome')";

const GIVE_LEADS = `
INSERT INTO assignments
  (lead_id, seq, person_id, queue_id, team_id, at, cause, rule_id, policy_version, config_seen, people_seen, chosen, considered, trace)
SELECT l.id, l.assignment_seq + 1, ?2, NULL, l.team_id, ?4, 'deactivated', l.routing ->> 'ruleId', l.policy_version, r.config, r.people,
  json_object('tier', 0, 'person', ?2, 'personName', ?3, 'team', l.team_id, 'rotation', NULL, 'target', 'person:' || ?2,
    'reason', ?5, 'firstTouchDueAt', l.first_touch_due_at,
    'overflow', json(CASE WHEN l.overflow THEN 'true' ELSE 'false' END)),
  '[]', json_array(json_object('step', 'deactivated', 'outcome', 'given', 'detail', ?5, 'person', ?2))
FROM leads l, revisions r WHERE r.id = 1 AND ${OWNED}`;

const TELL_LEADS = `
INSERT INTO events (lead_id, at, type, actor, data)
SELECT l.id, ?2, 'lead.reassigned', ?3, json_object('owner', json_object('id', ?4, 'name', ?5), 'from', json_object('id', ?1), 'cause', 'deactivated', 'reason', ?6)
FROM leads l WHERE ${OWNED} ORDER BY l.id`;

const TELL_SUBSCRIBERS = `
INSERT INTO outbox (id, kind, channel, lead_id, seq, recipient, data, next_attempt_at, created_at)
SELECT l.id || '.' || (l.assignment_seq + 1) || '.event.' || (s.value ->> 'id'), 'event', s.value ->> 'channel', l.id, l.assignment_seq + 1,
  'notification:' || (s.value ->> 'id'), json_object('type', 'lead.reassigned', 'at', ?2, 'data', json_object('owner', json_object('id', ?4, 'name', ?5), 'from', json_object('id', ?1), 'cause', 'deactivated', 'reason', ?6)), ?2, ?2
FROM leads l, json_each(?3) s WHERE ${OWNED}
ON CONFLICT DO NOTHING`;

const MOVE_LEADS = `
UPDATE leads AS l SET generation = generation + 1, owner_id = ?2, backup_id = NULL, assignment_seq = assignment_seq + 1,
  assigned_at = ?3, accepted_at = NULL, warned_at = NULL, reassignments = reassignments + 1, updated_at = ?3,
  routing = json_set(routing, '$.target', 'person:' || ?2, '$.reason', ?5),
  timers = (SELECT json_group_array(json(timer)) FROM (
    SELECT value AS timer, value ->> 'dueAt' AS due FROM json_each(l.timers) WHERE value ->> 'kind' NOT IN ${ENDS}
    UNION ALL SELECT json_object('kind', 'rehome', 'dueAt', ?4), ?4 ORDER BY due)),
  next_due_at = (SELECT min(due) FROM (
    SELECT value ->> 'dueAt' AS due FROM json_each(l.timers) WHERE value ->> 'kind' NOT IN ${ENDS} UNION ALL SELECT ?4))
WHERE ${OWNED}`;

const STEWARD = "coalesce((SELECT value FROM json_each(?2) WHERE key = l.queue_id), ?3)";

const GIVE_QUEUED = `
INSERT INTO assignments
  (lead_id, seq, person_id, queue_id, team_id, at, cause, rule_id, policy_version, config_seen, people_seen, chosen, considered, trace)
SELECT l.id, l.assignment_seq + 1, NULL, l.queue_id, NULL, ?4, 'deactivated', l.routing ->> 'ruleId', l.policy_version, r.config, r.people,
  json_object('tier', 0, 'person', NULL, 'queue', l.queue_id, 'steward', ${STEWARD}, 'rotation', NULL, 'target', 'queue:' || l.queue_id, 'reason', ?5),
  '[]', json_array(json_object('step', 'deactivated', 'outcome', 'given', 'detail', ?5, 'person', ${STEWARD}))
FROM leads l, revisions r WHERE r.id = 1 AND ${KEPT}`;

const TELL_QUEUED = `
INSERT INTO events (lead_id, at, type, actor, data)
SELECT l.id, ?4, 'lead.queued', ?6, json_object('queue', l.queue_id, 'steward', ${STEWARD}, 'cause', 'deactivated', 'reason', ?5)
FROM leads l WHERE ${KEPT} ORDER BY l.id`;

const TELL_STEWARDS = `
INSERT INTO outbox (id, kind, channel, lead_id, seq, recipient, data, next_attempt_at, created_at)
SELECT l.id || '.' || (l.assignment_seq + 1) || '.lead.queued.steward', 'lead.queued', 'email', l.id, l.assignment_seq + 1, 'steward',
  json_object('reason', ?3), ?2, ?2
FROM leads l WHERE ${KEPT} ON CONFLICT DO NOTHING`;

const MOVE_QUEUED = `
UPDATE leads AS l SET generation = generation + 1, steward_id = ${STEWARD}, assignment_seq = assignment_seq + 1, updated_at = ?4
WHERE ${KEPT}`;

/** They can't be assigned to any more. */
const leave = (db: Db, { personId, heir, actor, reason, now, seen }: Leaving): D1PreparedStatement[] => [
  db.prepare(UNMOVED).bind(seen.config, seen.people),
  ...changeState(
    db,
    personId,
    { deactivatedAt: now },
    { type: "person.deactivated", actor, data: { heir: heir.id, reason } },
    now,
  ),
];

/** All they hold goes to others. `writeDeparture` counts by the order. */
const giveAway = (db: Db, leaving: Leaving): D1PreparedStatement[] => {
  const { personId, heir, actor, reason, now } = leaving;
  const why = reason === null ? `${personId} was deactivated` : `${personId} was deactivated: ${reason}`;
  const stewards = JSON.stringify(leaving.stewards);
  return [
    db.prepare(GIVE_LEADS).bind(personId, heir.id, heir.name, now, why),
    db.prepare(TELL_LEADS).bind(personId, now, actor, heir.id, heir.name, why),
    db
      .prepare(TELL_SUBSCRIBERS)
      .bind(personId, now, JSON.stringify(leaving.subscribed), heir.id, heir.name, why),
    // Before their leads move, which would take the tasks with them uncounted.
    db
      .prepare("UPDATE tasks SET owner_id = ?2 WHERE owner_id = ?1 AND done_at IS NULL")
      .bind(personId, heir.id),
    db.prepare(MOVE_LEADS).bind(personId, heir.id, now, leaving.routeAgainAt, why),
    db.prepare(GIVE_QUEUED).bind(personId, stewards, heir.id, now, why),
    db.prepare(TELL_QUEUED).bind(personId, stewards, heir.id, now, why, actor),
    db.prepare(TELL_STEWARDS).bind(personId, now, why),
    db.prepare(MOVE_QUEUED).bind(personId, stewards, heir.id, now),
  ];
};

export interface Left {
  /** Leads that went to the heir, to be routed again. */
  leads: number;
  /** Leads in queues that have another steward now. */
  queued: number;
  tasks: number;
}

/** One atomic round trip; null when what was checked has moved on, or a lead changed under it: check again. */
export const writeDeparture = async (db: Db, leaving: Leaving): Promise<Left | null> => {
  try {
    const left = leave(db, leaving);
    const results = await db.batch([...left, ...giveAway(db, leaving)]);
    const [given, , , tasks, , queued] = results.slice(left.length).map(({ meta }) => meta.changes);
    return { leads: given ?? 0, queued: queued ?? 0, tasks: tasks ?? 0 };
  } catch (error) {
    if (MOVED_ON.test(String(error))) return null;
    throw error;
  }
};

/** Leads that wait to be routed again after somebody left, the most urgent first. */
export const waitingToBeRouted = async (db: Db, heirId: string, limit: number): Promise<string[]> => {
  const { results } = await db
    .prepare(
      `SELECT l.id FROM leads l WHERE l.open = 1 AND l.owner_id = ?1
         AND EXISTS (SELECT 1 FROM json_each(l.timers) WHERE value ->> 'kind' = 'rehome')
       ORDER BY l.first_touch_at IS NOT NULL, l.first_touch_due_at, l.id LIMIT ?2`,
    )
    .bind(heirId, limit)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};
