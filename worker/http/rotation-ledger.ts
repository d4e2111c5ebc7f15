/** Reports about the rotation, as JSON or CSV. */
import * as z from "zod";
import { problem } from "../../schema/wire/common.ts";
import { period, rotationLedgerAnswer, unknownOwnersAnswer } from "../../schema/wire/ledger.ts";
import { toCsv } from "../domain/reports/csv.ts";
import { ledgerTable } from "../domain/reports/rotation-ledger.ts";
import { ledgerOf, periodOf, unknownOwners, type Period } from "../flows/rotation-ledger.ts";
import type { Deps } from "../flows/deps.ts";
import { valueOf } from "./outcome.ts";
import { HttpProblem } from "./problem.ts";
import { route, type Route } from "./route.ts";

const query = period.extend({
  format: z.enum(["json", "csv"]).optional().describe("Or send Accept: text/csv"),
});

const FRESH = { "cache-control": "no-store" };

const at = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

const asked = (deps: Deps, { from, to }: z.infer<typeof period>): Period =>
  valueOf(periodOf(deps, at(from), at(to)));

const wantsCsv = (format: "json" | "csv" | undefined, request: Request): boolean =>
  format === "csv" || (format === undefined && (request.headers.get("accept") ?? "").includes("text/csv"));

const csv = (name: string, rows: readonly (readonly (string | number | null)[])[]): Response =>
  new Response(toCsv(rows), {
    headers: {
      ...FRESH,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
    },
  });

const notPublished = { description: "No configuration is published yet", schema: problem };
const badPeriod = { description: "A period that can't be", schema: problem };

export const rotationReportRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/reports/rotation-ledger",
      operation: "rotationLedger",
      summary:
        "What each member of each rotation was due and got, credits by name, and why they were passed over",
      tag: "Reports",
      scope: "reports:read",
      query,
      responses: {
        200: { description: "JSON, or CSV with a line for each member", schema: rotationLedgerAnswer },
        422: badPeriod,
        503: notPublished,
      },
    },
    async ({ query: { format, ...range }, deps }, context) => {
      const ledger = await ledgerOf(deps, asked(deps, range));
      if (!ledger) throw new HttpProblem(503, "No configuration is published yet.");
      return wantsCsv(format, context.req.raw)
        ? csv("rotation-ledger", ledgerTable(ledger))
        : Response.json(ledger, { headers: FRESH });
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/reports/unknown-owners",
      operation: "unknownOwners",
      summary: "Owners the CRM names who are no active person here: their leads fell through",
      tag: "Reports",
      scope: "reports:read",
      query,
      responses: {
        200: { description: "JSON, or CSV with a line for each name", schema: unknownOwnersAnswer },
        422: badPeriod,
      },
    },
    async ({ query: { format, ...range }, deps }, context) => {
      const { from, to } = asked(deps, range);
      const owners = (await unknownOwners(deps, { from, to })).map(({ lastAt, ...owner }) => ({
        ...owner,
        lastAt: new Date(lastAt).toISOString(),
      }));
      if (wantsCsv(format, context.req.raw))
        return csv("unknown-owners", [
          ["name", "leads", "last_at", "last_lead"],
          ...owners.map(({ name, leads, lastAt, lastLeadId }) => [name, leads, lastAt, lastLeadId]),
        ]);
      const answer = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), owners };
      return Response.json(answer, { headers: FRESH });
    },
  ),
];
