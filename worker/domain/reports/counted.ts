/** What a figure counts, as the reports write it into a link: `missed~2026-11-01~2026-11-30~person=ben`. Pure. */
import { INCIDENT_KINDS, MEASURES, type IncidentKind, type Measure } from "../../../schema/reports.ts";
import { dateOfDay, epochDay } from "../calendar/local.ts";

export interface Counted {
  of: { kind: "leads"; measure: Measure } | { kind: "incidents"; incident: IncidentKind };
  from: number;
  to: number;
  /** Column and value; columns are those that the wire's pattern allows. */
  where: [string, string][];
}

const subject = (name: string): Counted["of"] => {
  const incident = INCIDENT_KINDS.find((kind) => name === `incident.${kind}`);
  if (incident) return { kind: "incidents", incident };
  return { kind: "leads", measure: MEASURES.find((measure) => measure === name) ?? "leads" };
};

/** The separator of the parts is one of the few signs that `encodeURIComponent` leaves. */
const encoded = (value: string): string => encodeURIComponent(value).replaceAll("~", "%7E");

/** A row's part of the link: days, the last one included, and columns with their values. */
export const toCounted = (days: { from: number; to: number }, where: readonly [string, string][]): string =>
  [
    "",
    dateOfDay(days.from),
    dateOfDay(days.to),
    ...where.map(([name, value]) => `${name}=${encoded(value)}`),
  ].join("~");

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The text fits the wire's pattern (schema/wire/reports.ts); a measure that doesn't exist counts all leads. */
export const parseCounted = (text: string): Counted => {
  const [name = "", from = "", to = "", ...pairs] = text.split("~");
  return {
    of: subject(name),
    from: epochDay(from) ?? 0,
    to: epochDay(to) ?? 0,
    where: pairs.map((pair) => {
      const cut = pair.indexOf("=");
      return [pair.slice(0, cut), decoded(pair.slice(cut + 1))];
    }),
  };
};
