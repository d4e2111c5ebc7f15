/**
 * What reports are made of: the sums that roll-ups keep, the ways to group them, and the kinds of incident. Shared by tables,
 * domain and wire; what each means: docs/reports.md.
 */

/** Each is added up over leads; `…_ms` are sums of durations, to be divided by their count. */
export const MEASURES = [
  "leads",
  "complete",
  "mql",
  "sal",
  "sql",
  "opportunity",
  "assigned",
  "assign_ms",
  "queued",
  "accepted",
  "accept_ms",
  "touched",
  "speed_ms",
  "coverage_ms",
  "covered",
  "contacted",
  "replied",
  "met",
  "missed",
  "own_due",
  "own_met",
  "attempts",
  "fallbacks",
  "promised",
  "kept",
  "late",
  "late_ms",
  "withdrawn",
  "closed",
  "qualified",
  "rejected",
  "recycled",
  "recycle_ms",
  "uncoded",
  "pipelines",
  "pipelines_apart",
  "pipeline_amount",
] as const;
export type Measure = (typeof MEASURES)[number];
export type Measures = Record<Measure, number>;

/** Columns by which leads are grouped and filtered. */
export const LEAD_DIMENSIONS = ["person", "team", "source", "segment", "form", "hour", "response"] as const;
export type LeadDimension = (typeof LEAD_DIMENSIONS)[number];

/** The cells kept: everything together, each dimension, and a person's leads by their value. */
export const CELL_DIMENSIONS = ["all", ...LEAD_DIMENSIONS, "person_score"] as const;

/** Durations whose distribution is kept, in buckets (worker/domain/reports/sketch.ts). */
export const SKETCHES = ["speed", "coverage", "recycle"] as const;
export type SketchName = (typeof SKETCHES)[number];

/** Columns of incidents by which their sums are kept, each together with the code; `all` is the code alone. */
export const INCIDENT_DIMENSIONS = ["all", "person", "team", "source", "segment", "form"] as const;
export type IncidentDimension = (typeof INCIDENT_DIMENSIONS)[number];

export const INCIDENT_KINDS = [
  "missed",
  "unaccepted",
  "queueAge",
  "stageAge",
  "fallback",
  "closed",
  "recycled",
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Counts leads too, but of this moment: those that wait for a first touch, by who has them now. */
export const WAITING = "waiting";

/** Whose a missed first touch was: the owner's, or that of their absence, of our lateness, of our delivery. */
export const ATTRIBUTIONS = ["person", "coverage", "system", "delivery"] as const;
export type Attribution = (typeof ATTRIBUTIONS)[number];

/** Time from capture to first touch, in steps people speak of; the upper bound in ms, exclusive. */
export const RESPONSE_STEPS = [
  { id: "1m", label: "Under 1 minute", below: 60_000 },
  { id: "5m", label: "1 to 5 minutes", below: 300_000 },
  { id: "10m", label: "5 to 10 minutes", below: 600_000 },
  { id: "30m", label: "10 to 30 minutes", below: 1_800_000 },
  { id: "1h", label: "30 to 60 minutes", below: 3_600_000 },
  { id: "4h", label: "1 to 4 hours", below: 14_400_000 },
  { id: "24h", label: "4 to 24 hours", below: 86_400_000 },
  { id: "later", label: "After a day", below: Number.POSITIVE_INFINITY },
  { id: "none", label: "Not yet touched", below: Number.NaN },
] as const;
export type ResponseStep = (typeof RESPONSE_STEPS)[number]["id"];

/**
 * What safety nets look for, under one name everywhere. The board counts at the moment it is asked; digest and reports tell what
 * the watch over the nets noted, at most some minutes ago.
 */
export const NET_LABELS = {
  unrouted: "Unowned or in a queue for more than 60 minutes",
  untouched: "First touch overdue",
  idle: "No activity for more than 24 hours",
  clockless: "Without a clock",
  aged: "Assigned and untouched for 7 days",
  quarantined: "Quarantined",
  uncoded: "Recycled without a code",
  undelivered: "Messages given up on",
} as const;
export type NetName = keyof typeof NET_LABELS;

/** What is counted of a net's catches: those held now, and those caught or let go in a period. */
export const NET_COUNTS = ["held", "caught", "released"] as const;
export type NetCount = (typeof NET_COUNTS)[number];
