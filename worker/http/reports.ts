/** Reports as JSON and CSV, and the baseline they are compared with. */
import * as z from "zod";
import { problem } from "../../schema/wire/common.ts";
import {
  baselineBody,
  baselineList,
  baselineSummary,
  report,
  REPORT_NAMES,
  reportQuery,
  type Report,
  type ReportName,
  type ReportTable,
} from "../../schema/wire/reports.ts";
import { tableToCsv } from "../domain/reports/table-csv.ts";
import { baselines, dropTaken, takeBaseline } from "../flows/reports/baseline.ts";
import { REPORTS } from "../flows/reports/all.ts";
import { makeReport } from "../flows/reports/report.ts";
import { csvText, JSON_OR_CSV, wantsCsv } from "./csv-answer.ts";
import { FRESH } from "./fresh.ts";
import { askerOf } from "./leads.ts";
import { valueOf } from "./outcome.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, route, type Route } from "./route.ts";

/** The report's own table, or one of its sections by name. */
const tableOf = (made: Report, section: string | undefined): Pick<ReportTable, "columns" | "rows"> => {
  if (section === undefined) return made;
  const tables = [...made.sections, ...(made.series ? [{ ...made.series, id: "series" }] : [])];
  const found = tables.find(({ id }) => id === section);
  if (!found)
    throw new HttpProblem(
      422,
      `/query/section: ${made.name} has ${tables.map(({ id }) => id).join(", ") || "no sections"}.`,
      [{ pointer: "/query/section", detail: "There is no such section in this report." }],
    );
  return found;
};

const asCsv = (made: Report, { section, format }: z.infer<typeof query>): Response => {
  const name = [made.name, section, made.period.from, made.period.to].filter(Boolean).join("-");
  return csvText(tableToCsv(tableOf(made, section)), `${name}.csv`, format);
};

const query = reportQuery.extend({
  section: z
    .string()
    .max(40)
    .optional()
    .meta({ description: "CSV: one of the report's sections, or `series`" }),
});

const SUMMARIES: Record<ReportName, string> = {
  "speed-to-lead": "Capture to first owned touch: median, p90, distribution, contact rate, backlog",
  "sla-compliance": "First touches in time, against the commitment",
  "missed-sla": "First-touch deadlines that passed, by whose they were and why",
  fallbacks: "Leads that went to somebody else than meant, by person and reason",
  dispositions: "How leads were closed, and whether somebody gives one code to nearly all",
  recycle: "What came back to marketing, why and how soon; MQL to SQL",
  "safety-nets": "What each safety net holds, caught and let go",
  "cherry-picking": "Whether somebody reaches the valuable leads in time and not the others, tested",
  scorecard: "What marketing and sales owe each other, against commitments and baseline",
  "qa-sample":
    "Ten random leads of the week (Monday to Sunday) that ends last up to `to`, on a Sunday the running one; the same for everybody who asks",
  promises: "What visitors were told and whether it was kept, by how much not",
};

/** What this report is grouped by; asked for another it answers in words what can be. */
const groupOf = (name: ReportName) => {
  const { groups } = REPORTS[name];
  const { group } = query.shape;
  return groups.length === 0
    ? group.meta({ description: "This report isn't grouped: leave it out" })
    : group.meta({ override: { enum: [...groups] } });
};

const reportRoute = (name: ReportName): Route =>
  route(
    {
      method: "get",
      path: `/v1/reports/${name}`,
      operation: `report_${name.replaceAll("-", "_")}`,
      summary: SUMMARIES[name],
      tag: "Reports",
      scope: "reports:read",
      query: query.extend({ group: groupOf(name) }),
      responses: {
        200: {
          description: "The report; CSV with `format=csv` (`excel`: as Excel opens it) or `Accept: text/csv`",
          schema: report,
        },
        403: { description: "Somebody else's figures, asked for by a rep", schema: problem },
        409: { description: "Nothing is published yet", schema: problem },
        422: { description: "A period, group or filter that can't be, and what can", schema: problem },
      },
    },
    async ({ query: asked, caller, deps }, context) => {
      const made = valueOf(await makeReport(deps, name, asked, askerOf(caller).onlyOwn));
      return wantsCsv(asked.format, context)
        ? asCsv(made, asked)
        : Response.json(made, { headers: JSON_OR_CSV });
    },
  );

export const reportRoutes: Route[] = [
  ...REPORT_NAMES.map(reportRoute),
  route(
    {
      method: "get",
      path: "/v1/reports/baseline",
      operation: "listBaselines",
      summary: "Baselines taken so far, the newest first; reports are compared with the first",
      tag: "Reports",
      scope: "reports:read",
      responses: { 200: { description: "Baselines", schema: baselineList } },
    },
    async ({ deps }) => Response.json({ baselines: await baselines(deps) }, FRESH),
  ),
  route(
    {
      method: "post",
      path: "/v1/reports/baseline",
      operation: "takeBaseline",
      summary:
        "Keep every report's totals over a period, dated, to compare later ones with; the same twice in a row is one",
      tag: "Reports",
      scope: "reports:write",
      body: baselineBody,
      responses: {
        201: { description: "Kept", schema: baselineSummary },
        409: { description: "Nothing is published, or the figures are still being counted", schema: problem },
        422: { description: "No such period", schema: problem },
      },
    },
    async ({ body, caller, deps }) =>
      Response.json(valueOf(await takeBaseline(deps, actorOf(caller), body)), { status: 201 }),
  ),
  route(
    {
      method: "delete",
      path: "/v1/reports/baseline/:id",
      operation: "dropBaseline",
      summary: "Drop a baseline; reports are compared with the one taken before it again",
      tag: "Reports",
      scope: "reports:write",
      params: z.object({ id: z.string().max(64) }),
      responses: {
        204: { description: "Dropped" },
        404: { description: "No such baseline", schema: problem },
      },
    },
    async ({ params, deps }) => {
      valueOf(await dropTaken(deps, params.id));
      return new Response(null, { status: 204 });
    },
  ),
];
