/** `GET /v1/routing/flow` and `GET /v1/coverage`: the policy as it runs, and who is there. */
import * as z from "zod";
import { isoInput, problem } from "../../schema/wire/common.ts";
import { coverage, policyFlow as flowAnswer } from "../../schema/wire/policy.ts";
import { epochDay } from "../domain/calendar/local.ts";
import { findZone } from "../domain/calendar/zones.ts";
import { policyFlow, weekCoverage } from "../flows/policy.ts";
import { FRESH } from "./fresh.ts";
import { HttpProblem } from "./problem.ts";
import { route, type Route } from "./route.ts";

const DAY = 86_400_000;
/** A year of leads is answered; more would only cost. */
const LONGEST = 366 * DAY;
const unpublished = { description: "No configuration is published yet", schema: problem };

const periodOf = (from: string | undefined, to: string | undefined, now: number) => {
  const end = to === undefined ? now : Date.parse(to);
  const start = from === undefined ? end - 7 * DAY : Date.parse(from);
  const wrong = (detail: string): HttpProblem =>
    new HttpProblem(422, `from: ${detail}`, [{ pointer: "/query/from", detail }]);
  if (start >= end) throw wrong("the period must begin before it ends");
  if (end - start > LONGEST) throw wrong("ask for at most 366 days at a time");
  return { from: start, to: end };
};

export const policyRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/routing/flow",
      operation: "getRoutingFlow",
      summary: "The policy's branches in order, with what each took over a period (7 days unless said)",
      tag: "Policy",
      scope: "config:read",
      query: z.object({ from: isoInput.optional(), to: isoInput.optional() }),
      responses: {
        200: { description: "Branches with counts; `to` is exclusive", schema: flowAnswer },
        503: unpublished,
      },
    },
    async ({ query, deps }) => {
      const found = await policyFlow(deps, periodOf(query.from, query.to, deps.now()));
      if (!found) throw new HttpProblem(503, "No configuration is published yet.");
      return Response.json(found, FRESH);
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/coverage",
      operation: "getCoverage",
      summary: "Who of each team is on duty, hour by hour of a week; holes, and the holidays ahead",
      tag: "Policy",
      scope: "config:read",
      query: z.object({
        week: z
          .string()
          .max(10)
          .refine((date) => epochDay(date) !== null, "use a date such as 2026-11-23")
          .optional()
          .describe("Any date of the week; this week when absent"),
        timezone: z
          .string()
          .max(64)
          .refine((name) => findZone(name) !== null, "use an IANA time zone such as Europe/Berlin")
          .optional()
          .describe("The zone to count days and hours in; the workspace's when absent"),
      }),
      responses: { 200: { description: "The week, Monday first", schema: coverage }, 503: unpublished },
    },
    async ({ query, deps }) => {
      const asked = { date: query.week ?? null, timezone: query.timezone ?? null };
      const found = await weekCoverage(deps, asked);
      if (!found) throw new HttpProblem(503, "No configuration is published yet.");
      return Response.json(found, FRESH);
    },
  ),
];
