/** What a figure counts, as the reports write it into a link: `missed~2026-11-01~2026-11-30~person=ben`. Pure. */
import {
  INCIDENT_KINDS,
  MEASURES,
  NET_COUNTS,
  WAITING,
  type IncidentKind,
  type Measure,
  type NetCount,
} from "../../../schema/reports.ts";
import { addDays, dateOfDay, epochDay, startOfDate } from "../calendar/local.ts";

export interface Counted {
  of:
    | { kind: "leads"; measure: Measure }
    | { kind: "incidents"; incident: IncidentKind }
    | { kind: "nets"; count: NetCount }
    | { kind: "waiting" };
  /** Days since 1970-01-01, both included. */
  from: number;
  to: number;
  /** The same in epoch ms, the end not included. */
  since: number;
  until: number;
  /** Column and value; columns are those that the wire's pattern allows. */
  where: [string, string][];
}

const subject = (name: string): Counted["of"] => {
  const incident = INCIDENT_KINDS.find((kind) => name === `incident.${kind}`);
  if (incident) return { kind: "incidents", incident };
  const count = NET_COUNTS.find((each) => name === `net.${each}`);
  if (count) return { kind: "nets", count };
  if (name === WAITING) return { kind: "waiting" };
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

/**
 * The text fits the wire's pattern (schema/wire/reports.ts); a measure that doesn't exist counts all leads. Days are those of
 * `timezone`, the workspace's.
 */
export const parseCounted = (text: string, timezone: string): Counted => {
  const [name = "", first = "", last = "", ...pairs] = text.split("~");
  const [from, to] = [epochDay(first) ?? 0, epochDay(last) ?? 0];
  return {
    of: subject(name),
    from,
    to,
    since: startOfDate(dateOfDay(from), timezone),
    until: startOfDate(addDays(dateOfDay(to), 1), timezone),
    where: pairs.map((pair) => {
      const cut = pair.indexOf("=");
      return [pair.slice(0, cut), decoded(pair.slice(cut + 1))];
    }),
  };
};
