/** `/v1/backtests`: a document tried on the real leads of a period. */
import * as z from "zod";
import { problem } from "../../schema/wire/common.ts";
import {
  BACKTEST_CHANGES,
  backtest,
  backtestAnswer,
  backtestBody,
  backtestLeads,
} from "../../schema/wire/backtests.ts";
import {
  beginBacktest,
  cancelBacktest,
  pageOfBacktests,
  pageOfLeads,
  showBacktest,
} from "../flows/backtest.ts";
import { leadsAsCsv } from "../flows/backtest-csv.ts";
import type { Deps } from "../flows/deps.ts";
import { kickBacktest } from "../ports.ts";
import { csvAnswer } from "./csv-answer.ts";
import { FRESH, NO_STORE } from "./fresh.ts";
import { valueOf } from "./outcome.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, route, type Route } from "./route.ts";

const params = z.object({ id: z.string().max(64) });
const notFound = { 404: { description: "No such back-test", schema: problem } };

const listQuery = z.object({
  before: z
    .string()
    .regex(/^\d{1,15}$/, "use the `next` of the page before")
    .optional(),
  limit: z.coerce.number("use a number").int().min(1).max(100).default(20),
});

const leadsQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "use the `next` of the page before")
    .default("0"),
  limit: z.coerce.number("use a number").int().min(1).max(1000).default(100),
  change: z
    .enum(["any", ...BACKTEST_CHANGES])
    .optional()
    .meta({ description: "Only leads that would have gone otherwise, in any way or in this one" }),
  person: z.string().max(64).optional().meta({ description: "Only what was theirs or would have been" }),
  rule: z.string().max(64).optional(),
  format: z.enum(["json", "csv"]).default("json").meta({ description: "csv: all of them, without pages" }),
});

const answer = async (deps: Deps, id: string, status = 200): Promise<Response> =>
  Response.json(valueOf(await showBacktest(deps, id)), {
    status,
    headers: { ...NO_STORE, ...(status === 202 ? { location: `/v1/backtests/${id}` } : {}) },
  });

export const backtestRoutes: Route[] = [
  route(
    {
      method: "post",
      path: "/v1/backtests",
      operation: "startBacktest",
      summary:
        "Try a document on the real leads of a period; a short one is done when this answers, a long one goes on",
      tag: "Policy",
      scope: "config:write",
      body: backtestBody,
      maxBytes: 4 * 1_048_576,
      responses: {
        202: { description: "It runs, or has ended already: `status` says", schema: backtestAnswer },
        409: { description: "Three are running", schema: problem },
        422: { description: "What needs correcting, with pointers", schema: problem },
        503: { description: "Nothing is published, and no document was sent", schema: problem },
      },
    },
    async ({ body, caller, deps }, context) => {
      const begun = await beginBacktest(deps, body, actorOf(caller));
      if (!begun.ok) throw new HttpProblem(begun.status, begun.detail, begun.errors);
      if (!begun.ended) await kickBacktest(context.env, begun.id);
      return answer(deps, begun.id, 202);
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/backtests",
      operation: "listBacktests",
      summary: "Back-tests, newest first",
      tag: "Policy",
      scope: "config:read",
      query: listQuery,
      responses: {
        200: {
          description: "Back-tests",
          schema: z.object({ backtests: z.array(backtest), next: z.string().nullable() }),
        },
      },
    },
    async ({ query: { before, limit }, deps }) => {
      const from = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before);
      const { backtests, next } = await pageOfBacktests(deps, from, limit);
      return Response.json({ backtests, next: next === null ? null : String(next) }, FRESH);
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/backtests/:id",
      operation: "getBacktest",
      summary: "How far it is, and once it is done what it comes to, with its first hundred leads",
      tag: "Policy",
      scope: "config:read",
      params,
      responses: { 200: { description: "The back-test", schema: backtestAnswer }, ...notFound },
    },
    ({ params: { id }, deps }) => answer(deps, id),
  ),
  route(
    {
      method: "get",
      path: "/v1/backtests/:id/leads",
      operation: "listBacktestLeads",
      summary: "Lead by lead, what happened and what would have, as JSON pages or one CSV",
      tag: "Policy",
      scope: "config:read",
      params,
      query: leadsQuery,
      responses: {
        200: { description: "A page", schema: backtestLeads },
        409: { description: "Its leads were dropped", schema: problem },
        ...notFound,
      },
    },
    async ({ params: { id }, query, deps }) => {
      const { cursor, limit, format, ...filter } = query;
      const page = valueOf(await pageOfLeads(deps, id, filter, Number(cursor), limit));
      if (format === "json") return Response.json(page, FRESH);
      return csvAnswer(leadsAsCsv(deps, id, filter), `backtest-${id}.csv`);
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/backtests/:id/cancel",
      operation: "cancelBacktest",
      summary: "End it; what was decided by then stays to be looked at",
      tag: "Policy",
      scope: "config:write",
      params,
      responses: {
        200: { description: "Cancelled", schema: backtestAnswer },
        409: { description: "It has ended already", schema: problem },
        ...notFound,
      },
    },
    async ({ params: { id }, deps }) => {
      valueOf(await cancelBacktest(deps, id));
      return answer(deps, id);
    },
  ),
];
