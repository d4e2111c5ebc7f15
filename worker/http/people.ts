/** People's runtime state: who is there, going away, time off, capacity, reinstatement. */
import * as z from "zod";
import { boardPerson, strike } from "../../schema/wire/board.ts";
import { isoInput, isoTime, problem } from "../../schema/wire/common.ts";
import { finding } from "../../schema/wire/config.ts";
import { deactivate, reactivate } from "../flows/deactivate.ts";
import { dropTimeOff, reinstate, setAvailability, setCapacity, takeTimeOff } from "../flows/people.ts";
import { peopleNow } from "../flows/board.ts";
import { NO_STORE } from "./fresh.ts";
import { HttpProblem } from "./problem.ts";
import { valueOf } from "./outcome.ts";
import { actorOf, route, type Caller, type Route } from "./route.ts";

const id = z.object({ id: z.string().max(64) });
const notFound = { description: "No such person", schema: problem };
const rehomed = z.object({
  moved: z.int().meta({ description: "Leads that went to somebody else" }),
  kept: z.int().meta({ description: "Leads that stayed, because nobody else exists" }),
  remaining: z.int().meta({ description: "Leads that follow within a minute" }),
});

/** Reps speak for themselves; managers and keys for anybody. */
const mayChange = (caller: Caller, personId: string): void => {
  if (caller.kind === "person" && caller.id !== personId && !caller.scopes.has("people:write"))
    throw new HttpProblem(403, "You can change your own availability; ask a manager for somebody else's.");
  if (caller.kind === "key" && !caller.scopes.has("people:write"))
    throw new HttpProblem(403, "This needs the scope people:write.");
};

/** Missed first touches are between somebody and who manages people. */
const strikesFor = (caller: Caller): "everybody" | { only: string } =>
  caller.scopes.has("people:write") ? "everybody" : { only: caller.kind === "person" ? caller.id : "" };

const at = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null);

