/** Leads: list, one, and server-to-server capture. What people do with them: lead-actions.ts. */
import * as z from "zod";
import { captureAnswer, captureBody } from "../../schema/wire/capture.ts";
import { isoInput, problem } from "../../schema/wire/common.ts";
import { lead, leadList } from "../../schema/wire/lead.ts";
import { LEDGERED } from "../../schema/wire/ledger.ts";
import { WAYS } from "../../schema/wire/policy.ts";
import { counted } from "../../schema/wire/reports.ts";
import { firstTimeZone } from "../domain/enrichment/geo.ts";
import type { Asker } from "../flows/asking.ts";
import { findLeads, LEAD_NETS, showLead, TODAY_NAMES } from "../flows/leads.ts";
import { formByKey } from "../flows/forms.ts";
import { submit } from "../flows/submit.ts";
import type { Deps } from "../flows/deps.ts";
import { checkAnswerable, checkFields } from "./check-fields.ts";
import { FRESH } from "./fresh.ts";
import { valueOf } from "./outcome.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, type Caller, isRep, type Route, route } from "./route.ts";

export const id = z.object({ id: z.string().max(64) });
export const notFound = { description: "No such lead", schema: problem };
export const fault = { description: "What needs correcting", schema: problem };
export const leadNow = { description: "The lead as it is now", schema: lead };

/** Reps work their own leads; managers, and keys, anybody's. */
export const askerOf = (caller: Caller): Asker => ({
  actor: actorOf(caller),
  onlyOwn: isRep(caller) ? caller.id : null,
});

export const leadAnswer = async (deps: Deps, leadId: string): Promise<Response> => {
  const view = await showLead(deps, leadId);
  if (!view) throw new HttpProblem(404, "There is no such lead.");
  return Response.json(view, FRESH);
};

const listQuery = z.object({
  ids: z
    .string()
    .max(6500)
    .regex(/^[\w.:-]{1,64}(,[\w.:-]{1,64}){0,99}$/, "use up to 100 ids with commas between")
    .optional()
    .describe("Only these leads, up to 100 with commas between: what a list elsewhere knows by id alone"),
  status: z
    .enum(["open", "new", "working", "scheduled", "qualified", "disqualified", "recycled", "quarantined"])
    .optional(),
  owner: z.string().max(64).optional(),
  segment: z.string().max(64).optional(),
  team: z.string().max(64).optional(),
  queue: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
  net: z.enum(LEAD_NETS).optional(),
  rule: z
    .string()
    .max(64)
    .optional()
    .describe(
      "Leads whose first decision was this branch's: a rule's or suppression's id, `relationship`, `~default`. " +
        "`from` and `to` are then the decision's",
    ),
  way: z
    .enum([...WAYS, "observed"])
    .optional()
    .describe("With `rule`: only those that found their owner this way, or that it was observed for"),
  ledger: z
    .string()
    .regex(LEDGERED, "use team~received~person, as the rotation ledger does")
    .optional()
    .describe(
      "What a number of the rotation ledger counts: `team~received`, `team~available` or `team~<reason of being passed over>`, " +
        "with `~person` one member's. `from` and `to` are then the pick's: without `from` seven days, and at most 92, as in the " +
        "ledger itself; a rep sees their own",
    ),
  today: z
    .enum(TODAY_NAMES)
    .optional()
    .meta({ description: "What one of today's figures counts; the day is the workspace's" }),
  counted: counted.optional().meta({
    description: "What a figure of a report counts: the column's `measure` and the row's `counted`",
  }),
  from: isoInput.optional(),
  to: isoInput.optional(),
  after: z
    .string()
    .regex(/^\d{1,15}~[\w.:-]{1,100}$/, "use the `next` of the page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const list = {
  tag: "Leads",
  scope: "leads:read",
  responses: {
    200: { description: "A page of leads", schema: leadList },
    403: { description: "A rep asked for what others got of a rotation", schema: problem },
    422: fault,
  },
} as const;

/** `asked`: where the filters stand in the request. */
const listAnswer = async (
  deps: Deps,
  caller: Caller,
  query: z.infer<typeof listQuery>,
  asked: "" | "/query",
): Promise<Response> => {
  const { onlyOwn } = askerOf(caller);
  if (query.ledger !== undefined && onlyOwn !== null && query.ledger.split("~")[2] !== onlyOwn)
    throw new HttpProblem(403, "Of the rotation ledger you see your own lines; ask a manager.");
  return Response.json(valueOf(await findLeads(deps, query), asked), FRESH);
};

export const leadRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/leads",
      operation: "listLeads",
      summary: "Leads by filter, newest first, with a cursor",
      query: listQuery,
      ...list,
    },
    ({ query, caller, deps }) => listAnswer(deps, caller, query, "/query"),
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/search",
      operation: "searchLeads",
      summary: "The same list by filters in the body: for `q` that names a person, since logs keep addresses",
      body: listQuery,
      ...list,
    },
    ({ body, caller, deps }) => listAnswer(deps, caller, body, ""),
  ),
  route(
    {
      method: "post",
      path: "/v1/leads",
      operation: "createLead",
      summary:
        "Server-to-server capture: the same pipeline, the source named; without a form it needs an e-mail address or a phone number",
      tag: "Leads",
      scope: "leads:create",
      body: captureBody.extend({
        source: z.string().min(1).max(64),
        form: z.string().min(1).max(64).nullish(),
        edge: z
          .object({
            country: z.string().max(2),
            city: z.string().max(200),
            region: z.string().max(200),
            timezone: z.string().max(64),
          })
          .partial()
          .nullish(),
      }),
      maxBytes: 262_144,
      responses: {
        201: { description: "Captured", schema: captureAnswer },
        200: { description: "A repeat", schema: captureAnswer },
        409: { description: "The submissionId was used for other content", schema: problem },
        422: fault,
      },
    },
    async ({ body, deps }) => {
      const form = body.form ? await formByKey(deps, body.form) : null;
      if (form === "unknown")
        throw new HttpProblem(422, `/form: There is no form "${body.form ?? ""}".`, [
          { pointer: "/form", detail: `There is no form "${body.form ?? ""}" in the document.` },
        ]);
      if (body.form) checkFields(form, body);
      else checkAnswerable(body);
      const submitted = await submit(deps, {
        formKey: body.form ?? `source:${body.source}`,
        source: body.source,
        submissionId: body.submissionId,
        fields: body.fields,
        consent: body.consent ?? null,
        page: body.page ?? {},
        attribution: body.attribution ?? {},
        edge: {
          country: body.edge?.country ?? null,
          city: body.edge?.city ?? null,
          region: body.edge?.region ?? null,
          timezone: firstTimeZone(body.page?.timezone, body.edge?.timezone),
        },
      });
      if (submitted.kind === "conflict")
        throw new HttpProblem(409, "This submissionId was used for other content.", [
          { pointer: "/submissionId", detail: "Already used for other content." },
        ]);
      if (submitted.kind === "unconfigured") throw new HttpProblem(503, "No configuration is published yet.");
      return Response.json(submitted.answer, { status: submitted.kind === "repeat" ? 200 : 201 });
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/leads/:id",
      operation: "getLead",
      summary: "One lead with timeline, trace and timers",
      tag: "Leads",
      scope: "leads:read",
      params: id,
      responses: { 200: leadNow, 404: notFound },
    },
    ({ params, deps }) => leadAnswer(deps, params.id),
  ),
];
