/** Leads: list, one, server-to-server capture, and what people do with them. */
import * as z from "zod";
import { captureAnswer, captureBody } from "../../schema/wire/capture.ts";
import { isoInput, problem } from "../../schema/wire/common.ts";
import {
  acceptBody,
  bounceBody,
  dispositionBody,
  handoffBody,
  lead,
  leadList,
  reassignBody,
  stageBody,
  touchBody,
} from "../../schema/wire/lead.ts";
import { COUNTED } from "../../schema/wire/reports.ts";
import { firstTimeZone } from "../domain/enrichment/geo.ts";
import type { Asker } from "../flows/asking.ts";
import { bounce } from "../flows/bounce.ts";
import { accept, dispose, moveStage } from "../flows/lifecycle.ts";
import { handOff, moveOn, release } from "../flows/move.ts";
import { findLeads, NET_NAMES, showLead, TODAY_NAMES } from "../flows/leads.ts";
import { formByKey } from "../flows/forms.ts";
import { submit } from "../flows/submit.ts";
import { recordTouch } from "../flows/touch.ts";
import type { Deps } from "../flows/deps.ts";
import { checkFields } from "./check-fields.ts";
import { HttpProblem } from "./problem.ts";
import { valueOf } from "./outcome.ts";
import { actorOf, route, type Caller, type Route } from "./route.ts";

const id = z.object({ id: z.string().max(64) });
const notFound = { description: "No such lead", schema: problem };
const moved = { description: "The lead has moved on, or is closed", schema: problem };
const fault = { description: "What needs correcting", schema: problem };
const leadNow = { description: "The lead as it is now", schema: lead };
const after = {
  200: leadNow,
  403: { description: "Somebody else's lead", schema: problem },
  404: notFound,
  409: moved,
  422: fault,
};

/** A rep acts for themselves; a key may name the person it speaks for; managers may too. */
const personOf = (caller: Caller, by: string | null | undefined): string | null =>
  caller.kind === "person" && (caller.role === "rep" || !by) ? caller.id : (by ?? null);

/** Reps work their own leads; managers, and keys, anybody's. */
export const askerOf = (caller: Caller): Asker => ({
  actor: actorOf(caller),
  onlyOwn: caller.kind === "person" && caller.role === "rep" ? caller.id : null,
});

/** Only systems verify: what a person says of their own work is reported. */
const gradeOf = (
  caller: Caller,
  evidence: { grade?: "verified" | "reported" | null | undefined } | null | undefined,
): "verified" | "reported" =>
  caller.kind === "key" && evidence?.grade === "verified" ? "verified" : "reported";

export const leadAnswer = async (deps: Deps, leadId: string): Promise<Response> => {
  const view = await showLead(deps, leadId);
  if (!view) throw new HttpProblem(404, "There is no such lead.");
  return Response.json(view, { headers: { "cache-control": "no-store" } });
};

