/** Tasks: what people owe, listed and done. */
import * as z from "zod";
import { problem } from "../../schema/wire/common.ts";
import { completeBody, task, TASK_KINDS, TASK_STATES, taskList } from "../../schema/wire/tasks.ts";
import { completeTask, findTasks } from "../flows/tasks.ts";
import { FRESH } from "./fresh.ts";
import { askerOf } from "./leads.ts";
import { valueOf } from "./outcome.ts";
import { route, type Route } from "./route.ts";

const query = z.object({
  owner: z.string().max(64).optional(),
  lead: z.string().max(64).optional(),
  kind: z.enum(TASK_KINDS).optional(),
  state: z.enum(TASK_STATES).default("open"),
  after: z
    .string()
    .regex(/^-?\d{1,15}~[\w.:-]{1,150}$/, "use the `next` of the page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const taskRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/tasks",
      operation: "listTasks",
      summary: "Tasks by filter, the most urgent first, with a cursor",
      tag: "Leads",
      scope: "leads:read",
      query,
      responses: { 200: { description: "A page of tasks", schema: taskList } },
    },
    async ({ query: search, deps }) => Response.json(await findTasks(deps, search), FRESH),
  ),
  route(
    {
      method: "post",
      path: "/v1/tasks/:id/complete",
      operation: "completeTask",
      summary: "A task is done; a repeat changes nothing",
      tag: "Leads",
      scope: "leads:write",
      params: z.object({ id: z.string().max(160) }),
      body: completeBody,
      responses: {
        200: { description: "The task as it is now", schema: task },
        403: { description: "Somebody else's task", schema: problem },
        404: { description: "No such task", schema: problem },
        409: { description: "The lead is changing too fast", schema: problem },
      },
    },
    async ({ params, body, caller, deps }) =>
      Response.json(valueOf(await completeTask(deps, params.id, askerOf(caller), body))),
  ),
];
