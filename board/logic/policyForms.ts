/** The parts of the document that have forms: their lists and their fields. Data only. */

export type Item = Record<string, unknown>;

/** Lists that a field may refer to, by the ids in them. */
export type Reference = "people" | "teams" | "calendars" | "sla" | "queues" | "territories" | "notifications";

export type Kind =
  | "text"
  | "email"
  | "whole"
  | "number"
  | "role"
  | "choice"
  | "ids"
  | "words"
  | "duration"
  | "condition"
  | "target"
  | "backup"
  | "members"
  | "hours"
  | "dates"
  | "overrides"
  | "requires"
  | "mode"
  | "flag"
  | "formFields";

type Referring = "choice" | "ids";
export type SpecOf<K extends Kind> = K extends Kind
  ? {
      kind: K;
      name: string;
      label: string;
      help?: string;
      optional?: boolean;
    } & (K extends Referring ? { from: Reference } : { from?: never })
  : never;
export type FieldSpec = SpecOf<Kind>;

export interface SectionSpec {
  key:
    "rules" | "suppression" | "territories" | "teams" | "people" | "sla" | "calendars" | "queues" | "forms";
  /** What its items are known by, where that isn't `id`. */
  idName?: "key";
  /** Where its list stands in the document. */
  path: readonly string[];
  label: string;
  one: string;
  /** First match wins: items can be moved. */
  ordered: boolean;
  fields: readonly FieldSpec[];
  /** What a new item begins with. */
  fresh: Item;
  help: string;
}

const name = (optional = true): FieldSpec => ({ name: "name", label: "Name", kind: "text", optional });
const when: FieldSpec = { name: "when", label: "When", kind: "condition" };
const to: FieldSpec = { name: "to", label: "To", kind: "target" };
const backup: FieldSpec = { name: "backup", label: "Backup", kind: "backup", optional: true };
const calendar: FieldSpec = {
  name: "calendar",
  label: "Calendar",
  kind: "choice",
  from: "calendars",
  optional: true,
};
const sla: FieldSpec = {
  name: "sla",
  label: "SLA policy",
  kind: "choice",
  from: "sla",
  optional: true,
  help: "None: the SLA rules choose, else the default.",
};
const duration = (field: string, label: string, optional = true): FieldSpec => ({
  name: field,
  label,
  kind: "duration",
  optional,
});

