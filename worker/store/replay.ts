/** How far the picks were made again, and what comes next. */
import type { Book, Entry, Mismatch, StoredPick } from "../domain/routing/replay.ts";
import type { Considered } from "../domain/routing/plan-types.ts";
import { parseJson, type Db } from "./db.ts";

/** One slice stays small, whatever the size of the teams: picks, and characters of what they considered. */
const MOST_PICKS = 500;
const MOST_TEXT = 2_000_000;

export interface Slice {
  cursor: number;
  book: Book;
  picks: StoredPick[];
  entries: Entry[];
}

const PICKS = `
SELECT id, lead_id, seq, person_id, tier, rotation, considered FROM (
  SELECT a.rowid AS id, a.lead_id, a.seq, a.person_id, a.chosen ->> 'tier' AS tier, a.chosen ->> 'rotation' AS rotation,
    a.considered, sum(length(a.considered)) OVER (ORDER BY a.rowid) AS size, row_number() OVER (ORDER BY a.rowid) AS place
  FROM assignments a WHERE a.rowid > (SELECT cursor FROM pick_replay WHERE id = 1) ORDER BY a.rowid LIMIT ${MOST_PICKS})
WHERE place = 1 OR size <= ${MOST_TEXT} ORDER BY id`;

const ENTRIES = `
SELECT after_pick AS afterPick, team_id AS team, person_id AS person, amount FROM rotation_entries
WHERE after_pick >= (SELECT cursor FROM pick_replay WHERE id = 1) ORDER BY after_pick LIMIT 10000`;

interface PickRow {
  id: number;
  lead_id: string;
  seq: number;
  person_id: string | null;
  tier: number;
  rotation: string | null;
  considered: string;
}

/** One round trip. */
export const readSlice = async (db: Db): Promise<Slice> => {
  const [state, picks, entries] = await db.batch<Record<string, unknown>>([
    db.prepare("SELECT cursor, credits FROM pick_replay WHERE id = 1"),
    db.prepare(PICKS),
    db.prepare(ENTRIES),
  ]);
  const row = state?.results[0] as { cursor: number; credits: string } | undefined;
  return {
    cursor: row?.cursor ?? 0,
    book: parseJson<Book>(row?.credits ?? "{}"),
    picks: ((picks?.results ?? []) as unknown as PickRow[]).map((pick) => ({
      id: pick.id,
      leadId: pick.lead_id,
      seq: pick.seq,
      person: pick.person_id,
      tier: pick.tier,
      rotation: pick.rotation,
      considered: parseJson<Partial<Considered>[]>(pick.considered),
    })),
    entries: (entries?.results ?? []) as unknown as Entry[],
  };
};

export interface Alarm {
  /** Repeats of an id are owed once. */
  id: string;
  title: string;
  detail: string;
}

/** Says what was found and goes on from `to`; nothing happens where another run was faster. */
export const finishSlice = async (
  db: Db,
  from: number,
  to: number,
  done: { book: Book; checked: number; mismatches: readonly Mismatch[]; alarm: Alarm | null },
  now: number,
): Promise<void> => {
  const ours = "FROM pick_replay WHERE id = 1 AND cursor = ?1";
  const { book, checked, mismatches, alarm } = done;
  await db.batch([
    ...(alarm
      ? [
          db
            .prepare(
              `INSERT INTO events (lead_id, at, type, actor, data) SELECT NULL, ?2, 'net.caught', 'system', ?3 ${ours}`,
            )
            .bind(
              from,
              now,
              JSON.stringify({ net: "replay", mismatches: mismatches.length, first: mismatches[0] }),
            ),
          db
            .prepare(
              `INSERT INTO outbox (id, kind, channel, recipient, data, next_attempt_at, created_at)
               SELECT ?2, 'ops.alert', 'email', 'operators', ?3, ?4, ?4 ${ours} ON CONFLICT DO NOTHING`,
            )
            .bind(from, alarm.id, JSON.stringify({ title: alarm.title, detail: alarm.detail }), now),
        ]
      : []),
    db
      .prepare(
        `UPDATE pick_replay SET cursor = ?2, credits = ?3, checked = checked + ?4, mismatches = mismatches + ?5, updated_at = ?6
         WHERE id = 1 AND cursor = ?1`,
      )
      .bind(from, to, JSON.stringify(book), checked, mismatches.length, now),
  ]);
};
