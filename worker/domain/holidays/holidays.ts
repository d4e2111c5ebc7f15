/**
 * Public holidays by country and region ("US", "DE-BY"), from a table that is generated ahead (docs/decisions/0040-holidays.md).
 * A set is a list of columns; a column is one month-and-day for every year, or one for each year ("..": none).
 */
import { nearest } from "../verification/nearest.ts";
import { COLUMNS, FIRST_YEAR, SETS, YEARS } from "./holidays.data.ts";

/** The last year the table knows. */
export const LAST_YEAR = FIRST_YEAR + YEARS - 1;

interface Table {
  columns: readonly string[];
  sets: ReadonlyMap<string, string>;
}

let table: Table | null = null;

/** Split on first use, so that nothing of it is done when the Worker starts. */
const read = (): Table => {
  table ??= {
    columns: COLUMNS.split(" "),
    sets: new Map(
      SETS.split(" ").map((line) => {
        const end = line.indexOf(":");
        return [line.slice(0, end), line.slice(end + 1)];
      }),
    ),
  };
  return table;
};

const two = (number: number): string => String(number).padStart(2, "0");

const dateOf = (column: string, year: number): string | null => {
  const at = column.length === 2 ? 0 : (year - FIRST_YEAR) * 2;
  const [month = ".", day = "."] = column.slice(at, at + 2);
  return month === "." ? null : `${year}-${two(Number.parseInt(month, 36))}-${two(Number.parseInt(day, 36))}`;
};

/** The dates of a set from one year to another (both included; years the table doesn't know have none), or null where there is no such set. */
export const holidaysOf = (set: string, fromYear: number, toYear: number): string[] | null => {
  const { columns, sets } = read();
  const list = sets.get(set.toUpperCase());
  if (list === undefined) return null;
  const dates = new Set<string>();
  for (let year = Math.max(fromYear, FIRST_YEAR); year <= Math.min(toYear, LAST_YEAR); year++) {
    for (let at = 0; at < list.length; at += 2) {
      const date = dateOf(columns[Number.parseInt(list.slice(at, at + 2), 36)] ?? "..", year);
      if (date !== null) dates.add(date);
    }
  }
  return [...dates].toSorted();
};

const LISTED = 8;

/** What people write for a country whose code is another. */
const ALIASES: Record<string, string> = {
  UK: "GB",
  EN: "GB",
  AUT: "AT",
  CHN: "CN",
  SWE: "SE",
  DNK: "DK",
  POL: "PL",
  PRT: "PT",
  IRL: "IE",
};

/** Names that were perhaps meant by one that isn't known: its country and regions, the nearest in spelling first. */
export const setsLike = (set: string): string[] => {
  const names = [...read().sets.keys()];
  const name = set.toUpperCase();
  const written = name.split(/[-_ ]/)[0] ?? "";
  const country = ALIASES[written] ?? written.slice(0, 2);
  const same = names.filter((known) => known === country || known.startsWith(`${country}-`));
  const near = nearest(name, same);
  return [...new Set([...(near === null ? [] : [near]), ...same])].slice(0, LISTED);
};
