/** Several leads as people paste them: rows of a spreadsheet or CSV with a header, NDJSON, a JSON list, or addresses. Pure. */
import { addressIn, fieldOf, linePair, pairsIn, understood, type Asked, type Pair } from "./pasted.ts";

export interface PastedList {
  leads: Asked[];
  /** Rows in which nothing was understood. */
  skipped: number;
  /** Rows beyond the first `MOST_LEADS`. */
  beyond: number;
  /** What stands in the rows besides and isn't asked about. */
  left: Pair[];
}

/** As many as one look-up of the API takes. */
export const MOST_LEADS = 1000;
export const MOST_TEXT = 1_000_000;

/** Null where the text isn't written as a list. A list may be of one. */
export function readList(pasted: string): PastedList | null {
  const text = pasted.slice(0, MOST_TEXT).trim();
  const rows = jsonList(text) ?? jsonLines(text) ?? table(text) ?? addresses(text);
  if (rows === null) return null;
  const read = rows.map(understood);
  const leads = read.map(({ asked }) => asked).filter((asked) => Object.keys(asked).length > 0);
  if (leads.length === 0) return null;
  return {
    leads: leads.slice(0, MOST_LEADS),
    skipped: rows.length - leads.length,
    beyond: Math.max(0, leads.length - MOST_LEADS),
    left: read.flatMap(({ left }) => left),
  };
}

type Row = Pair[];

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

/** A list, or an object that holds one, as `POST /v1/match` takes it. */
function jsonList(text: string): Row[] | null {
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return null;
  const list = Array.isArray(value) ? value : Object.values(value).find(Array.isArray);
  return Array.isArray(list) ? list.map((each: unknown) => pairsIn(each)) : null;
}

function jsonLines(text: string): Row[] | null {
  if (!text.startsWith("{")) return null;
  const values = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map(parsed);
  return values.includes(null) ? null : values.map((value) => pairsIn(value));
}

const SEPARATORS = ["\t", ";", ","] as const;

/** With a header that names one field at least; spreadsheets copy cells with tabs between them. */
function table(text: string): Row[] | null {
  const head = text.slice(0, text.search(/\r?\n|$/));
  const separator = SEPARATORS.find((each) => head.includes(each)) ?? ",";
  const [header, ...rows] = cellsOf(text, separator);
  if (!header || !isHeader(header, rows[0])) return null;
  return rows.map((cells) => cells.map((cell, at): Pair => [header[at] ?? "", cell]));
}

/** "email\tana@…" over "company\t…" is one lead written downwards. */
const isHeader = (cells: readonly string[], next: readonly string[] | undefined): boolean =>
  cells.some((cell) => fieldOf(cell) !== undefined) &&
  !cells.some((cell) => cell.includes("@")) &&
  fieldOf(next?.[0] ?? "") === undefined;

/** Quoted cells may hold separators, breaks and doubled quotes. Empty rows are left out. */
function cellsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string[], boolean] = [[], [], false];
  const endCell = () => {
    row.push(cell.join("").trim());
    cell = [];
  };
  const endRow = () => {
    endCell();
    if (row.some((each) => each !== "")) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? "";
    if (quoted && letter === '"' && text[at + 1] === '"') cell.push(text[++at] ?? "");
    else if (letter === '"' && (quoted || cell.length === 0)) quoted = !quoted;
    else if (quoted) cell.push(letter);
    else if (letter === separator) endCell();
    else if (letter === "\n") endRow();
    else cell.push(letter);
  }
  endRow();
  return rows;
}

/** Lines that hold one address each; without a header nothing says what else stands there. */
function addresses(text: string): Row[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.some((line) => addressIn(line) === undefined)) return null;
  return lines.map((line) => {
    const pair = linePair(line);
    return [fieldOf(pair[0]) === "email" ? pair : ["email", line]];
  });
}
