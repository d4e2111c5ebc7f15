/**
 * Every minute the new picks are made again by their twin in the domain (docs/routing.md). A pick that can't be repeated is
 * an alarm about Leadclock itself: operators hear of it, once an hour.
 */
import { replay, type Mismatch } from "../domain/routing/replay.ts";
import { finishSlice, readSlice, type Alarm } from "../store/replay.ts";
import type { Deps } from "./deps.ts";

export interface Replayed {
  checked: number;
  mismatches: Mismatch[];
}

/** One run's slices; what is left goes on in the next minute. */
const SLICES = 6;
const HOUR = 3_600_000;

const alarmFor = (mismatches: readonly Mismatch[], now: number): Alarm | null => {
  const [first] = mismatches;
  if (!first) return null;
  const count = mismatches.length === 1 ? "A rotation pick" : `${mismatches.length} rotation picks`;
  return {
    id: `alert.replay.${Math.floor(now / HOUR)}`,
    title: `${count} can't be repeated`,
    detail: `Assignment ${first.seq} of lead ${first.leadId}: ${first.detail}. The database and the rotation's rule disagree, which is a fault of Leadclock or a row changed by hand. Leads keep their owners. You won't hear of further ones within the hour.`,
  };
};

/** Goes on where the last run ended. */
export const replayPicks = async (deps: Deps): Promise<Replayed> => {
  const all: Replayed = { checked: 0, mismatches: [] };
  for (let slices = 0; slices < SLICES; slices++) {
    const { cursor, book, picks, entries } = await readSlice(deps.db);
    const last = picks.at(-1);
    if (!last) break;
    const now = deps.now();
    const mismatches = replay(picks, entries, book);
    const alarm = alarmFor(mismatches, now);
    await finishSlice(deps.db, cursor, last.id, { book, checked: picks.length, mismatches, alarm }, now);
    all.checked += picks.length;
    all.mismatches.push(...mismatches);
  }
  if (all.mismatches.length > 0) deps.announce();
  return all;
};
