/** What people owe, as records: made by timers and hand-offs, done by the fitting touch, or because somebody says so. */
import type { Db } from "./db.ts";

/** What does a task: a touch those that ask for one, a reply those that wait for it; `badContact` ends with a correction. */
const DONE_BY = {
  touch: ["secondTouch", "takeoverTouch", "noReply", "followUp", "handoff"],
  reply: ["secondTouch", "noReply"],
  correction: ["badContact", "confirmBounce"],
} as const;

export const finishTasks = (
  db: Db,
  leadId: string,
  how: keyof typeof DONE_BY,
  actor: string,
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE tasks SET done_at = ?2, done_by = ?3, done_how = ?4
       WHERE lead_id = ?1 AND done_at IS NULL AND kind IN (SELECT value FROM json_each(?5))`,
    )
    .bind(leadId, now, actor, how, JSON.stringify(DONE_BY[how]));

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

/** What has been done for a lead: touches that count, by how many channels, and whether anybody was reached. */
export const effortMade = async (
  db: Db,
  leadId: string,
): Promise<{ attempts: number; channels: number; reached: boolean }> => {
  const row = await db
    .prepare(
      `SELECT count(*) AS attempts, count(DISTINCT channel) AS channels,
         coalesce(max(outcome IN ('connected', 'reached', 'talked', 'held', 'meeting_held', 'replied')), 0) AS reached
       FROM touches WHERE lead_id = ?1 AND (owned = 1 OR covered = 1)`,
    )
    .bind(leadId)
    .first<{ attempts: number; channels: number; reached: number }>();
  return { attempts: row?.attempts ?? 0, channels: row?.channels ?? 0, reached: row?.reached === 1 };
};
