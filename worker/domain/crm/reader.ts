/** An upload, in bytes as they come, to records or the reason why a line is none. */
import type { CrmKind } from "../../../schema/wire/crm.ts";
import { csvReader, type CsvRow } from "./csv.ts";
import { nameFields, type Naming } from "./fields.ts";
import { lineReader, tooLong, type Line } from "./lines.ts";
import { readRecord, type Patch } from "./records.ts";
import { textReader } from "./text.ts";

export type Read = { line: number; patch: Patch } | { line: number; error: string };

export interface RecordReader {
  feed(bytes: Uint8Array): Read[];
  end(): Read[];
}

/** The file as a whole can't be read: its header names no column that could be the id. */
export class UnreadableUpload extends Error {}

/** One record as it stands in a JSON list or an NDJSON line. */
export const readObject = (kind: CrmKind, line: number, value: unknown): Read => {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { line, error: 'record: write one JSON object, such as {"id": "001", "name": "Acme"}' };
  const raw = value as Record<string, unknown>;
  const read = readRecord(kind, raw, nameFields(kind, Object.keys(raw)));
  return read.ok ? { line, patch: read.patch } : { line, error: read.error };
};

/** The parser quotes the line, and that may be about a person: refused lines are kept for months. */
const whyNot = (error: unknown): string => {
  const said = error instanceof Error ? error.message : "";
  const at = /at position \d+/.exec(said)?.[0];
  return said.startsWith("Unexpected end") ? "it ends too early" : (at ?? "it can't be parsed");
};

const readJsonLine = (kind: CrmKind, item: Line): Read | null => {
  if ("tooLong" in item) return { line: item.line, error: tooLong("line") };
  if (item.text.trim() === "") return null;
  let value: unknown;
  try {
    value = JSON.parse(item.text);
  } catch (error) {
    return {
      line: item.line,
      error: `record: the line is not JSON (${whyNot(error)}): write one JSON object a line`,
    };
  }
  return readObject(kind, item.line, value);
};

const ndjson = (kind: CrmKind, firstLine: number): Parser => {
  const lines = lineReader();
  const read = (items: Line[]): Read[] =>
    items
      .map((item) => readJsonLine(kind, { ...item, line: item.line + firstLine - 1 }))
      .filter((item) => item !== null);
  return { feed: (text) => read(lines.feed(text)), end: () => read(lines.end()) };
};

interface Parser {
  feed(text: string): Read[];
  end(): Read[];
}

const csv = (kind: CrmKind, firstLine: number | null): Parser => {
  const rows = csvReader();
  let header: { names: string[]; naming: Naming } | null = null;
  /** How many lines of the file stand between the header and the first record of this part of it. */
  let left = 0;
  const read = (items: CsvRow[]): Read[] =>
    items.flatMap((item): Read[] => {
      const line = item.line + left;
      if ("error" in item) {
        if (header === null) throw new UnreadableUpload(`The header can't be read: ${item.error}.`);
        return [{ line, error: `record: ${item.error}` }];
      }
      if (header === null) {
        header = readHeader(kind, item.cells);
        left = firstLine === null ? 0 : firstLine - item.next;
        return [];
      }
      return [readCells(kind, { line, cells: item.cells }, header)];
    });
  return { feed: (text) => read(rows.feed(text)), end: () => read(rows.end()) };
};

const readHeader = (kind: CrmKind, names: string[]): { names: string[]; naming: Naming } => {
  const naming = nameFields(kind, names);
  if (naming.fields.has("id")) return { names, naming };
  const seen = names.slice(0, 20).join(", ").slice(0, 300);
  throw new UnreadableUpload(`The first line must name the columns, one of them "id"; it reads: ${seen}.`);
};

const readCells = (
  kind: CrmKind,
  { line, cells }: { line: number; cells: string[] },
  { names, naming }: { names: string[]; naming: Naming },
): Read => {
  const more = cells.slice(names.length).some((cell) => cell !== "");
  if (more || cells.length < names.length)
    return {
      line,
      error: `record: the line has ${cells.length} columns and the header ${names.length}: quote text that has the separator in it, and keep empty columns`,
    };
  const raw = Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""]));
  const read = readRecord(kind, raw, naming);
  return read.ok ? { line, patch: read.patch } : { line, error: read.error };
};

/**
 * Reads NDJSON or CSV; `end` must be called once. `firstLine` is the file's line on which the first record stands, where this
 * is a part of a file (a CSV's header comes with each part). Throws UnreadableUpload where no line can be read.
 */
export const recordReader = (
  kind: CrmKind,
  format: "ndjson" | "csv",
  firstLine: number | null = null,
): RecordReader => {
  const text = textReader();
  const parser = format === "csv" ? csv(kind, firstLine) : ndjson(kind, firstLine ?? 1);
  return {
    feed: (bytes) => parser.feed(text.feed(bytes)),
    end: () => [...parser.feed(text.end()), ...parser.end()],
  };
};
