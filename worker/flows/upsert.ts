/**
 * Takes in CRM records in bulk: whatever the size, 1,500 at a time are in memory, and less where what is stored of them is long. Each batch is read, merged and
 * written atomically with its keys; what is as it was is not written again, so a nightly full sync costs reads only.
 */
import type { CrmKind, UpsertAnswer } from "../../schema/wire/crm.ts";
import { absorbPatch } from "../domain/crm/absorb.ts";
import { joinPatches, mergeRow, type Merged, type Row } from "../domain/crm/merge.ts";
import type { Read, RecordReader } from "../domain/crm/reader.ts";
import type { Patch } from "../domain/crm/records.ts";
import { isMoved, readForUpsert, writeRows, type Change, type ForUpsert, type Stored } from "../store/crm.ts";
import { isKeyedToday, keysToWrite } from "./account-keys.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";
import { marksOf } from "./marks.ts";

/** More in one write touch each page of the keys less often: docs/performance.md. */
const MAX_RECORDS = 1500;
/** JSON of what is read before it is written. */
const MAX_CHARACTERS = 1_000_000;
/** JSON of one atomic write; rows may hold more than was sent. */
const MAX_WRITE = 2_000_000;
const MAX_LISTED = 1000;

interface Waiting {
  patch: Patch;
  lines: number[];
}

export interface Upsert {
  take(reads: readonly Read[]): Promise<void>;
  finish(): Promise<UpsertAnswer>;
}

/** `listed`: most refused lines in the answer. */
export const startUpsert = (deps: Deps, kind: CrmKind, listed = MAX_LISTED): Upsert => {
  const answer: UpsertAnswer = { received: 0, upserted: 0, rejectedCount: 0, rejected: [] };
  let waiting = new Map<string, Waiting>();
  let characters = 0;

  const reject = (line: number, error: string): void => {
    answer.rejectedCount++;
    if (answer.rejected.length < listed) answer.rejected.push({ line, error });
  };
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = new Map();
    characters = 0;
    if (batch.size === 0) return;
    const refused = await writeBatch(
      deps,
      kind,
      [...batch.values()].map(({ patch }) => patch),
    );
    for (const [id, { lines }] of batch) {
      const error = refused.get(id);
      if (error === undefined) answer.upserted += lines.length;
      else for (const line of lines) reject(line, error);
    }
  };
  const add = (line: number, patch: Patch): void => {
    const same = waiting.get(patch.id);
    waiting.set(patch.id, {
      patch: same ? joinPatches(same.patch, patch) : patch,
      lines: [...(same?.lines ?? []), line],
    });
    characters += JSON.stringify(patch).length;
  };
  return {
    async take(reads) {
      for (const read of reads) {
        answer.received++;
        if ("error" in read) reject(read.line, read.error);
        else add(read.line, read.patch);
        if (waiting.size >= MAX_RECORDS || characters >= MAX_CHARACTERS) await flush();
      }
    },
    async finish() {
      await flush();
      answer.rejected.sort((a, b) => a.line - b.line);
      return answer;
    },
  };
};

/** Reads the whole upload. Throws UnreadableUpload; what was taken before a broken connection stays taken. */
export const upsertStream = async (
  deps: Deps,
  kind: CrmKind,
  bytes: AsyncIterable<Uint8Array>,
  reader: RecordReader,
  listed?: number,
): Promise<UpsertAnswer> => {
  const upsert = startUpsert(deps, kind, listed);
  for await (const chunk of bytes) await upsert.take(reader.feed(chunk));
  await upsert.take(reader.end());
  return upsert.finish();
};

/** Columns that name an account. */
const REFERENCES: Record<CrmKind, string | null> = {
  accounts: "parent_id",
  contacts: "account_id",
  opportunities: "account_id",
};

/** Accounts that the patches write or refer to. */
const accountsIn = (kind: CrmKind, patches: readonly Patch[]): string[] => {
  const column = REFERENCES[kind] ?? "";
  const named = patches.map(({ set }) => set[column]).filter((id) => typeof id === "string");
  return [...new Set([...(kind === "accounts" ? patches.map(({ id }) => id) : []), ...named])];
};

/** What names an account that was merged away means the one that stayed. */
const redirected = (kind: CrmKind, patch: Patch, aliases: ReadonlyMap<string, string>): Patch => {
  const column = REFERENCES[kind] ?? "";
  const to = aliases.get(String(patch.set[column]));
  if (to === undefined) return patch;
  const own = kind === "accounts" && to === (aliases.get(patch.id) ?? patch.id);
  return { ...patch, set: { ...patch.set, [column]: own ? null : to } };
};

