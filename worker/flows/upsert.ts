/**
 * Takes in CRM records in bulk: whatever the size, a few hundred at a time are in memory. Each batch is read, merged and
 * written atomically with its keys; what is as it was is not written again, so a nightly full sync costs reads only.
 */
import type { CrmKind, UpsertAnswer } from "../../schema/wire/crm.ts";
import { joinPatches, mergeRow, type Row } from "../domain/crm/merge.ts";
import type { Read, RecordReader } from "../domain/crm/reader.ts";
import type { Patch } from "../domain/crm/records.ts";
import { accountKeys } from "../domain/matching/keys.ts";
import { isMoved, readRows, writeRows, type Change } from "../store/crm.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";

const MAX_RECORDS = 300;
/** JSON of one write; D1 takes about 2 MB a parameter. */
const MAX_CHARACTERS = 400_000;
const MAX_LISTED = 1000;

interface Waiting {
  patch: Patch;
  lines: number[];
}

export interface Upsert {
  take(reads: readonly Read[]): Promise<void>;
  finish(): Promise<UpsertAnswer>;
}

export const startUpsert = (deps: Deps, kind: CrmKind): Upsert => {
  const answer: UpsertAnswer = { received: 0, upserted: 0, rejectedCount: 0, rejected: [] };
  let waiting = new Map<string, Waiting>();
  let characters = 0;

  const reject = (line: number, error: string): void => {
    answer.rejectedCount++;
    if (answer.rejected.length < MAX_LISTED) answer.rejected.push({ line, error });
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
): Promise<UpsertAnswer> => {
  const upsert = startUpsert(deps, kind);
  for await (const chunk of bytes) await upsert.take(reader.feed(chunk));
  await upsert.take(reader.end());
  return upsert.finish();
};

/** Writes the patches and answers what was refused, by id. */
const writeBatch = async (
  deps: Deps,
  kind: CrmKind,
  patches: readonly Patch[],
): Promise<Map<string, string>> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const stored = await readRows(
      deps.db,
      kind,
      patches.map(({ id }) => id),
    );
    const refused = new Map<string, string>();
    const changes: Change[] = [];
    for (const patch of patches) {
      const before = stored.get(patch.id) ?? null;
      const merged = mergeRow(kind, before?.row ?? null, patch, deps.now());
      if (merged.kind === "refused") refused.set(patch.id, merged.error);
      if (merged.kind === "changed")
        changes.push({
          row: merged.row,
          print: before?.print ?? null,
          keys: keysOf(kind, merged.row, before?.row ?? null),
        });
    }
    try {
      for (const portion of portions(changes)) await writeRows(deps.db, kind, portion);
      return refused;
    } catch (error) {
      if (!isMoved(error)) throw error;
    }
  }
  throw new Error("The records were changed by somebody else too often to be written");
};

const KEY_COLUMNS = ["name", "domain", "domains"];

/** Null where the account's keys follow from nothing that changed. */
const keysOf = (kind: CrmKind, row: Row, before: Row | null): string[] | null => {
  if (kind !== "accounts") return null;
  if (before && KEY_COLUMNS.every((column) => row[column] === before[column])) return null;
  return keysOfAccount(row);
};

/** The keys under which leads find an account. */
export const keysOfAccount = (row: Row): string[] => {
  const domain = (row["domain"] ?? null) === null ? null : String(row["domain"]);
  const domains = JSON.parse(String(row["domains"])) as string[];
  return accountKeys({ name: String(row["name"]), domain, domains }).map(({ key }) => key);
};

/** Rows may hold more than was sent, so a batch may take several writes. */
const portions = (changes: readonly Change[]): Change[][] => {
  const all: Change[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const change of changes) {
    const length = JSON.stringify(change.row).length + (change.print?.length ?? 0);
    if (size + length > MAX_CHARACTERS) {
      all.push([]);
      size = 0;
    }
    all.at(-1)?.push(change);
    size += length;
  }
  return all;
};
