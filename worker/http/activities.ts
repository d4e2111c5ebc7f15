/** Activities of CRMs and diallers. */
import { activitiesAnswer, activitiesBody } from "../../schema/wire/activities.ts";
import { budgeted } from "../flows/budget.ts";
import { takeActivities } from "../flows/activities.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, route, type Route } from "./route.ts";

export const activityRoutes: Route[] = [
  route(
    {
      method: "post",
      path: "/v1/activities",
      operation: "recordActivities",
      summary: "Calls, mails, meetings and replies that another system recorded, up to 500, each once",
      tag: "Leads",
      scope: "leads:write",
      body: activitiesBody,
      maxBytes: 4_194_304,
      responses: { 200: { description: "What became of each line", schema: activitiesAnswer } },
    },
    async ({ body, caller, deps }) => {
      if (caller.kind !== "key")
        throw new HttpProblem(
          403,
          "Only systems send activities: use an API key. A touch you made is recorded on its lead.",
        );
      return Response.json(await takeActivities(budgeted(deps), actorOf(caller), body.activities));
    },
  ),
];