const absorbed = (row: Row, patch: Patch): Merged => {
  const after = absorbPatch(row, patch);
  const isChanged = Object.entries(after).some(([column, value]) => value !== row[column]);
  return isChanged ? { kind: "changed", row: after } : { kind: "unchanged" };
};

/** Lays the patches on what is stored; answers the rows to write and what was refused, by the patch's id. */
const mergeAll = (
  kind: CrmKind,
  patches: readonly Patch[],
  { rows, aliases }: ForUpsert,
  now: number,
): { changes: Change[]; refused: Map<string, string> } => {
  const refused = new Map<string, string>();
  const after = new Map<string, Row>();
  for (const patch of patches) {
    const to = kind === "accounts" ? aliases.get(patch.id) : undefined;
    const id = to !== undefined && rows.has(to) ? to : patch.id;
    const row = after.get(id) ?? rows.get(id)?.row ?? null;
    const meant = redirected(kind, patch, aliases);
    const merged = id !== patch.id && row !== null ? absorbed(row, patch) : mergeRow(kind, row, meant, now);
    if (merged.kind === "refused") refused.set(patch.id, merged.error);
    if (merged.kind === "changed") after.set(id, merged.row);
    if (merged.kind === "unchanged" && row !== null && isStale(kind, rows.get(id))) after.set(id, row);
  }
  const changes = [...after].map(([id, row]): Change => {
    const before = rows.get(id) ?? null;
    return {
      row,
      print: before?.print ?? null,
      keyed: kind === "accounts" ? keysToWrite(row, before) : null,
    };
  });
  return { changes, refused };
};

/** People who asked to be left alone stay so whatever the CRM says, and those who were erased don't come back with a sync. */
const respected = async (
  deps: Deps,
  { changes, refused }: { changes: Change[]; refused: Map<string, string> },
): Promise<{ changes: Change[]; refused: Map<string, string> }> => {
  const normOf = ({ row }: Change): string => String(row["email_norm"]);
  const marks = await marksOf(deps, [...new Set(changes.map(normOf))]);
  if (marks.size === 0) return { changes, refused };
  const all = new Map(refused);
  const kept = changes.flatMap((change) => {
    const mark = marks.get(normOf(change));
    if (mark?.erasedAt) {
      all.set(
        String(change.row["id"]),
        "The person was erased at their request; remove the contact in the CRM.",
      );
      return [];
    }
    return [mark?.doNotContact ? { ...change, row: { ...change.row, do_not_contact: 1 } } : change];
  });
  return { changes: kept, refused: all };
};

const isStale = (kind: CrmKind, before: Stored | undefined): boolean =>
  kind === "accounts" && before !== undefined && !isKeyedToday(before);

/** Writes the patches and answers what was refused, by id. */
const writeBatch = async (
  deps: Deps,
  kind: CrmKind,
  patches: readonly Patch[],
): Promise<Map<string, string>> => {
  const all = new Map<string, string>();
  for (let left = patches; left.length > 0;) {
    const { refused, later } = await writeSlice(deps, kind, left);
    for (const [id, error] of refused) all.set(id, error);
    left = later;
  }
  return all;
};

/** Those whose rows could be read at once; `later` are the others. */
const writeSlice = async (
  deps: Deps,
  kind: CrmKind,
  patches: readonly Patch[],
): Promise<{ refused: Map<string, string>; later: readonly Patch[] }> => {
  const ids = patches.map(({ id }) => id);
  const accounts = accountsIn(kind, patches);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const known = await readForUpsert(deps.db, kind, ids, accounts);
    const isUnread = ({ id }: Patch): boolean =>
      known.unread.has(kind === "accounts" ? (known.aliases.get(id) ?? id) : id);
    const later = patches.filter(isUnread);
    const ready = later.length === 0 ? patches : patches.filter((patch) => !isUnread(patch));
    const merged = mergeAll(kind, ready, known, deps.now());
    const { changes, refused } = kind === "contacts" ? await respected(deps, merged) : merged;
    const unmerged = accounts.filter((id) => !known.aliases.has(id));
    try {
      for (const portion of portions(changes)) await writeRows(deps.db, kind, portion, unmerged);
      return { refused, later };
    } catch (error) {
      if (!isMoved(error)) throw error;
    }
  }
  throw new Error("The records were changed by somebody else too often to be written");
};

const portions = (changes: readonly Change[]): Change[][] => {
  const all: Change[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const change of changes) {
    const length = sizeOf(change.row) + (change.print?.length ?? 0);
    if (size + length > MAX_WRITE) {
      all.push([]);
      size = 0;
    }
    all.at(-1)?.push(change);
    size += length;
  }
  return all;
};

const sizeOf = (row: Row): number => {
  let size = 0;
  for (const value of Object.values(row)) size += typeof value === "string" ? value.length : 8;
  return size;
};
