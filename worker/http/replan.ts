/** Moving open leads to the policy in force. */
import { replanAnswer, replanBody } from "../../schema/wire/replan.ts";
import { replanOpen } from "../flows/replan.ts";
import { valueOf } from "./outcome.ts";
import { actorOf, route, type Route } from "./route.ts";

export const replanRoutes: Route[] = [
  route(
    {
      method: "post",
      path: "/v1/leads/replan",
      operation: "replanLeads",
      summary:
        "Open leads move to the policy and hours in force, their owners stay; a dry run unless told otherwise",
      tag: "Policy",
      scope: "config:write",
      body: replanBody,
      responses: { 200: { description: "What moved, or would", schema: replanAnswer } },
    },
    async ({ body, caller, deps }) => {
      const { leads = null, after = null, reason = null } = body;
      const request = { ...body, leads, after, reason };
      return Response.json(valueOf(await replanOpen(deps, actorOf(caller), request)));
    },
  ),
];
