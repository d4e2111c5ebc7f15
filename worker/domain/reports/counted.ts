/** What a figure counts, as the reports write it into a link: `missed~2026-11-01~2026-11-30~person=ben`. Pure. */
import { INCIDENT_KINDS, MEASURES, type IncidentKind, type Measure } from "../../../schema/reports.ts";
import { epochDay } from "../calendar/local.ts";

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
