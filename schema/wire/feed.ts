/** The feed of everything that happened. */
import * as z from "zod";
import { isoTime } from "./common.ts";

export const feedEvent = z
  .object({
    id: z.string(),
    /** Ask for what came after it. */
    cursor: z.string(),
    at: isoTime,
    type: z.string(),
    actor: z.string(),
    leadId: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "FeedEvent" });

export const feed = z
  .object({
    events: z.array(feedEvent),
    next: z.string().describe("The cursor to go on from, now or whenever more has happened"),
    more: z
      .boolean()
      .describe("There is more already; with `types` a page may be empty and have more after it"),
  })
  .meta({ id: "Feed" });
export type Feed = z.infer<typeof feed>;