export const peopleRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/people",
      operation: "listPeople",
      summary: "Everybody with their state, load and time off",
      tag: "People",
      scope: "people:read",
      responses: {
        200: {
          description: "People",
          schema: z.object({
            people: z.array(boardPerson),
            timeOff: z.array(
              z.object({
                id: z.string(),
                person: z.string(),
                start: isoTime,
                end: isoTime,
                reason: z.string().nullable(),
                feed: z
                  .string()
                  .nullable()
                  .describe(
                    "The calendar that it comes from, and is cancelled in, unless that one can't be read any more (`readable` of `/v1/time-off-feeds`)",
                  ),
              }),
            ),
            strikes: z.array(strike).describe("Of 90 days, the newest hundred of each person"),
            deadlinesMissed: z
              .array(z.object({ person: z.string(), count: z.int() }))
              .describe("In 90 days, without those that a touch made in time took back"),
          }),
        },
      },
    },
    async ({ caller, deps }) =>
      Response.json(await peopleNow(deps.db, deps.now(), strikesFor(caller)), {
        headers: NO_STORE,
      }),
  ),
  route(
    {
      method: "put",
      path: "/v1/people/:id/availability",
      operation: "setAvailability",
      summary: "Available or away; going away re-homes untouched leads at once",
      tag: "People",
      scope: "people:read",
      params: id,
      body: z.object({
        availability: z.enum(["available", "away"]),
        until: isoInput.nullish(),
        reason: z.string().max(200).nullish(),
      }),
      responses: { 200: { description: "Set; how many leads moved", schema: rehomed }, 404: notFound },
    },
    async ({ params, body, caller, deps }) => {
      mayChange(caller, params.id);
      const request = {
        away: body.availability === "away",
        until: at(body.until),
        reason: body.reason ?? null,
      };
      return Response.json(valueOf(await setAvailability(deps, params.id, actorOf(caller), request)));
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/people/:id/time-off",
      operation: "addTimeOff",
      summary:
        "Time off, now or later; told afterwards by somebody who manages people it voids what was missed in it",
      tag: "People",
      scope: "people:read",
      params: id,
      body: z.object({
        id: z.string().max(64).nullish(),
        start: isoInput,
        end: isoInput,
        reason: z.string().max(200).nullish(),
      }),
      responses: {
        201: { description: "Recorded", schema: rehomed.extend({ id: z.string() }) },
        404: notFound,
      },
    },
    async ({ params, body, caller, deps }) => {
      mayChange(caller, params.id);
      const request = {
        id: body.id ?? null,
        start: Date.parse(body.start),
        end: Date.parse(body.end),
        reason: body.reason ?? null,
        vouched: caller.kind !== "person" || caller.id !== params.id,
      };
      return Response.json(valueOf(await takeTimeOff(deps, params.id, actorOf(caller), request)), {
        status: 201,
      });
    },
  ),
  route(
    {
      method: "delete",
      path: "/v1/people/:id/time-off/:timeOffId",
      operation: "cancelTimeOff",
      summary: "Cancel time off",
      tag: "People",
      scope: "people:read",
      params: z.object({ id: z.string().max(64), timeOffId: z.string().max(200) }),
      responses: {
        204: { description: "Cancelled" },
        404: notFound,
        409: {
          description: "It comes from a calendar that is being read, and would be back",
          schema: problem,
        },
      },
    },
    async ({ params, caller, deps }) => {
      mayChange(caller, params.id);
      valueOf(await dropTimeOff(deps, params.id, params.timeOffId, actorOf(caller)));
      return new Response(null, { status: 204 });
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/people/:id/capacity",
      operation: "setCapacity",
      summary: "A temporary capacity, for a spike or a slow day; null ends it",
      tag: "People",
      scope: "people:write",
      params: id,
      body: z.object({ capacity: z.int().min(0).max(100_000).nullable(), until: isoInput.nullish() }),
      responses: { 204: { description: "Set" }, 404: notFound },
    },
    async ({ params, body, caller, deps }) => {
      const request = { capacity: body.capacity, until: at(body.until) };
      valueOf(await setCapacity(deps, params.id, actorOf(caller), request));
      return new Response(null, { status: 204 });
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/people/:id/reinstate",
      operation: "reinstatePerson",
      summary: "Put somebody back into assignment; strikes up to now no longer count",
      tag: "People",
      scope: "people:write",
      params: id,
      responses: { 204: { description: "Reinstated" }, 404: notFound },
    },
    async ({ params, caller, deps }) => {
      valueOf(await reinstate(deps, params.id, actorOf(caller)));
      return new Response(null, { status: 204 });
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/people/:id/deactivate",
      operation: "deactivatePerson",
      summary: "Somebody leaves: what they hold has another owner in the same write, and is routed again",
      tag: "People",
      scope: "people:write",
      params: id,
      body: z.object({ reason: z.string().max(500).nullish() }),
      responses: {
        200: {
          description: "Deactivated; once more changes nothing",
          schema: z.object({
            heir: z.string().nullable().meta({ description: "Who holds what isn't routed again yet" }),
            leads: z.int().meta({ description: "Leads they owned" }),
            queued: z.int().meta({ description: "Leads in queues they kept" }),
            tasks: z.int(),
            routed: z.int().meta({ description: "Leads routed again already" }),
            remaining: z.int().meta({ description: "Leads that follow within a minute" }),
          }),
        },
        404: notFound,
        409: {
          description:
            "The policy would have a hole: what verification found, each with the lead that shows it where one does",
          schema: problem.extend({ findings: z.array(finding).optional() }),
        },
      },
    },
    async ({ params, body, caller, deps }) => {
      const request = { actor: actorOf(caller), reason: body.reason ?? null };
      const outcome = await deactivate(deps, params.id, request);
      if (outcome.ok || !("holes" in outcome)) return Response.json(valueOf(outcome));
      const { holes } = outcome;
      throw new HttpProblem(
        409,
        `Without ${params.id} the policy would have a hole. ${holes[0]?.message ?? ""} Publish a document without them first.`,
        holes.map(({ pointer, message }) => ({ pointer: `/document${pointer}`, detail: message })),
        {},
        { findings: holes },
      );
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/people/:id/reactivate",
      operation: "reactivatePerson",
      summary: "Undo a deactivation; what they held stays where it went",
      tag: "People",
      scope: "people:write",
      params: id,
      responses: { 204: { description: "Active" }, 404: notFound },
    },
    async ({ params, caller, deps }) => {
      valueOf(await reactivate(deps, params.id, actorOf(caller)));
      return new Response(null, { status: 204 });
    },
  ),
];
