/** The feed as it goes over the wire. */
import type { Feed } from "../../schema/wire/feed.ts";
import { readFeed } from "../store/feed.ts";
import type { Deps } from "./deps.ts";
import { iso } from "./view.ts";

/**
 * What came after a cursor, oldest first. With nothing new the same cursor comes back; where what is asked for is rare, a page
 * may be empty with more to come, and its cursor goes on from the last one looked at.
 */
export const eventsAfter = async (
  deps: Deps,
  query: { after: number; types: readonly string[]; limit: number; leadsOnly: boolean },
): Promise<Feed> => {
  const { rows, scanned, isCut } = await readFeed(deps.db, { ...query, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const isFull = rows.length > query.limit;
  return {
    events: page.map(({ seq, at, ...event }) => ({
      id: `ev_${seq}`,
      cursor: String(seq),
      at: iso(at),
      ...event,
    })),
    next: String((isFull ? page.at(-1)?.seq : scanned) ?? query.after),
    more: isFull || isCut,
  };
};
