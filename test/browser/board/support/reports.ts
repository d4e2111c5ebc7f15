/** A report of each kind, with enough in it to look at. */
import {
  report as reportSchema,
  type Report,
  type ReportColumn,
  type ReportName,
  type ReportRow,
} from "../../../../schema/wire/reports.ts";
import { NET_LABELS } from "../../../../schema/reports.ts";

const column = (
  key: string,
  label: string,
  kind: ReportColumn["kind"],
  measure: string | null = null,
): ReportColumn => ({ key, label, kind, measure });

const PERIOD = "~2026-10-24~2026-11-22";

const row = (key: string, label: string, values: ReportRow["values"], leadId?: string): ReportRow => ({
  key,
  label,
  values,
  counted: leadId === undefined ? `${PERIOD}~person=${key}` : null,
  ...(leadId === undefined ? {} : { leadId }),
});

const SPEED = [
  column("leads", "Leads", "count", "leads"),
  column("touchedShare", "Touched, share", "share"),
  column("medianSeconds", "Median", "seconds"),
  column("p90Seconds", "90th percentile", "seconds"),
  column("missed", "Leads missed", "count", "missed"),
  column("compliance", "In time, share", "share"),
];

const PEOPLE = [
  row("ben", "Ben Okafor", {
    leads: 120,
    touchedShare: 0.97,
    medianSeconds: 248,
    p90Seconds: 1260,
    missed: 6,
    compliance: 0.95,
  }),
  row("cleo", "Cleo Martinez-Vandenberghe", {
    leads: 84,
    touchedShare: 0.9,
    medianSeconds: 512,
    p90Seconds: 9400,
    missed: 15,
    compliance: 0.82,
  }),
  row("", "Nobody", {
    leads: 3,
    touchedShare: 0,
    medianSeconds: null,
    p90Seconds: null,
    missed: 0,
    compliance: null,
  }),
];

const DAYS = Array.from({ length: 30 }, (_, nth) => {
  const date = new Date(Date.UTC(2026, 9, 24 + nth)).toISOString().slice(0, 10);
  return row(date, date, {
    leads: 5 + (nth % 4),
    touchedShare: 0.9,
    medianSeconds: nth % 7 === 1 ? null : 200 + 40 * (nth % 9),
    p90Seconds: 1000,
    missed: nth % 3,
    compliance: 0.8 + 0.02 * (nth % 10),
  });
});

const base = (name: ReportName): Report => ({
  name,
  title: name,
  period: { from: "2026-10-24", to: "2026-11-22", timezone: "UTC" },
  group: "person",
  filters: {},
  asOf: "2026-11-22T12:00:00.000Z",
  complete: true,
  columns: SPEED,
  rows: PEOPLE,
  totals: {
    leads: 207,
    touchedShare: 0.94,
    medianSeconds: 310,
    p90Seconds: 4100,
    missed: 21,
    compliance: 0.9,
  },
  series: { id: "day", title: "By day", columns: SPEED, rows: DAYS },
  sections: [
    {
      id: "latest",
      title: "The latest",
      columns: [
        column("at", "When", "time"),
        column("code", "Attributed to", "text"),
        column("seconds", "Late by", "seconds"),
      ],
      rows: [
        row(
          "L-late.0",
          "Ben Okafor",
          { at: "2026-11-22T09:12:00.000Z", code: "person", seconds: 431 },
          "L-late",
        ),
      ],
    },
  ],
  commitments: [
    { id: "compliance", label: "First touch in time", kind: "share", target: 0.95, actual: 0.9, met: false },
  ],
  baseline: {
    id: "bl",
    takenAt: "2026-10-01T08:00:00.000Z",
    takenBy: "person:ana",
    from: "2026-09-01",
    to: "2026-09-30",
    note: null,
    totals: { medianSeconds: 905, compliance: 0.71 },
  },
  notes: ["Medians are at most 1 % off. All else is exact."],
});

const scorecard = (): Partial<Report> => ({
  group: null,
  columns: [
    column("side", "Owed by", "text"),
    column("value", "Figure", "number"),
    column("unit", "Unit", "text"),
    column("target", "Commitment", "number"),
    column("met", "Met", "flag"),
  ],
  rows: [
    row("compliance", "In time, share", {
      side: "sales",
      value: 0.9,
      unit: "share",
      target: 0.95,
      met: false,
    }),
    row("leads", "Leads", { side: "marketing", value: 207, unit: "count", target: null, met: null }),
  ],
});

const nets = (): Partial<Report> => ({
  group: null,
  columns: [
    column("held", "Held now", "count", "net.held"),
    column("caught", "Caught", "count", "net.caught"),
    column("since", "Longest held since", "time"),
  ],
  rows: Object.entries(NET_LABELS).map(([net, label], nth) => ({
    ...row(net, label, { held: nth % 3, caught: nth, since: nth % 3 ? "2026-11-20T10:00:00.000Z" : null }),
    counted: net === "undelivered" ? null : `${PERIOD}~net=${net}`,
  })),
  totals: { held: 8, caught: 28 },
  series: null,
  sections: [],
});

const empty = (): Partial<Report> => ({
  rows: [],
  totals: { leads: 0 },
  series: null,
  sections: [],
  commitments: [],
  baseline: null,
});

/** `nothing`: a workspace in which nothing has happened. */
export const makeReport = (name: string, nothing: boolean): Report => {
  const made = base(name as ReportName);
  const own = name === "scorecard" ? scorecard() : name === "safety-nets" ? nets() : {};
  return reportSchema.parse({ ...made, ...own, ...(nothing ? empty() : {}) });
};
