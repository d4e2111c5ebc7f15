/** Tasks of the fake workspace, filtered as the API does. */
import type { Task, TaskList } from "../../../../schema/wire/tasks.ts";

export const makeTask = (id: string, over: Partial<Task>, now = Date.now()): Task => ({
  id,
  leadId: "L-due",
  lead: { name: "Priya Nair", company: "Northwind" },
  owner: { id: "ben", name: "Ben Okafor" },
  kind: "secondTouch",
  dueAt: new Date(now - 60_000).toISOString(),
  doneAt: null,
  doneBy: null,
  doneHow: null,
  note: null,
  createdAt: new Date(now - 120_000).toISOString(),
  ...over,
});

export const tasksFor = (tasks: readonly Task[], query: URLSearchParams): TaskList => {
  const state = query.get("state") ?? "open";
  const fits = ({ owner, leadId, doneAt, dueAt }: Task): boolean =>
    (!query.get("owner") || owner.id === query.get("owner")) &&
    (!query.get("lead") || leadId === query.get("lead")) &&
    (state === "done" ? doneAt !== null : doneAt === null) &&
    (state !== "overdue" || Date.parse(dueAt) <= Date.now());
  return { tasks: tasks.filter(fits), next: null };
};
