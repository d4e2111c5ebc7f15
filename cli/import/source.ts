/** A file to import as text, whatever its encoding or compression, and what a first look at it tells. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { csvHeader, type Header } from "../../worker/domain/crm/cut.ts";
import { textReader } from "../../worker/domain/crm/text.ts";
import { errorCode } from "../host/problem.ts";
import { ImportProblem } from "./problem.ts";

export type Format =
  { kind: "csv"; header: Header } | { kind: "ndjson"; names: string[] } | { kind: "list"; names: string[] };

export interface Source {
  readonly name: string;
  /** Of the file, in bytes. */
  readonly bytes: number;
  /** Of its content, and its size in bytes. */
  readonly digest: string;
  /** Of the whole text. */
  readonly characters: number;
  readonly lines: number;
  readonly format: Format;
}

/** Enough for any header that can be read, and for a record. */
const HEAD = 200_000;
/** A JSON list is read whole. */
const MAX_LIST = 64 * 1_048_576;

const unreadable = (file: string, error: unknown): ImportProblem => {
  const said: Record<string, string> = {
    ENOENT: `There is no file ${file}.`,
    EISDIR: `${file} is a folder: name the file in it.`,
    EACCES: `${file} can't be read: this user has no permission. Change its permissions, or copy it.`,
    EPERM: `${file} can't be read: this user has no permission. Change its permissions, or copy it.`,
  };
  const text = error instanceof Error ? error.message : String(error);
  return new ImportProblem("usage", said[errorCode(error)] ?? `${file} can't be read: ${text}`);
};

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** "PK" and a record's number; a header may begin with these letters too. */
const isZip = ([p, k, kind = 0xff]: Buffer): boolean => p === 0x50 && k === 0x4b && kind < 9;

/** The file's bytes, unpacked where it is gzip. */
async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const start = await firstBytes(file);
  if (isZip(start))
    throw new ImportProblem(
      "usage",
      `${file} is a spreadsheet or a ZIP, not text: save it as CSV (UTF-8), or unpack it.`,
    );
  const raw = createReadStream(file, { highWaterMark: 1 << 18 });
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  const unpacked = createGunzip();
  raw.on("error", (error) => unpacked.destroy(error));
  for await (const bytes of isPacked ? raw.pipe(unpacked) : raw) yield bytes as Buffer;
}

/** Its text, in pieces. Throws ImportProblem where it can't be read. */
export async function* textOf(file: string, watch?: (bytes: Buffer) => void): AsyncGenerator<string> {
  const reader = textReader();
  try {
    for await (const bytes of bytesOf(file)) {
      watch?.(bytes);
      yield reader.feed(bytes);
    }
  } catch (error) {
    throw error instanceof ImportProblem ? error : unreadable(file, error);
  }
  yield reader.end();
}

const countOf = (text: string, mark: string): number => {
  let found = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found++;
  return found;
};

/** The names in the first record that is one. */
function namesIn(records: Iterable<unknown>): string[] {
  for (const record of records)
    if (typeof record === "object" && record !== null && !Array.isArray(record)) return Object.keys(record);
  return [];
}

function* parsedLines(text: string): Generator {
  for (const line of text.split("\n")) {
    try {
      yield JSON.parse(line);
    } catch {
      continue;
    }
  }
}

function formatOf(file: string, head: string): Format {
  const first = head.trimStart()[0];
  if (first === undefined) throw new ImportProblem("usage", `${file} is empty.`);
  if (first === "[") return { kind: "list", names: [] };
  if (first === "{") return { kind: "ndjson", names: namesIn(parsedLines(head)) };
  const header = csvHeader(head);
  if (header === null) throw new ImportProblem("usage", `${file} has no first line that names the columns.`);
  if ("error" in header)
    throw new ImportProblem("usage", `The first line of ${file} can't be read: ${header.error}.`);
  return { kind: "csv", header };
}

/** Reads the whole file once: its digest, its length, and how it is written. */
export async function lookAt(file: string, stop: AbortSignal): Promise<Source> {
  const hash = createHash("sha256");
  let [head, characters, feeds, returns] = ["", 0, 0, 0];
  const bytes = await stat(file).then(
    ({ size }) => size,
    (error: unknown) => {
      throw unreadable(file, error);
    },
  );
  for await (const text of textOf(file, (piece) => hash.update(piece))) {
    stop.throwIfAborted();
    if (head.length < HEAD) head += text.slice(0, HEAD - head.length);
    characters += text.length;
    feeds += countOf(text, "\n");
    returns += countOf(text, "\r");
  }
  const format = formatOf(file, head);
  if (format.kind === "list") format.names = namesIn(await listOf(file));
  return {
    name: basename(file),
    bytes,
    digest: hash.update(`:${bytes}`).digest("hex"),
    characters,
    // Only a file without any line feed ends its lines by carriage returns.
    lines: feeds > 0 ? feeds : returns,
    format,
  };
}

/** The records of a JSON list. */
export async function listOf(file: string): Promise<unknown[]> {
  let text = "";
  for await (const piece of textOf(file)) {
    text += piece;
    if (text.length > MAX_LIST)
      throw new ImportProblem(
        "usage",
        `${file} is one JSON list of more than ${MAX_LIST / 1_048_576} MB: write one record a line (jq -c '.[]').`,
      );
  }
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value as unknown[];
  } catch (error) {
    throw new ImportProblem(
      "usage",
      `${file} is no JSON list: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  throw new ImportProblem("usage", `${file} is no JSON list.`);
}
