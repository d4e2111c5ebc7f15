/** `/v1/backtests`: a document tried on the real leads of a period. */
import * as z from "zod";
import { condition } from "../config/condition.ts";
import { dayInput, isoTime } from "./common.ts";

export const backtestBody = z
  .strictObject({
    document: z.unknown().optional().describe("A draft to try; not needed to be published"),
    version: z
      .int()
      .min(1)
      .optional()
      .describe("A published version to try; the one in force when neither is given"),
    from: dayInput.describe("A time, or a day (its beginning in the workspace's time zone)"),
    to: dayInput.nullish().describe("A time, or a day, which is included; now when absent"),
    where: condition
      .nullish()
      .describe(
        "What the result speaks of, as in a rule's `when`. All leads of the period are decided: rotation and capacity need them",
      ),
  })
  .meta({ id: "BacktestQuestion" });
export type BacktestBody = z.infer<typeof backtestBody>;

const count = z.int();
const load = z.object({ leads: count, breaches: count.describe("Deadlines missed") });

const side = z.object({
  owner: z.string().nullable().describe("The first owner who wasn't provisional"),
  team: z.string().nullable(),
  queue: z.string().nullable().describe("The queue it went to before it had an owner"),
  ruleId: z.string().nullable(),
  promiseAt: isoTime.nullable(),
  firstTouchAt: isoTime.nullable(),
  breachedBy: z.array(z.string()).describe("Whose first-touch targets passed, in order"),
  lastOwner: z.string().nullable(),
});

export const BACKTEST_CHANGES = ["owner", "promise", "breach_added", "breach_avoided"] as const;

export const backtestLead = z
  .object({
    leadId: z.string(),
    at: isoTime,
    was: side,
    would: side,
    changes: z.array(z.enum(BACKTEST_CHANGES)),
    intervened: z.boolean().describe("Somebody moved or corrected it by hand, which no policy decides"),
  })
  .meta({ id: "BacktestLead" });
export type BacktestLead = z.infer<typeof backtestLead>;

export const backtestLeads = z
  .object({ leads: z.array(backtestLead), next: z.string().nullable() })
  .meta({ id: "BacktestLeads" });
export type BacktestLeads = z.infer<typeof backtestLeads>;

const waits = z
  .object({ p50: z.number().nullable(), p90: z.number().nullable() })
  .describe("Seconds from coming to the time that was told");

const promises = z.object({
  told: count.describe("Leads whose visitor was told a time"),
  decided: count.describe("Told, without those that wait and those that were withdrawn"),
  kept: count.describe("Touched by the minute told"),
  waiting: count.describe("Untouched, and the minute is still to come when the back-test was begun"),
  withdrawn: count.describe("The lead was closed before that minute, untouched"),
  wait: waits,
});

export const backtestSummary = z
  .object({
    leads: count,
    owner: z.object({ same: count, other: count }),
    intervened: count,
    nobody: count.describe("Leads for which nobody was active"),
    breached: z
      .object({ was: count, would: count, avoided: count, added: count })
      .describe("Leads whose first-touch deadline somebody missed"),
    deadlines: z
      .object({ was: count, would: count })
      .describe("Deadlines missed: a lead that two people let pass is one lead and two deadlines"),
    promises: z.object({ was: promises, would: promises, earlier: count, later: count }),
    people: z.array(
      z.object({
        id: z.string(),
        was: load,
        would: load.extend({ peakAwaiting: count.describe("Most leads awaiting first touch at a time") }),
      }),
    ),
    teams: z.array(z.object({ id: z.string().nullable(), was: count, would: count })),
    queues: z.array(z.object({ id: z.string(), was: count, would: count })),
    rules: z.array(z.object({ id: z.string().nullable(), was: count, would: count })),
    decidedByTodaysCrm: count.describe("Leads from before it was kept what the CRM said when they came"),
    assumptions: z.array(z.string()),
  })
  .meta({ id: "BacktestSummary" });
export type BacktestSummary = z.infer<typeof backtestSummary>;

export const backtest = z
  .object({
    id: z.string(),
    status: z.enum(["running", "done", "cancelled", "failed"]),
    version: z.int().nullable().describe("Null: a draft"),
    from: isoTime,
    to: isoTime,
    where: condition.nullable(),
    progress: z.object({ decided: count, total: count }),
    startedBy: z.string(),
    startedAt: isoTime,
    updatedAt: isoTime,
    finishedAt: isoTime.nullable(),
    error: z.string().nullable(),
    summary: backtestSummary.nullable(),
  })
  .meta({ id: "Backtest" });
export type Backtest = z.infer<typeof backtest>;

/** With the first page of its leads once it is done. */
export const backtestAnswer = backtest.extend({
  leads: z.array(backtestLead).nullable(),
  next: z.string().nullable(),
});
export type BacktestAnswer = z.infer<typeof backtestAnswer>;
