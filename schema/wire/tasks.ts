/** Tasks: what people owe beside the first touch. */
import * as z from "zod";
import { isoTime, personRef } from "./common.ts";

export const TASK_KINDS = [
  "secondTouch",
  "noReply",
  "takeoverTouch",
  "followUp",
  "handoff",
  "badContact",
  "confirmBounce",
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export const TASK_STATES = ["open", "overdue", "done", "all"] as const;

export const task = z
  .object({
    id: z.string(),
    leadId: z.string(),
    lead: z.object({ name: z.string().nullable(), company: z.string().nullable() }),
    owner: personRef,
    kind: z.enum(TASK_KINDS),
    dueAt: isoTime,
    doneAt: isoTime.nullable(),
    /** By whom; and whether by a touch, a reply, a correction, with the lead, or because somebody said so. */
    doneBy: z.string().nullable(),
    doneHow: z.enum(["touch", "reply", "correction", "closed", "completed"]).nullable(),
    note: z.string().nullable(),
    createdAt: isoTime,
  })
  .meta({ id: "Task" });
export type Task = z.infer<typeof task>;

export const taskList = z
  .object({ tasks: z.array(task), next: z.string().nullable() })
  .meta({ id: "TaskList" });
export type TaskList = z.infer<typeof taskList>;

export const completeBody = z
  .object({
    note: z.string().max(1000).nullish(),
    agree: z
      .boolean()
      .nullish()
      .describe("Of a reported bounce (`confirmBounce`): false where the address or number works after all"),
  })
  .meta({ id: "CompleteTaskRequest" });
