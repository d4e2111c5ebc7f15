/** A record as it was sent, by whatever names and in whatever types, to the fields and types that the wire schema declares. */
import type { CrmKind } from "../../../schema/wire/crm.ts";
import { cleanText } from "../enrichment/text.ts";
import { FIELDS, type FieldType, type Naming } from "./fields.ts";

export type Raw = Readonly<Record<string, unknown>>;

const MAX_TEXT = 2000;

const TRUE = new Set(["true", "yes", "y", "1", "ja", "oui", "si", "sim", "x", "wahr", "vrai"]);
const FALSE = new Set(["false", "no", "n", "0", "nein", "non", "nao", "falsch", "faux"]);

const text = (value: unknown): unknown => {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? cleanText(value, MAX_TEXT) || null : value;
};

/** One separator before exactly three digits groups thousands, be it a comma or a dot ("12.500"); "0.125" is no thousand. */
const GROUPED = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** "1,234.50", "1.234,50", "1 234" and "€ 12" are numbers. */
const number = (value: unknown): unknown => {
  const said = text(value);
  if (typeof value === "number" || typeof said !== "string")
    return value === "" ? null : said === null ? null : value;
  const bare = said.replace(/[\s\u00a0\u202f'’€$£¥]|[A-Z]{3}/g, "");
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(bare)) return said;
  const decimal = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
  const mark = bare[decimal];
  const groups = decimal >= 0 && (bare.split(mark ?? "").length > 2 || GROUPED.test(bare));
  const plain =
    decimal < 0 || groups
      ? bare.replace(/[.,]/g, "")
      : `${bare.slice(0, decimal).replace(/[.,]/g, "")}.${bare.slice(decimal + 1)}`;
  return Number(plain);
};

const DIGITS = String.raw`\d{1,3}(?:[.,'’\s]\d{3})+(?:[.,]0{1,2})?|\d+(?:[.,]\d+)?`;
const WHOM =
  "employees?|people|persons?|staff|ftes?|mitarbeiter(?:innen)?|employ[ée]e?s|empleados|dipendenti|medewerkers";
/** One figure, or a range of them, with the words that stand around a company's size. */
const COUNT = new RegExp(
  `^(?:>=?|≥|~|about|over|ca\\.?)?\\s*(${DIGITS})\\s*(k?)\\s*(?:\\+|(?:-|–|—|to|bis)\\s*(?:${DIGITS})\\s*k?)?\\s*(?:${WHOM})?$`,
  "i",
);
const MOST_COUNTED = 1e9;

/**
 * A whole number of 0 or more: "1.234" and "1,234" are 1234, "1.5k" is 1500, a range ("51-200", "1000+") counts from its
 * lower bound. Null for what says none.
 */
const count = (value: unknown): number | null => {
  const said = text(value);
  const [, digits, thousands] = typeof said === "string" ? (COUNT.exec(said) ?? []) : [];
  if (digits === undefined) return null;
  const whole = digits.replace(/[.,]0{1,2}$/, "");
  const isGrouped = !thousands && /^\d{1,3}(?:[.,'’\s]\d{3})+$/.test(whole);
  const figure = Number(isGrouped ? whole.replace(/\D/g, "") : whole.replace(/\s/g, "").replace(",", "."));
  const found = thousands ? Math.round(figure * 1000) : figure;
  return Number.isInteger(found) && found <= MOST_COUNTED ? found : null;
};

const flag = (value: unknown): unknown => {
  if (typeof value === "boolean" || value === null) return value;
  const told = text(value);
  if (typeof told !== "string") return told;
  const said = told.toLowerCase();
  return TRUE.has(said) ? true : FALSE.has(said) ? false : value;
};

const list = (value: unknown): unknown => {
  if (value === null) return [];
  const items: unknown[] = Array.isArray(value)
    ? value
    : typeof value === "string"
      ? value.split(/[|;,\s]+/)
      : [value];
  return items.map(text).filter((item) => item !== null);
};

const inRange = (at: number): number | null =>
  Number.isFinite(at) && at > 0 && at < 8.64e15 ? Math.round(at) : null;

/** ISO 8601 with or without a time of day; without a zone it is UTC. Salesforce writes the zone "+0000". */
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Epoch ms of an ISO date or time, or of epoch ms themselves as HubSpot writes them; null for all else: of "11/01/2026" nobody
 * can tell the day from the month.
 */
const instant = (value: unknown): number | null => {
  if (typeof value === "number") return inRange(value);
  const said = text(value);
  if (typeof said !== "string") return null;
  if (/^\d{11,14}$/.test(said)) return inRange(Number(said));
  const [, date, clock = "00:00", zone = "Z"] = ISO.exec(said) ?? [];
  if (date === undefined) return null;
  const offset = zone.length === 1 ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "") || "00"}`;
  const at = Date.parse(`${date}T${clock}${offset}`);
  // Date.parse makes the 2nd of March of the 30th of February.
  return Number.isNaN(Date.parse(date)) || !new Date(Date.parse(date)).toISOString().startsWith(date)
    ? null
    : inRange(at);
};

/** Epoch ms; text that is no time is left out rather than refused, since it only breaks ties: any that can be read will do. */
const time = (value: unknown): number | null =>
  instant(value) ?? (typeof value === "string" ? inRange(Date.parse(value)) : null);

const record = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  if (value.trim() === "") return null;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

const READ: Record<FieldType, (value: unknown) => unknown> = {
  text,
  number,
  count,
  flag,
  list,
  instant,
  time,
  record,
};

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** The first of a field's names with something in it; else null, so an empty cell clears the field. */
const firstFilled = (raw: Raw, names: readonly string[], read: (value: unknown) => unknown): unknown => {
  for (const name of names) {
    const value = read(raw[name] ?? null);
    if (!isEmpty(value)) return value;
  }
  return read(null);
};

/** Values of the names that are no field, cleaned; null and empty text clear what was kept. */
const extraOf = (raw: Raw, names: readonly string[]): [string, unknown][] =>
  names
    .filter((name) => name !== "" && name !== "__proto__")
    .map((name) => {
      const value = raw[name];
      return [
        cleanText(name, 200),
        typeof value === "string" ? cleanText(value, MAX_TEXT, { multiline: true }) || null : value,
      ];
    });

/** A size that says no number is no reason to refuse a company: it is kept by its own name, until a number comes. */
const uncounted = (kind: CrmKind, raw: Raw, naming: Naming): [string, unknown][] => {
  const names = [...naming.fields].flatMap(([name, from]) =>
    FIELDS[kind][name]?.type === "count" ? from : [],
  );
  return extraOf(raw, names).map(([name, value], at) => [
    name,
    count(raw[names[at] ?? ""] ?? null) === null ? value : null,
  ]);
};

/** `extra` holds what has no field of its own; a field that wasn't sent is absent. */
export const tidy = (kind: CrmKind, raw: Raw, naming: Naming): Record<string, unknown> => {
  const fields = FIELDS[kind];
  const known = [...naming.fields].map(
    ([name, from]) => [name, firstFilled(raw, from, READ[fields[name]?.type ?? "text"])] as const,
  );
  const tidied: Record<string, unknown> = Object.fromEntries(known);
  const given = tidied["extra"];
  if (given !== undefined && given !== null && (typeof given !== "object" || Array.isArray(given)))
    return tidied;
  const extra = [
    ...uncounted(kind, raw, naming),
    ...Object.entries(given ?? {}),
    ...extraOf(raw, naming.others),
  ];
  return { ...tidied, extra: Object.fromEntries(extra) };
};
