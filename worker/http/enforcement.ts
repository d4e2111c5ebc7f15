/** `/v1/enforcement`: the audited brake. */
import { enforcementAnswer, enforcementBody } from "../../schema/wire/enforcement.ts";
import { enforce, enforcement, type Enforcement } from "../flows/enforcement.ts";
import { isoOrNull } from "../flows/view.ts";
import { FRESH } from "./fresh.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, route, type Caller, type Route } from "./route.ts";

const shown = ({ since, ...rest }: Enforcement): Response =>
  Response.json({ ...rest, since: isoOrNull(since) }, FRESH);

/** It concerns everybody's clocks. */
const mayBrake = (caller: Caller): void => {
  if (caller.kind === "person" && !["revops", "admin", "manager"].includes(caller.role ?? ""))
    throw new HttpProblem(403, "Ask a manager or RevOps to do this.");
};

export const enforcementRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/enforcement",
      operation: "getEnforcement",
      summary: "Whether clocks act or only report, since when, by whom and why",
      tag: "Policy",
      scope: "config:read",
      responses: { 200: { description: "The mode", schema: enforcementAnswer } },
    },
    async ({ deps }) => shown(await enforcement(deps)),
  ),
  route(
    {
      method: "post",
      path: "/v1/enforcement",
      operation: "setEnforcement",
      summary: "The audited brake: in `observe` clocks report, nothing is reassigned, nobody gets a strike",
      tag: "Policy",
      // It is about what clocks do to people, and managers, who answer for those, publish nothing.
      scope: "people:write",
      body: enforcementBody,
      responses: { 200: { description: "The mode that is in force from now on", schema: enforcementAnswer } },
    },
    async ({ body: { mode, reason }, caller, deps }) => {
      mayBrake(caller);
      return shown(await enforce(deps, mode, reason, actorOf(caller)));
    },
  ),
];
