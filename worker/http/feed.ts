/** The replayable feed. */
import * as z from "zod";
import { EVENT_TYPE_LIST } from "../../schema/events.ts";
import { problem } from "../../schema/wire/common.ts";
import { feed } from "../../schema/wire/feed.ts";
import { eventsAfter } from "../flows/feed.ts";
import { FRESH } from "./fresh.ts";
import { route, type Caller, type Route } from "./route.ts";

const known = (type: string): boolean =>
  type.endsWith("*")
    ? EVENT_TYPE_LIST.some((each) => each.startsWith(type.slice(0, -1)))
    : (EVENT_TYPE_LIST as string[]).includes(type);

const typesOf = (types: string): string[] =>
  types
    .split(",")
    .map((type) => type.trim())
    .filter((type) => type !== "");

const query = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/, "use the `next` of the answer before")
    .default("0")
    .meta({ description: "A cursor; everything there is when absent" }),
  types: z
    .string()
    .max(1000)
    .superRefine((types, context) => {
      const unknown = typesOf(types).find((type) => !known(type));
      if (unknown === undefined) return;
      const message = `there is no type ${unknown}; there are ${EVENT_TYPE_LIST.join(", ")}`;
      context.addIssue({ code: "custom", message });
    })
    .optional()
    .meta({ description: "Types, or prefixes such as `sla.*`, by comma" }),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** What happened to leads is everybody's who reads leads; who was suspended, signed in or away is their managers'. */
const leadsOnly = (caller: Caller): boolean => caller.kind === "person" && !caller.scopes.has("people:write");

export const feedRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/events",
      operation: "listEvents",
      summary:
        "Everything that happened after a cursor, in order, as often as you like; for reps and marketers, what happened to leads",
      tag: "Leads",
      scope: "leads:read",
      query,
      responses: {
        200: { description: "Events, oldest first", schema: feed },
        422: { description: "No such type, and those there are", schema: problem },
      },
    },
    async ({ query: { after, types, limit }, caller, deps }) => {
      const wanted = typesOf(types ?? "").filter((type) => type !== "*");
      const asked = { after: Number(after), types: wanted, limit, leadsOnly: leadsOnly(caller) };
      return Response.json(await eventsAfter(deps, asked), FRESH);
    },
  ),
];