export const SECTIONS: readonly SectionSpec[] = [
  {
    key: "rules",
    path: ["routing", "rules"],
    label: "Rules",
    one: "rule",
    ordered: true,
    help: "Asked in order; the first that holds takes the lead.",
    fields: [
      name(),
      when,
      to,
      backup,
      sla,
      {
        name: "mode",
        label: "Mode",
        kind: "mode",
        help: "Observing writes into the trace what it would have done, and goes on.",
      },
      {
        name: "priority",
        label: "Priority",
        kind: "whole",
        optional: true,
        help: "0 to 100; decides who is first at an opening.",
      },
      { name: "tags", label: "Tags", kind: "words", optional: true },
      { name: "requires", label: "Needs", kind: "requires", optional: true },
    ],
    fresh: { when: {}, to: { team: "" } },
  },
  {
    key: "suppression",
    path: ["suppression"],
    label: "Suppression",
    one: "suppression",
    ordered: true,
    help: "Asked before any rule: customers, open opportunities, whom not to contact.",
    fields: [name(), when, to, backup, sla],
    fresh: { when: {}, to: { accountRole: "csm" } },
  },
  {
    key: "territories",
    path: ["territories"],
    label: "Territories",
    one: "territory",
    ordered: true,
    help: "The first that holds is the lead’s territory; rules may send to it.",
    fields: [name(), when, to],
    fresh: { when: { field: "lead.country", op: "in", value: [] }, to: { team: "" } },
  },
  {
    key: "teams",
    path: ["teams"],
    label: "Teams",
    one: "team",
    ordered: false,
    help: "People who take leads in turn.",
    fields: [
      name(false),
      calendar,
      { name: "manager", label: "Manager", kind: "choice", from: "people", optional: true },
      { name: "members", label: "Members", kind: "members" },
      { name: "backupTeams", label: "Backup teams", kind: "ids", from: "teams", optional: true },
      { name: "followTheSun", label: "Follows the sun with", kind: "ids", from: "teams", optional: true },
      {
        name: "newBusiness",
        label: "Takes new business only",
        kind: "flag",
        help: "Customers and open opportunities never enter it.",
      },
    ],
    fresh: { name: "", members: [] },
  },
  {
    key: "people",
    path: ["people"],
    label: "People",
    one: "person",
    ordered: false,
    help: "Who they are and what they can hold. Being away is not written here but on the page People.",
    fields: [
      name(false),
      { name: "email", label: "E-mail", kind: "email" },
      { name: "role", label: "Role", kind: "role" },
      {
        name: "capacity",
        label: "Capacity",
        kind: "whole",
        optional: true,
        help: "Most leads awaiting first touch; empty: no limit.",
      },
      {
        name: "activeLeads",
        label: "Active leads",
        kind: "whole",
        optional: true,
        help: "Most open leads; empty: no limit.",
      },
      calendar,
      { name: "manager", label: "Manager", kind: "choice", from: "people", optional: true },
      { name: "backup", label: "Backup", kind: "choice", from: "people", optional: true },
      {
        name: "nudge",
        label: "Nudge by",
        kind: "choice",
        from: "notifications",
        optional: true,
        help: "A notification that reaches them beside mail: warnings and reminders go there too.",
      },
      { name: "skills", label: "Skills", kind: "words", optional: true },
      {
        name: "languages",
        label: "Languages",
        kind: "words",
        optional: true,
        help: "By code: en, de, pt-BR.",
      },
    ],
    fresh: { name: "", email: "", role: "rep" },
  },
  {
    key: "sla",
    path: ["sla"],
    label: "SLA policies",
    one: "SLA policy",
    ordered: false,
    help: "Targets in coverage time: 10m, 4h, 2d.",
    fields: [
      duration("firstTouch", "First touch"),
      {
        name: "warnAt",
        label: "Warn at",
        kind: "number",
        optional: true,
        help: "Share of the target, such as 0.7.",
      },
      duration("secondTouch", "Second touch"),
      duration("noReply", "No reply"),
      duration("acceptWithin", "Accept within"),
      duration("takeoverTouch", "First touch after takeover"),
      duration("untouchedTask", "Untouched task"),
      duration("assign", "Assign"),
      { name: "maxReassignments", label: "Most reassignments", kind: "whole", optional: true },
    ],
    fresh: { firstTouch: "PT10M" },
  },
  {
    key: "calendars",
    path: ["calendars"],
    label: "Calendars",
    one: "calendar",
    ordered: false,
    help: "Hours in wall time of a zone, with the holidays that close them.",
    fields: [
      name(),
      { name: "timezone", label: "Time zone", kind: "text", help: "An IANA name such as Europe/Berlin." },
      { name: "hours", label: "Hours", kind: "hours" },
      {
        name: "holidaySets",
        label: "Country holidays",
        kind: "words",
        optional: true,
        help: "Such as US, DE-BY.",
      },
      {
        name: "holidays",
        label: "Other holidays",
        kind: "dates",
        optional: true,
        help: "Dates such as 2026-12-24.",
      },
      {
        name: "overrides",
        label: "Dates with hours of their own",
        kind: "overrides",
        optional: true,
        help: "A line each: 2026-12-24 9–12, or 2026-12-24 closed.",
      },
    ],
    fresh: { timezone: "UTC", hours: {} },
  },
  {
    key: "queues",
    path: ["queues"],
    label: "Queues",
    one: "queue",
    ordered: false,
    help: "Named lists with a human steward and a target of their own.",
    fields: [
      name(false),
      { name: "steward", label: "Steward", kind: "choice", from: "people" },
      { name: "backupSteward", label: "Backup steward", kind: "choice", from: "people", optional: true },
      {
        name: "alert",
        label: "Alert person",
        kind: "choice",
        from: "people",
        optional: true,
        help: "Hears too when a lead waits too long, or no steward is there; none: the end of the default chain.",
      },
      calendar,
      duration("target", "Target"),
    ],
    fresh: { name: "", steward: "" },
  },
  {
    key: "forms",
    idName: "key",
    path: ["forms"],
    label: "Forms",
    one: "form",
    ordered: false,
    help: "What visitors fill in, where it may stand, and what it asks. A site names a form by its key.",
    fields: [
      name(false),
      {
        name: "allowedOrigins",
        label: "Sites that may embed it",
        kind: "words",
        optional: true,
        help: "Such as https://acme.example; * allows any. This product’s own pages always may.",
      },
      { name: "fields", label: "Fields", kind: "formFields" },
      { name: "title", label: "Heading", kind: "text", optional: true },
      { name: "description", label: "Text below it", kind: "text", optional: true },
      { name: "submitLabel", label: "Words on the button", kind: "text", optional: true },
      {
        name: "thankYouUrl",
        label: "Thank-you page",
        kind: "text",
        optional: true,
        help: "Where a visitor without scripts is led; empty: the built-in page.",
      },
    ],
    fresh: { name: "", fields: [{ name: "email", type: "email", label: "Work e-mail", required: true }] },
  },
];

/** By what traces, reports or sites name an item. */
export const idNameOf = ({ idName }: Pick<SectionSpec, "idName">): "id" | "key" => idName ?? "id";

export type SectionKey = SectionSpec["key"];

export const sectionOf = (key: string | null): SectionSpec =>
  SECTIONS.find((section) => section.key === key) ?? SECTIONS[0]!;
