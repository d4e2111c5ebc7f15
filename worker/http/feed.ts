/** The replayable feed. */
import * as z from "zod";
import { feed } from "../../schema/wire/feed.ts";
import { eventsAfter } from "../flows/feed.ts";
import { FRESH } from "./fresh.ts";
import { route, type Caller, type Route } from "./route.ts";

const query = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/, "use the `next` of the answer before")
    .default("0")
    .meta({ description: "A cursor; everything there is when absent" }),
  types: z
    .string()
    .max(1000)
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
      responses: { 200: { description: "Events, oldest first", schema: feed } },
    },
    async ({ query: { after, types, limit }, caller, deps }) => {
      const wanted = (types ?? "").split(",").filter((type) => type !== "" && type !== "*");
      const asked = { after: Number(after), types: wanted, limit, leadsOnly: leadsOnly(caller) };
      return Response.json(await eventsAfter(deps, asked), FRESH);
    },
  ),
];