const listQuery = z.object({
  status: z
    .enum(["open", "new", "working", "scheduled", "qualified", "disqualified", "recycled", "quarantined"])
    .optional(),
  owner: z.string().max(64).optional(),
  segment: z.string().max(64).optional(),
  team: z.string().max(64).optional(),
  queue: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
  net: z.enum(NET_NAMES).optional(),
  today: z
    .enum(TODAY_NAMES)
    .optional()
    .meta({ description: "What one of today's figures counts; the day is the workspace's" }),
  counted: z
    .string()
    .max(1000)
    .regex(COUNTED, "use the `measure` of a report's column and the `counted` of its row")
    .optional()
    .meta({
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

/** Reps hand off what is theirs; taking leads from others is for managers. */
const mayReassign = (caller: Caller): void => {
  if (caller.kind === "person" && caller.role === "rep")
    throw new HttpProblem(403, "Ask a manager to reassign a lead, or hand it off.");
};

export const leadRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/leads",
      operation: "listLeads",
      summary: "Leads by filter, newest first, with a cursor",
      tag: "Leads",
      scope: "leads:read",
      query: listQuery,
      responses: { 200: { description: "A page of leads", schema: leadList } },
    },
    async ({ query, deps }) =>
      Response.json(await findLeads(deps, query), { headers: { "cache-control": "no-store" } }),
  ),
  route(
    {
      method: "post",
      path: "/v1/leads",
      operation: "createLead",
      summary: "Server-to-server capture: the same pipeline, the source named",
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
      checkFields(form, body);
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
  route(
    {
      method: "post",
      path: "/v1/leads/:id/touches",
      operation: "recordTouch",
      summary: "Somebody reached out, or the person answered",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      body: touchBody,
      responses: { ...after, 201: leadNow },
    },
    async ({ params, body, caller, deps }) => {
      const person = personOf(caller, body.by);
      const { repeat } = valueOf(
        await recordTouch(deps, params.id, {
          ...body,
          evidence: { ...body.evidence, grade: gradeOf(caller, body.evidence) },
          actor: actorOf(caller),
          person,
        }),
      );
      const response = await leadAnswer(deps, params.id);
      return new Response(response.body, { status: repeat ? 200 : 201, headers: response.headers });
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/:id/accept",
      operation: "acceptLead",
      summary: "The owner accepts the lead",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      body: acceptBody,
      responses: after,
    },
    async ({ params, body, caller, deps }) => {
      valueOf(await accept(deps, params.id, actorOf(caller), personOf(caller, body.by)));
      return leadAnswer(deps, params.id);
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/:id/disposition",
      operation: "closeLead",
      summary: "Close with a code of the document",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      body: dispositionBody,
      responses: after,
    },
    async ({ params, body, caller, deps }) => {
      const closing = {
        code: body.code,
        note: body.note ?? null,
        nextStep: body.nextStep ?? null,
        recycleOn: body.recycleOn ?? null,
        by: personOf(caller, body.by),
      };
      valueOf(await dispose(deps, params.id, askerOf(caller), closing));
      return leadAnswer(deps, params.id);
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/:id/reassign",
      operation: "reassignLead",
      summary: "Give it to somebody, or (without `to`) to whom the fall-through finds",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      body: reassignBody,
      responses: after,
    },
    async ({ params, body, caller, deps }) => {
      mayReassign(caller);
      valueOf(await moveOn(deps, params.id, actorOf(caller), { to: body.to ?? null, reason: body.reason }));
      return leadAnswer(deps, params.id);
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/:id/handoff",
      operation: "handOffLead",
      summary: "Owner and stage change together",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      body: handoffBody,
      responses: after,
    },
    async ({ params, body, caller, deps }) => {
      const request = {
        stage: body.stage,
        to: body.to,
        nextAction: body.nextAction,
        nextActionAt: body.nextActionAt ? Date.parse(body.nextActionAt) : null,
      };
      valueOf(await handOff(deps, params.id, askerOf(caller), request));
      return leadAnswer(deps, params.id);
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/:id/bounces",
      operation: "reportBounce",
      summary: "An address or a number doesn't work",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      body: bounceBody,
      responses: after,
    },
    async ({ params, body, caller, deps }) => {
      const request = {
        kind: body.kind,
        reason: body.reason ?? null,
        verified: gradeOf(caller, body.evidence) === "verified",
      };
      valueOf(await bounce(deps, params.id, askerOf(caller), request));
      return leadAnswer(deps, params.id);
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/:id/stage",
      operation: "moveStage",
      summary: "Move to another stage, where its conditions hold",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      body: stageBody,
      responses: after,
    },
    async ({ params, body, caller, deps }) => {
      valueOf(await moveStage(deps, params.id, askerOf(caller), body.stage));
      return leadAnswer(deps, params.id);
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/:id/release",
      operation: "releaseLead",
      summary: "A queue lets the lead go on to be routed, that queue's rules skipped",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      responses: after,
    },
    async ({ params, caller, deps }) => {
      valueOf(await release(deps, params.id, askerOf(caller)));
      return leadAnswer(deps, params.id);
    },
  ),
];
