/**
 * CSV to rows, piece by piece and with bounded memory (why not a library: docs/decisions/0030-csv.md).
 *
 * A row that can't be read costs its first line and no more: reading starts again on the next one. So a quote that is
 * never closed, which would otherwise swallow the rest of the file, loses one line.
 */
import { MAX_LINE, tooLong } from "./lines.ts";

/** `line` is where the row begins, counted from 1, `next` the first line after it; a quoted cell may span several. */
export type CsvRow = { line: number; next: number; cells: string[] } | { line: number; error: string };

/** What has been read to its end: so many characters, and the next line; `mid` within a line that is being passed over. */
export interface Place {
  offset: number;
  line: number;
  mid: boolean;
}

export interface CsvReader {
  feed(text: string): CsvRow[];
  end(): CsvRow[];
  place(): Place;
}

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** From the first line with something in it. */
const fromContent = (text: string): string => {
  const start = Math.max(0, text.search(/\S/));
  return text.slice(Math.max(text.lastIndexOf("\n", start), text.lastIndexOf("\r", start)) + 1);
};

/** The separator that a file tells in its first line, or that the first line with something in it uses most outside quotes. */
export const separatorOf = (text: string): string => {
  const told = /^sep=(.)(?:[\r\n]|$)/i.exec(text)?.[1];
  if (told !== undefined) return told;
  const bare = (fromContent(text).split(/[\r\n]/, 1)[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (separator: string): number => bare.split(separator).length;
  return SEPARATORS.reduce<string>((best, each) => (count(each) > count(best) ? each : best), ",");
};

type Scan =
  { kind: "row"; cells: string[]; next: number } | { kind: "more" } | { kind: "bad"; error: string };

type Cell = { value: string; next: number } | { error: string } | null;

const isBreak = (char: string | undefined): boolean => char === "\n" || char === "\r";

const skipSpaces = (text: string, from: number): number => {
  let at = from;
  while (text[at] === " ") at++;
  return at;
};

/** From just after the opening quote. Null: its end isn't here yet. */
const quotedCell = (text: string, from: number, separator: string, final: boolean): Cell => {
  let value = "";
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1)
      return final ? { error: 'a quote (") is opened and never closed: close or double it' } : null;
    value += text.slice(at, quote);
    if (quote + 1 >= text.length && !final) return null;
    if (text[quote + 1] !== '"') {
      const next = skipSpaces(text, quote + 1);
      if (next >= text.length) return final ? { value, next } : null;
      if (text[next] === separator || isBreak(text[next])) return { value, next };
      return { error: 'there is text after a closing quote ("): double quotes that belong to the text' };
    }
    value += '"';
    at = quote + 2;
  }
};

const bareCell = (text: string, from: number, separator: string, final: boolean): Cell => {
  let at = from;
  while (at < text.length && text[at] !== separator && !isBreak(text[at])) at++;
  return at >= text.length && !final ? null : { value: text.slice(from, at), next: at };
};

/** One row from `from`; `final` says that no more text will come. */
const scanRow = (text: string, from: number, separator: string, final: boolean): Scan => {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const start = separator === "\t" ? at : skipSpaces(text, at);
    const cell: Cell =
      text[start] === '"'
        ? quotedCell(text, start + 1, separator, final)
        : bareCell(text, at, separator, final);
    if (cell === null) return { kind: "more" };
    if ("error" in cell) return { kind: "bad", error: cell.error };
    cells.push(cell.value.trim());
    at = cell.next;
    if (at >= text.length) return { kind: "row", cells, next: at };
    if (text[at] === separator) at++;
    else {
      if (text[at] === "\r" && at + 1 >= text.length && !final) return { kind: "more" };
      return { kind: "row", cells, next: text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1 };
    }
  }
};

const BREAKS = /\r\n|\r|\n/g;

const breaksIn = (text: string): number => text.match(BREAKS)?.length ?? 0;

/** Past the first line break from `from`; -1 where there is none (a CR at the very end may be half of one). */
const nextLine = (text: string, from: number, final: boolean): number => {
  BREAKS.lastIndex = from;
  const found = BREAKS.exec(text);
  if (!found || (found[0] === "\r" && BREAKS.lastIndex === text.length && !final)) return -1;
  return BREAKS.lastIndex;
};

/** A row of one empty cell is a blank line. */
const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell === "");

/** `at` goes on within a file whose separator is known. */
export const csvReader = (at?: { line: number; separator: string }): CsvReader => {
  let held = "";
  let line = at?.line ?? 1;
  let offset = 0;
  let separator: string | null = at?.separator ?? null;
  /** Inside a line that was given up, looking for its end. */
  let skipping = false;
  const isSkipping = (): boolean => skipping;

  const skip = (from: number, final: boolean): number => {
    const next = nextLine(held, from, final);
    skipping = next === -1 && !final;
    if (next === -1) return final ? held.length : held.endsWith("\r") ? held.length - 1 : held.length;
    line++;
    return next;
  };

  /** "sep=;" on a first line of its own is how spreadsheets are told; it is no row. */
  const settle = (final: boolean): number => {
    const blank = Math.max(0, held.search(/\S/));
    const next = nextLine(held, blank, final);
    if ((next === -1 || held.trim() === "") && !final && held.length <= MAX_LINE) return -1;
    separator = separatorOf(held);
    if (!/^sep=.[\r\n]/i.test(held)) return 0;
    line++;
    return next;
  };

  const read = (text: string, final: boolean): CsvRow[] => {
    const rows: CsvRow[] = [];
    const canEnd = final || held.endsWith("\r") || /[\r\n]/.test(text);
    held += text;
    if (!canEnd && held.length <= MAX_LINE) return rows;
    let at = 0;
    if (separator === null) at = settle(final);
    if (at === -1 || separator === null) return rows;
    if (skipping) at = skip(at, final);
    while (!isSkipping() && at < held.length) {
      const scan = scanRow(held, at, separator, final);
      const isLong = (scan.kind === "row" ? scan.next : held.length) - at > MAX_LINE;
      if (scan.kind === "more" && !isLong) break;
      if (scan.kind === "row" && !isLong) {
        const next = line + breaksIn(held.slice(at, scan.next));
        if (!isBlank(scan.cells)) rows.push({ line, next, cells: scan.cells });
        line = next;
        at = scan.next;
      } else {
        rows.push({
          line,
          error: scan.kind === "bad" ? scan.error : unending(held.slice(at, at + MAX_LINE)),
        });
        at = skip(at, final);
      }
    }
    held = held.slice(at);
    offset += at;
    return rows;
  };
  return {
    feed: (text) => read(text, false),
    end: () => read("", true),
    place: () => ({ offset, line, mid: skipping }),
  };
};

/** A row past the limit is one long line, or a quote left open. */
const unending = (text: string): string =>
  /[\r\n]/.test(text) && text.includes('"')
    ? 'a quote (") is opened and not closed within 64 kB: close or double it'
    : tooLong("row");
