/** Reports about the rotation, as JSON or CSV. */
import * as z from "zod";
import { problem } from "../../schema/wire/common.ts";
import { period, rotationLedgerAnswer, unknownOwnersAnswer } from "../../schema/wire/ledger.ts";
import { toCsv } from "../domain/reports/csv.ts";
import { ledgerTable } from "../domain/reports/rotation-ledger.ts";
import { ledgerOf, unknownOwners } from "../flows/rotation-ledger.ts";
import { csvText, FORMATS, JSON_OR_CSV, wantsCsv } from "./csv-answer.ts";
import { askerOf } from "./leads.ts";
import { valueOf } from "./outcome.ts";
import { route, type Route } from "./route.ts";

const query = period.extend({
  format: z.enum(FORMATS).optional().describe("Or send Accept: text/csv; `excel` is CSV as Excel opens it"),
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
        "What each member of each rotation was due and got, credits by name, and why they were passed over; a rep sees their own",
      tag: "Reports",
      scope: "reports:read",
      query,
      responses: {
        200: { description: "JSON, or CSV with a line for each member", schema: rotationLedgerAnswer },
        409: notPublished,
        422: badPeriod,
      },
    },
    async ({ query: { format, ...range }, caller, deps }, context) => {
      const ledger = valueOf(await ledgerOf(deps, range, askerOf(caller).onlyOwn), "/query");
      return wantsCsv(format, context)
        ? csvText(toCsv(ledgerTable(ledger)), "rotation-ledger.csv", format)
        : Response.json(ledger, { headers: JSON_OR_CSV });
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
        403: { description: "It is about everybody, and a rep asked", schema: problem },
        409: notPublished,
        422: badPeriod,
      },
    },
    async ({ query: { format, ...range }, caller, deps }, context) => {
      const found = valueOf(await unknownOwners(deps, range, askerOf(caller).onlyOwn), "/query");
      const owners = found.owners.map(({ lastAt, ...owner }) => ({
        ...owner,
        lastAt: new Date(lastAt).toISOString(),
      }));
      if (wantsCsv(format, context)) {
        const lines = owners.map(({ name, leads, lastAt, lastLeadId }) => [name, leads, lastAt, lastLeadId]);
        return csvText(
          toCsv([["name", "leads", "lastAt", "lastLeadId"], ...lines]),
          "unknown-owners.csv",
          format,
        );
      }
      const answer = {
        from: new Date(found.from).toISOString(),
        to: new Date(found.to).toISOString(),
        owners,
      };
      return Response.json(answer, { headers: JSON_OR_CSV });
    },
  ),
];
