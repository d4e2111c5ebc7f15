/** What people and systems do with a lead: correct, touch, accept, close, move, bounce, release. */
import { problem } from "../../schema/wire/common.ts";
import {
  acceptBody,
  bounceBody,
  contactBody,
  dispositionBody,
  handoffBody,
  reassignBody,
  stageBody,
  touchBody,
} from "../../schema/wire/lead.ts";
import { bounce } from "../flows/bounce.ts";
import { dispose } from "../flows/closing.ts";
import { correctContact } from "../flows/contact.ts";
import { accept, moveStage } from "../flows/lifecycle.ts";
import { handOff, moveOn, release } from "../flows/move.ts";
import { recordTouch } from "../flows/touch.ts";
import { askerOf, fault, id, leadAnswer, leadNow, notFound } from "./leads.ts";
import { valueOf } from "./outcome.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, type Caller, isRep, type Route, route } from "./route.ts";

const moved = { description: "The lead has moved on, or is closed", schema: problem };
const after = {
  200: leadNow,
  403: { description: "Somebody else's lead", schema: problem },
  404: notFound,
  409: moved,
  422: fault,
};

/** A rep acts for themselves; a key may name the person it speaks for; managers may too. */
const personOf = (caller: Caller, by: string | null | undefined): string | null =>
  caller.kind === "person" && (isRep(caller) || !by) ? caller.id : (by ?? null);

/** Only systems verify: what a person says of their own work is reported. */
const gradeOf = (
  caller: Caller,
  evidence: { grade?: "verified" | "reported" | null | undefined } | null | undefined,
): "verified" | "reported" =>
  caller.kind === "key" && evidence?.grade === "verified" ? "verified" : "reported";

/** Reps hand off what is theirs; taking leads from others is for managers. */
const mayReassign = (caller: Caller): void => {
  if (isRep(caller)) throw new HttpProblem(403, "Ask a manager to reassign a lead, or hand it off.");
};

export const leadActionRoutes: Route[] = [
  route(
    {
      method: "patch",
      path: "/v1/leads/:id",
      operation: "correctLead",
      summary: "Correct contact data: matched, scored and (while nobody has acted) routed again",
      tag: "Leads",
      scope: "leads:write",
      params: id,
      body: contactBody,
      responses: after,
    },
    async ({ params, body, caller, deps }) => {
      const { reason, version, fields: nested, ...named } = body;
      const given = Object.entries({ ...nested, ...named });
      const fields = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      const request = { fields, version: version ?? null, reason: reason ?? null };
      valueOf(await correctContact(deps, params.id, askerOf(caller), request));
      return leadAnswer(deps, params.id);
    },
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
        nextActionAt: body.nextActionAt ? Date.parse(body.nextActionAt) : null,
        suppress: body.suppress ?? false,
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
      valueOf(
        await moveOn(deps, params.id, actorOf(caller), { to: body.to ?? null, reason: body.reason ?? null }),
      );
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
