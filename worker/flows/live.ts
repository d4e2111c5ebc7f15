/** What changed on the board since a cursor of the event feed, as messages for its sockets. */
import type { BoardMessage } from "../../schema/wire/board.ts";
import { loadCurrentConfig } from "../store/config.ts";
import type { Db } from "../store/db.ts";
import { isAwaiting, readLeads } from "../store/leads.ts";
import { iso, toSummary } from "./view.ts";

const AT_ONCE = 500;

export const latestCursor = async (db: Db): Promise<number> =>
  (await db.prepare("SELECT max(seq) AS seq FROM events").first<{ seq: number | null }>())?.seq ?? 0;

export interface Changes {
  cursor: number;
  messages: BoardMessage[];
}

/** Many changes at once, or changes that aren't about leads, ask for a fresh board instead of telling each. */
export const changesSince = async (db: Db, cursor: number): Promise<Changes> => {
  const { results } = await db
    .prepare("SELECT seq, lead_id, type FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2")
    .bind(cursor, AT_ONCE)
    .all<{ seq: number; lead_id: string | null; type: string }>();
  const last = results.at(-1);
  if (!last) return { cursor, messages: [] };
  const at = iso(Date.now());
  if (results.length === AT_ONCE)
    return { cursor: await latestCursor(db), messages: [{ type: "refresh", at }] };
  const ids = [...new Set(results.map((row) => row.lead_id).filter((id) => id !== null))];
  const compiled = await loadCurrentConfig(db);
  const leads = ids.length > 0 ? await readLeads(db, ids) : [];
  const messages: BoardMessage[] = [];
  if (leads.length > 0)
    messages.push({
      type: "leads",
      at,
      leads: leads.filter(isAwaiting).map((lead) => toSummary(compiled, lead)),
      gone: leads.filter((lead) => !isAwaiting(lead)).map((lead) => lead.id),
    });
  if (results.some((row) => row.lead_id === null)) messages.push({ type: "refresh", at });
  return { cursor: last.seq, messages };
};
