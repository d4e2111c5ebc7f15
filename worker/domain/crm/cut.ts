/**
 * A long text of records to parts that can be sent one by one: cut only between records (a quoted cell may hold line
 * breaks), nothing lost or changed, in bounded memory. The readers of `reader.ts` find in each part what they would find in
 * the whole, broken lines included.
 */
import { csvReader, separatorOf, type CsvRow } from "./csv.ts";
import { MAX_LINE } from "./lines.ts";

export interface Part {
  text: string;
  /** The file's line on which it begins, and the one on which the next part begins; from 1. */
  line: number;
  nextLine: number;
  /** Where the next part begins, in characters of the whole. */
  position: number;
}

export interface Start {
  position: number;
  line: number;
}

/** A part ends with the first piece that is enough: at most these and `PIECE` characters more. */
export interface Size {
  records: number;
  characters: number;
}

export interface Cutter {
  feed(text: string): Part[];
  end(): Part[];
}

const PIECE = 65_536;

/** What tells where the last whole record ends. */
interface Scanner {
  /** Answers how many records ended in this piece. */
  feed(text: string): number;
  /** End of the last whole record, and whether it stands within a line that is passed over. */
  place(): { offset: number; line: number; mid: boolean };
}

const csvScanner = (line: number, separator: string): Scanner => {
  const reader = csvReader({ line, separator });
  return { feed: (text) => reader.feed(text).length, place: () => reader.place() };
};

const lineScanner = (first: number): Scanner => {
  let line = first;
  let read = 0;
  let offset = 0;
  return {
    feed(text) {
      const end = text.lastIndexOf("\n");
      let found = 0;
      for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) found++;
      if (end !== -1) offset = read + end + 1;
      read += text.length;
      line += found;
      return found;
    },
    // A line longer than may be read is passed over as well; of it only so much is kept that it is known to be too long.
    place: () => ({ offset, line, mid: read - offset > 2 * MAX_LINE }),
  };
};

const cutter = (scanner: Scanner, start: Start, size: Size): Cutter => {
  let pending = "";
  /** Of the whole, where `pending` begins; and how much of a line that is passed over was left out of it. */
  let position = start.position;
  let line = start.line;
  let dropped = 0;
  let records = 0;

  const cut = (to: number, nextLine: number): Part => {
    const length = to - position - dropped;
    const part = { text: pending.slice(0, length), line, nextLine, position: to };
    pending = pending.slice(length);
    position = to;
    line = nextLine;
    dropped = 0;
    records = 0;
    return part;
  };
  const feedPiece = (piece: string): Part[] => {
    const wasMid = scanner.place().mid;
    records += scanner.feed(piece);
    const { offset, line: at, mid } = scanner.place();
    if (wasMid && mid) dropped += piece.length;
    else pending += piece;
    const end = start.position + offset;
    const isEnough = records >= size.records || end - position >= size.characters;
    return isEnough && !mid && end > position ? [cut(end, at)] : [];
  };
  return {
    feed(text) {
      const parts: Part[] = [];
      for (let at = 0; at < text.length; at += PIECE) parts.push(...feedPiece(text.slice(at, at + PIECE)));
      return parts;
    },
    end() {
      if (pending === "") return [];
      const breaks = pending.match(/\r\n|\r|\n/g)?.length ?? 0;
      return [cut(position + pending.length + dropped, line + breaks)];
    },
  };
};

export const lineCutter = (start: Start, size: Size): Cutter => cutter(lineScanner(start.line), start, size);

export const csvCutter = (separator: string, start: Start, size: Size): Cutter =>
  cutter(csvScanner(start.line, separator), start, size);

export interface Header {
  names: string[];
  separator: string;
  /** As it stands in the file, with whatever stands before it. */
  text: string;
  /** Where the records begin. */
  start: Start;
}

/** A CSV's header; null where `text` doesn't hold all of it, an error where it can't be read. */
export const csvHeader = (text: string): Header | { error: string } | null => {
  const reader = csvReader();
  let fed = 0;
  const feed = (to: number): CsvRow | undefined => {
    const rows = reader.feed(text.slice(fed, to));
    fed = to;
    return rows[0];
  };
  for (const found of text.matchAll(/\r\n|\r(?!\n)|\n/g)) {
    const row = feed(found.index + found[0].length);
    if (row === undefined) continue;
    if ("error" in row) return { error: row.error };
    return headerAt(text, row.cells, reader.place());
  }
  const [last] = [feed(text.length), ...reader.end()].filter((row) => row !== undefined);
  if (last === undefined) return null;
  return "error" in last ? { error: last.error } : headerAt(text, last.cells, reader.place());
};

const headerAt = (
  text: string,
  names: string[],
  { offset, line }: { offset: number; line: number },
): Header => {
  const whole = text.slice(0, offset);
  return {
    names,
    separator: separatorOf(whole),
    text: /[\r\n]$/.test(whole) ? whole : `${whole}\n`,
    start: { position: offset, line },
  };
};
