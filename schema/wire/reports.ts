/** Reports: one shape for all, so that a page, a table or a spreadsheet can show any of them. Meanings: docs/reports.md. */
import * as z from "zod";
import { dayInput, isoTime, isReportDay } from "./common.ts";

export const REPORT_NAMES = [
  "speed-to-lead",
  "sla-compliance",
  "missed-sla",
  "fallbacks",
  "dispositions",
  "recycle",
  "safety-nets",
  "cherry-picking",
  "scorecard",
  "qa-sample",
  "promises",
] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

export const REPORT_GROUPS = [
  "person",
  "team",
  "source",
  "segment",
  "form",
  "hour",
  "day",
  "week",
  "month",
] as const;
export type ReportGroup = (typeof REPORT_GROUPS)[number];

export const REPORT_FILTERS = ["person", "team", "source", "segment", "form"] as const;
export type ReportFilter = (typeof REPORT_FILTERS)[number];

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "use a date such as 2026-11-22")
  .refine(isReportDay, { message: "use a date of the calendar before the year 9999" })
  .meta({ examples: ["2026-11-22"] });

/** `counted` of a row: the leads that a figure counts, for `GET /v1/leads?counted=`. A name of 64 signs is 576 encoded. */
export const COUNTED =
  /^[a-z_.A-Z]{1,40}~\d{4}-\d{2}-\d{2}~\d{4}-\d{2}-\d{2}(~(person|team|source|segment|form|hour|response|code|other|net)=[^~]{0,576}){0,8}$/;

/** With days that there are. */
export const counted = z
  .string()
  .max(1000)
  .regex(COUNTED, "use the `measure` of a report's column and the `counted` of its row")
  .refine((text) => text.split("~").slice(1, 3).every(isReportDay), {
    message: "its days are none of the calendar before the year 9999",
  });

export const reportQuery = z.strictObject({
  from: dayInput.optional().meta({
    description: "First day, in the workspace's zone (of a time: its day); 30 days before `to`",
  }),
  to: dayInput.optional().meta({ description: "Last day, included (of a time: its day); today" }),
  group: z.enum(REPORT_GROUPS).optional(),
  person: z.string().max(64).optional(),
  team: z.string().max(64).optional(),
  source: z.string().max(64).optional(),
  segment: z.string().max(64).optional(),
  form: z.string().max(64).optional(),
  format: z.enum(["json", "csv", "excel"]).optional().meta({
    description: "Or ask with `Accept: text/csv`; `excel` is CSV with the mark by which Excel knows UTF-8",
  }),
});
export type ReportQuery = z.infer<typeof reportQuery>;

export const reportColumn = z
  .object({
    key: z.string(),
    label: z.string(),
    kind: z.enum(["count", "share", "seconds", "amount", "number", "text", "time", "flag"]),
    unit: z.string().optional().meta({ description: "The currency of amounts, where they are of one" }),
    measure: z
      .string()
      .nullable()
      .meta({ description: "With a row's `counted` it names the leads that the figure counts" }),
  })
  .meta({ id: "ReportColumn" });
export type ReportColumn = z.infer<typeof reportColumn>;

const value = z.union([z.number(), z.string(), z.boolean(), z.null()]);

export const reportRow = z
  .object({
    key: z.string(),
    label: z.string(),
    values: z.record(z.string(), value),
    counted: z.string().nullable().meta({
      description:
        "`GET /v1/leads?counted=<measure of the column><this>` lists the leads; null where there are none to list",
    }),
    leadId: z.string().optional(),
  })
  .meta({ id: "ReportRow" });
export type ReportRow = z.infer<typeof reportRow>;

export const reportTable = z
  .object({ id: z.string(), title: z.string(), columns: z.array(reportColumn), rows: z.array(reportRow) })
  .meta({ id: "ReportTable" });
export type ReportTable = z.infer<typeof reportTable>;

export const reportCommitment = z
  .object({
    id: z.string(),
    label: z.string(),
    kind: z.enum(["share", "number"]),
    target: z.number(),
    actual: z.number().nullable(),
    met: z.boolean().nullable().meta({ description: "Null while there is nothing to judge by" }),
  })
  .meta({ id: "ReportCommitment" });

export const baselineSummary = z
  .object({
    id: z.string(),
    takenAt: isoTime,
    takenBy: z.string(),
    from: z.string(),
    to: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: "BaselineSummary" });
export type BaselineSummary = z.infer<typeof baselineSummary>;

const totals = z.record(z.string(), z.number().nullable());

export const report = z
  .object({
    name: z.enum(REPORT_NAMES),
    title: z.string(),
    period: z.object({ from: z.string(), to: z.string(), timezone: z.string() }),
    group: z.enum(REPORT_GROUPS).nullable(),
    filters: z.record(z.string(), z.string()),
    asOf: isoTime,
    complete: z.boolean().meta({ description: "False while the roll-ups are still reading what happened" }),
    columns: z.array(reportColumn),
    rows: z.array(reportRow),
    totals: totals.nullable(),
    series: reportTable.nullable().meta({ description: "The same figures over time" }),
    sections: z.array(reportTable),
    commitments: z.array(reportCommitment),
    baseline: baselineSummary.extend({ totals }).nullable(),
    notes: z.array(z.string()),
  })
  .meta({ id: "Report" });
export type Report = z.infer<typeof report>;

export const baselineBody = z
  .object({
    from: day.optional(),
    to: day.optional(),
    note: z.string().max(500).nullish(),
  })
  .meta({ id: "BaselineRequest" });

export const baselineList = z.object({ baselines: z.array(baselineSummary) }).meta({ id: "BaselineList" });
