/** What people owe, as records: made by timers and hand-offs, done by the fitting touch, or because somebody says so. */
import { isDone, type Done, type OpenTask } from "../domain/sla/tasks.ts";
import type { Db } from "./db.ts";
import { lifeBeganOf } from "./returning.ts";

/** Open tasks of a lead (as SQL), as a JSON column: OpenTask[]. */
export const openTasksOf = (lead: string): string => `
  (SELECT json_group_array(json_object('id', t.id, 'kind', t.kind, 'askedAt', min(t.created_at, t.due_at),
     'requestedAt', (SELECT max(s.created_at) FROM submissions s
        WHERE s.lead_id = t.lead_id AND s.joined = 1 AND s.created_at <= t.created_at)))
   FROM tasks t WHERE t.lead_id = ${lead} AND t.done_at IS NULL)`;

/** Ends those of a lead's open tasks that are done by it. */
export const finishTasks = (
  db: Db,
  open: readonly OpenTask[],
  done: Done & { actor: string },
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE tasks SET done_at = ?2, done_by = ?3, done_how = ?4
       WHERE done_at IS NULL AND id IN (SELECT value FROM json_each(?1))`,
    )
    .bind(
      JSON.stringify(open.filter((task) => isDone(task, done)).map(({ id }) => id)),
      now,
      done.actor,
      done.how,
    );

export interface TaskRow {
  id: string;
  leadId: string;
  ownerId: string;
  kind: string;
  dueAt: number;
  doneAt: number | null;
  doneBy: string | null;
  doneHow: string | null;
  note: string | null;
  createdAt: number;
  /** Of the lead: whom it is about. */
  name: string | null;
  company: string | null;
}

export interface TaskFilter {
  owner?: string | undefined;
  lead?: string | undefined;
  kind?: string | undefined;
  state: "open" | "done" | "overdue" | "all";
  /** Due time and id of the last task seen. */
  after?: { dueAt: number; id: string } | undefined;
  limit: number;
}

const STATES: Record<TaskFilter["state"], string> = {
  open: "t.done_at IS NULL",
  overdue: "t.done_at IS NULL AND t.due_at <= :now",
  done: "t.done_at IS NOT NULL",
  all: "1 = 1",
};

const SELECT = `SELECT t.id, t.lead_id AS leadId, t.owner_id AS ownerId, t.kind, t.due_at AS dueAt, t.done_at AS doneAt,
  t.done_by AS doneBy, t.done_how AS doneHow, t.note, t.created_at AS createdAt,
  l.facts ->> '$.lead.name' AS name, l.facts ->> '$.lead.company' AS company
  FROM tasks t JOIN leads l ON l.id = t.lead_id`;

/** The most urgent first. */
export const listTasks = async (db: Db, filter: TaskFilter, now: number): Promise<TaskRow[]> => {
  const where = [STATES[filter.state].replace(":now", String(now))];
  const values: (string | number)[] = [];
  const add = (clause: string, ...given: (string | number)[]): void => {
    where.push(clause);
    values.push(...given);
  };
  if (filter.owner) add("t.owner_id = ?", filter.owner);
  if (filter.lead) add("t.lead_id = ?", filter.lead);
  if (filter.kind) add("t.kind = ?", filter.kind);
  if (filter.after) add("(t.due_at, t.id) > (?, ?)", filter.after.dueAt, filter.after.id);
  const { results } = await db
    .prepare(`${SELECT} WHERE ${where.join(" AND ")} ORDER BY t.due_at, t.id LIMIT ?`)
    .bind(...values, filter.limit)
    .all<TaskRow>();
  return results;
};

export const taskById = (db: Db, id: string): Promise<TaskRow | null> =>
  db.prepare(`${SELECT} WHERE t.id = ?1`).bind(id).first<TaskRow>();

/** The first says how it was done; a repeat changes nothing. */
export const completeStatement = (
  db: Db,
  id: string,
  done: { by: string; note: string | null },
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE tasks SET done_at = ?2, done_by = ?3, done_how = 'completed', note = coalesce(?4, note)
       WHERE id = ?1 AND done_at IS NULL`,
    )
    .bind(id, now, done.by, done.note);

/** Whether an open task asks about this channel of a lead: its note begins with it (flows/bounce.ts). */
export const isAskedToMend = async (
  db: Db,
  leadId: string,
  channel: "email" | "phone",
  toConfirm: boolean,
): Promise<boolean> =>
  (await db
    .prepare(
      `SELECT 1 FROM tasks WHERE lead_id = ?1 AND done_at IS NULL AND (kind = 'confirmBounce' OR kind = 'badContact' AND NOT ?3)
         AND (note = ?2 OR substr(note, 1, length(?2) + 1) = ?2 || ':') LIMIT 1`,
    )
    .bind(leadId, channel, toConfirm ? 1 : 0)
    .first()) !== null;

/** A way in which somebody reached out, and what came of it. */
export interface Attempt {
  channel: string;
  outcome: string | null;
  /** How often. */
  n: number;
}

/** Touches of a lead that count, since it last came back. */
export const attemptsMade = async (db: Db, leadId: string): Promise<Attempt[]> => {
  const { results } = await db
    .prepare(
      `SELECT channel, outcome, count(*) AS n FROM touches
       WHERE lead_id = ?1 AND (owned = 1 OR covered = 1) AND at >= ${lifeBeganOf("?1")} GROUP BY 1, 2`,
    )
    .bind(leadId)
    .all<Attempt>();
  return results;
};
