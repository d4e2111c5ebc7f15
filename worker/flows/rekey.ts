/**
 * A release may change the rules by which accounts are found (KEYS_VERSION). Those that nobody sends again are keyed anew in
 * the background, a slice at a time, in order of id. Until then an account is found by the keys it has.
 */
import { KEYS_VERSION } from "../domain/matching/keys.ts";
import {
  advance,
  countAccounts,
  finish,
  insertImport,
  readImport,
  type ImportRow,
} from "../store/imports.ts";
import { isMoved } from "../store/crm.ts";
import { readKeyless, writeKeys } from "../store/rekey.ts";
import { keysOfAccount } from "./account-keys.ts";
import type { Deps } from "./deps.ts";

/** Accounts looked at in one slice, and slices and time in one minute's run. */
const LOOK_AT = 1000;
const SLICES = 20;
const MOST_MS = 15_000;
/** Isolates of the release before may still write for so long: what they wrote is found by another pass. */
const SETTLE_MS = 600_000;

interface Cursor {
  /** Goes on after this id. */
  after: string;
  /** When this pass began, and how many it found. */
  since: number;
  found: number;
}

const cursorOf = (row: ImportRow): Cursor => JSON.parse(row.cursor ?? "{}") as Cursor;

const begin = async (deps: Deps, id: string): Promise<ImportRow | null> => {
  const now = deps.now();
  await insertImport(deps.db, {
    id,
    kind: "keys",
    name: `Match keys, version ${KEYS_VERSION}`,
    size: await countAccounts(deps.db),
    startedBy: "system",
    startedAt: now,
    cursor: JSON.stringify({ after: "", since: now, found: 0 } satisfies Cursor),
  });
  return readImport(deps.db, id);
};

/** False where this run has nothing more to do. */
const step = async (deps: Deps, row: ImportRow): Promise<boolean> => {
  const cursor = cursorOf(row);
  const now = deps.now();
  const { rows, looked, last } = await readKeyless(deps.db, KEYS_VERSION, cursor.after, LOOK_AT);
  if (last === null) return endOfPass(deps, row, cursor, now);
  const changes = rows.map(({ row, print }) => ({ row, print, keyed: keysOfAccount(row) }));
  try {
    await writeKeys(deps.db, changes);
  } catch (error) {
    // Somebody changed one of them; the next run reads again.
    if (isMoved(error)) return false;
    throw error;
  }
  const next = { after: last, since: cursor.since, found: cursor.found + changes.length };
  const to = { cursor: JSON.stringify(next), looked, written: changes.length, restart: false, size: null };
  return advance(deps.db, row.id, row.cursor, to, now);
};

const endOfPass = async (deps: Deps, row: ImportRow, cursor: Cursor, now: number): Promise<boolean> => {
  const isSettled = cursor.since - row.startedAt >= SETTLE_MS;
  if (isSettled && cursor.found === 0) {
    await finish(deps.db, row.id, "system", now);
    return false;
  }
  if (now - row.startedAt < SETTLE_MS) return false;
  const next = { after: "", since: now, found: 0 };
  const to = {
    cursor: JSON.stringify(next),
    looked: 0,
    written: 0,
    restart: true,
    size: await countAccounts(deps.db),
  };
  return advance(deps.db, row.id, row.cursor, to, now);
};

/** Every minute, until a whole pass finds nothing. Answers how many slices it did. */
export const rekey = async (deps: Deps): Promise<number> => {
  const id = `keys-version-${KEYS_VERSION}`;
  const until = deps.now() + MOST_MS;
  for (let slices = 0; slices < SLICES && deps.now() < until; slices++) {
    const row = (await readImport(deps.db, id)) ?? (await begin(deps, id));
    if (!row || row.status === "done" || !(await step(deps, row))) return slices;
  }
  return SLICES;
};
