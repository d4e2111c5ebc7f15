/** `POST /v1/route`: the decision and trace that each lead would get, without writing anything. */
import { problem } from "../../schema/wire/common.ts";
import { routeAnswer, routeQuestion } from "../../schema/wire/route.ts";
import { dryRun } from "../flows/dry-run.ts";
import { HttpProblem } from "./problem.ts";
import { route, type Route } from "./route.ts";

export const dryRunRoutes: Route[] = [
  route(
    {
      method: "post",
      path: "/v1/route",
      operation: "dryRun",
      summary: "Where would these leads go, and why? Writes nothing",
      tag: "Policy",
      scope: "config:read",
      body: routeQuestion,
      maxBytes: 4 * 1_048_576,
      responses: {
        200: { description: "One result a lead, in order", schema: routeAnswer },
        422: { description: "A field that can't be read, or a form that isn't there", schema: problem },
        503: { description: "No configuration is published yet", schema: problem },
      },
    },
    async ({ body, deps }) => {
      const at = body.at ? Date.parse(body.at) : deps.now();
      const outcome = await dryRun(deps, body.leads, {
        at,
        inOrder: body.inOrder ?? false,
        absent: body.absent ?? [],
        deactivated: body.deactivated ?? [],
        document: body.document,
      });
      if (outcome.ok) {
        const { policyVersion, results } = outcome.run;
        return Response.json({ policyVersion, at: new Date(at).toISOString(), results });
      }
      if (outcome.reason === "unconfigured") throw new HttpProblem(503, "No configuration is published yet.");
      if (outcome.reason === "document") {
        const errors = outcome.errors.map(({ pointer, code, message }) => ({
          pointer: `/document${pointer}`,
          detail: message,
          code,
        }));
        throw new HttpProblem(422, "The document to decide by has errors.", errors);
      }
      const pointer = `/leads/${outcome.index}/formKey`;
      throw new HttpProblem(422, `${pointer}: There is no such form.`, [
        { pointer, detail: `There is no form "${outcome.formKey}" in the document.` },
      ]);
    },
  ),
];
