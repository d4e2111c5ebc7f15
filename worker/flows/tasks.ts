/** Tasks as people see and do them. */
import type { Task, TaskList } from "../../schema/wire/tasks.ts";
import { cancel, type Timer } from "../domain/sla/timers.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { completeStatement, listTasks, taskById, type TaskFilter, type TaskRow } from "../store/tasks.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import type { Asker } from "./asking.ts";
import { agree } from "./bounce.ts";
import type { Deps } from "./deps.ts";
import { refuse, save, withLead, type Hand, type Outcome, type Refusal } from "./hand.ts";
import { iso, isoOrNull } from "./view.ts";

export const toTask = (compiled: Compiled | null, row: TaskRow): Task => ({
  id: row.id,
  leadId: row.leadId,
  lead: { name: row.name, company: row.company },
  owner: { id: row.ownerId, name: compiled?.people.get(row.ownerId)?.name ?? row.ownerId },
  kind: row.kind as Task["kind"],
  dueAt: iso(row.dueAt),
  doneAt: isoOrNull(row.doneAt),
  doneBy: row.doneBy,
  doneHow: row.doneHow as Task["doneHow"],
  note: row.note,
  createdAt: iso(row.createdAt),
});

export interface TaskSearch extends Omit<TaskFilter, "after"> {
  after?: string | undefined;
}

const cursorOf = (after: string | undefined): TaskFilter["after"] => {
  const [dueAt, ...id] = (after ?? "").split("~");
  return id.length > 0 ? { dueAt: Number(dueAt), id: id.join("~") } : undefined;
};

/** The most urgent first; the cursor is that of the last task. */
export const findTasks = async (deps: Deps, search: TaskSearch): Promise<TaskList> => {
  const compiled = await loadCurrentConfig(deps.db);
  const filter = { ...search, after: cursorOf(search.after), limit: search.limit + 1 };
  const rows = await listTasks(deps.db, filter, deps.now());
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  return {
    tasks: page.map((row) => toTask(compiled, row)),
    next: rows.length > search.limit && last ? `${last.dueAt}~${last.id}` : null,
  };
};

const notTheirTask = (task: TaskRow, { onlyOwn }: Asker): Refusal | null =>
  onlyOwn === null || task.ownerId === onlyOwn
    ? null
    : refuse(403, "The task is somebody else's: ask them or a manager.");

/** With its last task done nobody has to watch it any more; a clock stays, for nothing open is without one. */
const watchEnds = async (hand: Hand, taskId: string): Promise<Timer[]> => {
  const others = await listTasks(hand.deps.db, { lead: hand.lead.id, state: "open", limit: 2 }, hand.now);
  const rest = cancel(hand.lead.timers, "untouchedTask");
  return others.some(({ id }) => id !== taskId) || rest.length === 0 ? hand.lead.timers : rest;
};

/** Says that a task is done. A repeat changes nothing; what a touch is for, only a touch stops. */
export const completeTask = async (
  deps: Deps,
  id: string,
  asker: Asker,
  said: { note?: string | null | undefined; agree?: boolean | null | undefined },
): Promise<Outcome<Task>> => {
  const note = said.note ?? null;
  const disagrees = said.agree === false;
  const task = await taskById(deps.db, id);
  if (!task) return refuse(404, "There is no such task.");
  const done = await withLead<null>(deps, task.leadId, async (hand) => {
    const now = await taskById(deps.db, id);
    if (!now || now.doneAt !== null) return { ok: true, value: null };
    const refusal = notTheirTask(now, asker);
    if (refusal) return refusal;
    const finish = completeStatement(deps.db, id, { by: asker.actor, note }, hand.now);
    if (now.kind === "confirmBounce" && !disagrees) return agree(hand, asker, finish);
    await save(hand, {
      actor: asker.actor,
      timers: await watchEnds(hand, id),
      events: [
        {
          type: "task.completed",
          data: { task: id, kind: now.kind, note, ...(disagrees ? { agree: false } : {}) },
        },
      ],
      also: [finish],
    });
    return { ok: true, value: null };
  });
  if (!done.ok) return done;
  const after = await taskById(deps.db, id);
  return after
    ? { ok: true, value: toTask(await loadCurrentConfig(deps.db), after) }
    : refuse(404, "There is no such task.");
};
