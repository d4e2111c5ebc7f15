/** The statements that add leads' figures to the sums: text alone, so that the bench makes its sums by the same. */
import {
  CELL_DIMENSIONS,
  INCIDENT_DIMENSIONS,
  LEAD_DIMENSIONS,
  MEASURES,
  SKETCHES,
  type IncidentDimension,
  type IncidentKind,
} from "../../schema/reports.ts";

const PERIOD = "CASE g.value WHEN 0 THEN f.day ELSE f.month END";

const VALUE = `CASE d.value WHEN 'all' THEN '' WHEN 'person_score' THEN f.person || char(9) || f.score
  ${LEAD_DIMENSIONS.map((name) => `WHEN '${name}' THEN f.${name}`).join(" ")} END`;

const jsonList = (names: readonly string[]): string => `'${JSON.stringify(names)}'`;

const BUCKET = `CASE s.value ${SKETCHES.map((name) => `WHEN '${name}' THEN f.${name}`).join(" ")} END`;

/** Sums of incidents stand among the cells, under dimensions of their own; `leads` counts them, `value` begins with the code and a tab. */
export const incidentDimension = (kind: IncidentKind, by: IncidentDimension): string => `${kind} by ${by}`;

const INCIDENT_VALUE = `f.code || char(9) || CASE d.value ${INCIDENT_DIMENSIONS.filter(
  (name) => name !== "all",
)
  .map((name) => `WHEN '${name}' THEN f.${name}`)
  .join(" ")} ELSE '' END`;

/** Months as `report_leads` counts them: year × 12 + month. */
const INCIDENT_PERIOD = `CASE g.value WHEN 0 THEN f.day ELSE
  strftime('%Y', f.day * 86400, 'unixepoch') * 12 + strftime('%m', f.day * 86400, 'unixepoch') - 1 END`;

/** Adds the figures of the leads that `which` chooses to the sums, or (`sign` -1) takes them out. */
export const sumsSql = (sign: 1 | -1, which: string): string[] => [
  `INSERT INTO report_cells (dimension, grain, period, value, ${MEASURES.join(", ")})
   SELECT d.value, g.value, ${PERIOD}, ${VALUE}, ${MEASURES.map((name) => `${sign} * sum(f.${name})`).join(", ")}
   FROM report_leads f CROSS JOIN json_each(${jsonList(CELL_DIMENSIONS)}) d CROSS JOIN json_each('[0,1]') g
   WHERE ${which} GROUP BY 1, 2, 3, 4
   ON CONFLICT DO UPDATE SET ${MEASURES.map((name) => `${name} = ${name} + excluded.${name}`).join(", ")}`,
  `INSERT INTO report_buckets (dimension, sketch, grain, period, value, bucket, n)
   SELECT d.value, s.value, g.value, ${PERIOD}, ${VALUE}, ${BUCKET} AS bucket, ${sign} * count(*)
   FROM report_leads f CROSS JOIN json_each(${jsonList(CELL_DIMENSIONS.filter((name) => name !== "person_score"))}) d
     CROSS JOIN json_each(${jsonList(SKETCHES)}) s CROSS JOIN json_each('[0,1]') g
   WHERE ${which} AND ${BUCKET} IS NOT NULL
   GROUP BY 1, 2, 3, 4, 5, 6
   ON CONFLICT DO UPDATE SET n = n + excluded.n`,
  `INSERT INTO report_cells (dimension, grain, period, value, leads)
   SELECT f.kind || ' by ' || d.value, g.value, ${INCIDENT_PERIOD}, ${INCIDENT_VALUE}, ${sign} * count(*)
   FROM report_incidents f CROSS JOIN json_each(${jsonList(INCIDENT_DIMENSIONS)}) d CROSS JOIN json_each('[0,1]') g
   WHERE ${which} GROUP BY 1, 2, 3, 4
   ON CONFLICT DO UPDATE SET leads = leads + excluded.leads`,
];
