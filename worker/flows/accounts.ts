/** Removing an account, and merging two that are one. */
import type * as z from "zod";
import type { mergeAnswer } from "../../schema/wire/crm.ts";
import { absorb } from "../domain/crm/absorb.ts";
import {
  deleteAccount,
  dropAlias,
  follow,
  isBack,
  mergeInto,
  pendingMoves,
  readGone,
  settle,
  type Move,
  type Moved,
} from "../store/accounts.ts";
import { isMoved, readRows } from "../store/crm.ts";
import { keysOfAccount } from "./account-keys.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";

/** Slices that a request waits for; the rest follows every minute. */
const SLICES_AT_ONCE = 4;
const SLICES_A_MINUTE = 40;

const NOTHING: Moved = { contacts: 0, opportunities: 0, children: 0, leads: 0, complete: true };

const sum = (a: Moved, b: Moved): Moved => ({
  contacts: a.contacts + b.contacts,
  opportunities: a.opportunities + b.opportunities,
  children: a.children + b.children,
  leads: a.leads + b.leads,
  complete: b.complete,
});

/** Goes on until all has followed or the slices are used up. */
const followOn = async (deps: Deps, move: Move, first: Moved, slices: number): Promise<Moved> => {
  let moved = first;
  for (let left = slices; left > 0 && !moved.complete; left--)
    moved = sum(moved, await follow(deps.db, move, deps.now()));
  if (moved.complete) await settle(deps.db, move, deps.now());
  return moved;
};

/** The id means an account of its own again: what hasn't followed into the other stays with it, and is found by it. */
const partFrom = async (deps: Deps, id: string, by: string): Promise<void> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const left = (await readRows(deps.db, "accounts", [id])).get(id);
    const change = left ? { row: left.row, print: left.print, keyed: keysOfAccount(left.row) } : null;
    try {
      await dropAlias(deps.db, { id, by, at: deps.now() }, change);
      return;
    } catch (error) {
      if (!isMoved(error)) throw error;
    }
  }
  throw new Error("The account was changed by somebody else too often to be parted");
};

/** False when there never was such an account. Closed leads keep its name; open ones keep their owner and lose the account. */
export const removeAccount = async (deps: Deps, id: string, by: string): Promise<boolean> => {
  const { aliases, removed } = await readGone(deps.db, [id]);
  if (aliases.has(id)) {
    await partFrom(deps, id, by);
    return true;
  }
  const move: Move = { from: id, into: null, by, at: deps.now() };
  const first = await deleteAccount(deps.db, move);
  if (!first) return removed.has(id);
  await followOn(deps, move, first, SLICES_AT_ONCE);
  deps.announce();
  return true;
};

export type Merge =
  | { kind: "merged"; answer: z.infer<typeof mergeAnswer> }
  | { kind: "same" }
  | { kind: "missing"; id: string }
  /** It went into another one before. */
  | { kind: "elsewhere"; into: string };

/**
 * `from` goes and `into` stays, with everything that referred to `from`. Its id, domains and names go on leading to the
 * account. A repeat changes nothing and answers the same account.
 */
export const mergeAccounts = async (deps: Deps, from: string, given: string, by: string): Promise<Merge> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const { aliases } = await readGone(deps.db, [from, given]);
    const into = aliases.get(given) ?? given;
    if (from === into) return { kind: "same" };
    const rows = await readRows(deps.db, "accounts", [from, into]);
    const target = rows.get(into);
    const before = aliases.get(from);
    if (before !== undefined && before !== into) return { kind: "elsewhere", into: before };
    if (!target) return { kind: "missing", id: into };
    const answer = (name: unknown, moved: Moved): Merge => ({
      kind: "merged",
      answer: { account: { id: into, name: String(name) }, ...moved },
    });
    if (before === into) return answer(target.row["name"], NOTHING);
    const source = rows.get(from);
    if (!source) return { kind: "missing", id: from };
    const row = absorb(target.row, source.row);
    const move: Move = { from, into, by, at: deps.now() };
    try {
      const change = { row, print: target.print, keyed: keysOfAccount(row) };
      const moved = await mergeInto(deps.db, change, source, move);
      const all = await followOn(deps, move, moved, SLICES_AT_ONCE);
      deps.announce();
      return answer(row["name"], all);
    } catch (error) {
      if (!isMoved(error)) throw error;
    }
  }
  throw new Error("The accounts were changed by somebody else too often to be merged");
};

/** Every minute: what still refers to accounts that went follows, so many slices at most. */
export const continueMoves = async (deps: Deps): Promise<number> => {
  let left = SLICES_A_MINUTE;
  let changed = 0;
  for (const move of await pendingMoves(deps.db, SLICES_A_MINUTE)) {
    if (left-- <= 0) break;
    // The CRM sent it again: what refers to it is right.
    if (move.into === null && (await isBack(deps.db, move.from))) {
      await settle(deps.db, move, deps.now(), true);
      continue;
    }
    const first = await follow(deps.db, move, deps.now());
    const all = await followOn(deps, move, first, left);
    left -= Math.ceil((all.contacts + all.leads + all.children + all.opportunities) / 500);
    changed += all.leads;
  }
  if (changed > 0) deps.announce();
  return changed;
};
