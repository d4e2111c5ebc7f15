/** `/v1/time-off-feeds`: calendars that time off comes from, and how reading them goes. */
import * as z from "zod";
import { isoTime } from "../../schema/wire/common.ts";
import { feedsNow } from "../flows/feeds.ts";
import { isoOrNull } from "../flows/view.ts";
import { FRESH } from "./fresh.ts";
import { route, type Route } from "./route.ts";

const feed = z
  .object({
    id: z.string(),
    person: z.string().nullable(),
    team: z.string().nullable(),
    checkedAt: isoTime.nullable(),
    okAt: isoTime.nullable().meta({ description: "When it was last read, or found unchanged" }),
    failures: z.int().meta({ description: "In a row" }),
    readable: z.boolean().meta({
      description:
        "False after four failures in a row: it can't be read any more, and what it told may be cancelled by hand",
    }),
    error: z.string().nullable(),
    events: z.int().meta({ description: "Absences in the coming 200 days, as last read" }),
  })
  .meta({ id: "TimeOffFeed" });

export const timeOffFeedRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/time-off-feeds",
      operation: "listTimeOffFeeds",
      summary: "Calendars that time off comes from, when each was last read, and what went wrong",
      tag: "People",
      scope: "people:read",
      responses: { 200: { description: "Feeds", schema: z.object({ feeds: z.array(feed) }) } },
    },
    async ({ deps }) => {
      const feeds = (await feedsNow(deps)).map(
        ({ id, person, team, checkedAt, okAt, failures, readable, error, events }) => ({
          id,
          person,
          team,
          checkedAt: isoOrNull(checkedAt === 0 ? null : checkedAt),
          okAt: isoOrNull(okAt),
          failures,
          readable,
          error,
          events,
        }),
      );
      return Response.json({ feeds }, FRESH);
    },
  ),
];
