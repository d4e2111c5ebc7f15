/** What people and systems do with a lead: correct, touch, accept, close, move, bounce, release. */
import type * as z from "zod";
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
import type { Asker } from "../flows/asking.ts";
import type { Outcome } from "../flows/hand.ts";
import { recordTouch } from "../flows/touch.ts";
import { askerOf, fault, id, leadAnswer, leadNow, notFound } from "./leads.ts";
import { valueOf } from "./outcome.ts";
import { actorOf, type Caller, type Input, isRep, type Route, route } from "./route.ts";

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

/** Who asks, and for whom where a key or a manager names somebody. */
const askerFor = (caller: Caller, by: string | null | undefined): Asker => ({
  ...askerOf(caller),
  by: isRep(caller) ? null : (by ?? null),
});

const onLead = { tag: "Leads", scope: "leads:write" as const, params: id, responses: after };

/** One thing done with a lead, by POST: answered with the lead as it then is. Without a body: `undefined`. */
const act = <B extends z.ZodType | undefined>(
  name: string,
  operation: string,
  summary: string,
  body: B,
  change: (input: Input<typeof id, undefined, B>) => Promise<Outcome<unknown>>,
): Route =>
  route(
    { ...onLead, method: "post", path: `/v1/leads/:id/${name}`, operation, summary, body },
    async (input) => {
      valueOf(await change(input));
      return leadAnswer(input.deps, input.params.id);
    },
  );

const msOf = (time: string | null | undefined): number | null => (time ? Date.parse(time) : null);

export const leadActionRoutes: Route[] = [
  route(
    {
      ...onLead,
      method: "patch",
      path: "/v1/leads/:id",
      operation: "correctLead",
      summary: "Correct contact data: matched, scored and (while nobody has acted) routed again",
      body: contactBody,
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
      ...onLead,
      method: "post",
      path: "/v1/leads/:id/touches",
      operation: "recordTouch",
      summary: "Somebody reached out, or the person answered",
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
  act("accept", "acceptLead", "The owner accepts the lead", acceptBody, ({ params, body, caller, deps }) =>
    accept(deps, params.id, actorOf(caller), personOf(caller, body.by)),
  ),
  act(
    "disposition",
    "closeLead",
    "Close with a code of the document",
    dispositionBody,
    ({ params, body, caller, deps }) =>
      dispose(deps, params.id, askerFor(caller, body.by), {
        code: body.code,
        note: body.note ?? null,
        nextStep: body.nextStep ?? null,
        recycleOn: body.recycleOn ?? null,
        nextActionAt: msOf(body.nextActionAt),
        suppress: body.suppress ?? false,
        by: personOf(caller, body.by),
      }),
  ),
  act(
    "reassign",
    "reassignLead",
    "Give it to somebody, or (without `to`) to whom the fall-through finds",
    reassignBody,
    ({ params, body, caller, deps }) =>
      moveOn(deps, params.id, askerFor(caller, body.by), {
        to: body.to ?? null,
        reason: body.reason ?? null,
      }),
  ),
  act(
    "handoff",
    "handOffLead",
    "Owner and stage change together",
    handoffBody,
    ({ params, body, caller, deps }) =>
      handOff(deps, params.id, askerFor(caller, body.by), {
        stage: body.stage,
        to: body.to,
        nextAction: body.nextAction,
        nextActionAt: msOf(body.nextActionAt),
      }),
  ),
  act(
    "bounces",
    "reportBounce",
    "An address or a number doesn't work",
    bounceBody,
    ({ params, body, caller, deps }) =>
      bounce(deps, params.id, askerFor(caller, body.by), {
        kind: body.kind,
        reason: body.reason ?? null,
        verified: gradeOf(caller, body.evidence) === "verified",
      }),
  ),
  act(
    "stage",
    "moveStage",
    "Move to another stage, where its conditions hold",
    stageBody,
    ({ params, body, caller, deps }) => moveStage(deps, params.id, askerFor(caller, body.by), body.stage),
  ),
  act(
    "release",
    "releaseLead",
    "A queue lets the lead go on to be routed, that queue's rules skipped",
    undefined,
    ({ params, caller, deps }) => release(deps, params.id, askerOf(caller)),
  ),
];
