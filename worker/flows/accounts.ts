/** Removing an account, and merging two that are one. */
import type * as z from "zod";
import type { mergeAnswer } from "../../schema/wire/crm.ts";
import { absorb } from "../domain/crm/absorb.ts";
import { deleteAccount, mergeInto } from "../store/accounts.ts";
import { isMoved, readRows } from "../store/crm.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";
import { keysOfAccount } from "./upsert.ts";

/** False when there is no such account. Its leads keep their owner and lose the account. */
export const removeAccount = async (deps: Deps, id: string, actor: string): Promise<boolean> => {
  const removed = await deleteAccount(deps.db, id, actor, deps.now());
  if (removed) deps.announce();
  return removed;
};

export type Merge =
  | { kind: "merged"; answer: z.infer<typeof mergeAnswer> }
  | { kind: "same" }
  | { kind: "missing"; id: string };

/** `from` goes and `into` stays, with everything that referred to `from`. Its domains go on finding the account. */
export const mergeAccounts = async (
  deps: Deps,
  from: string,
  into: string,
  actor: string,
): Promise<Merge> => {
  if (from === into) return { kind: "same" };
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const rows = await readRows(deps.db, "accounts", [from, into]);
    const source = rows.get(from);
    const target = rows.get(into);
    if (!source || !target) return { kind: "missing", id: source ? into : from };
    const row = absorb(target.row, source.row);
    try {
      const change = { row, print: target.print, keys: keysOfAccount(row) };
      const moved = await mergeInto(deps.db, change, source, actor, deps.now());
      deps.announce();
      return { kind: "merged", answer: { account: { id: into, name: String(row["name"]) }, ...moved } };
    } catch (error) {
      if (!isMoved(error)) throw error;
    }
  }
  throw new Error("The accounts were changed by somebody else too often to be merged");
};
