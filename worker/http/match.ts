/** `POST /v1/match`: which accounts would these leads be matched to? */
import { matchAnswer, matchQuestion } from "../../schema/wire/match.ts";
import { matchLeads } from "../flows/match.ts";
import { route, type Route } from "./route.ts";

export const matchRoutes: Route[] = [
  route(
    {
      method: "post",
      path: "/v1/match",
      operation: "matchLeads",
      summary: "Find the account of up to 1,000 leads; writes nothing",
      tag: "CRM",
      scope: "leads:read",
      body: matchQuestion,
      maxBytes: 4 * 1_048_576,
      responses: { 200: { description: "One result a lead, in order", schema: matchAnswer } },
    },
    async ({ body, deps }) => {
      const { matches, thresholds } = await matchLeads(
        deps,
        body.leads.map((lead) => ({ ...lead, id: undefined })),
      );
      return Response.json({
        results: matches.map((match, at) => ({ id: body.leads[at]?.id ?? null, ...match })),
        thresholds,
      });
    },
  ),
];
