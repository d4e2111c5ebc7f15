/** Small random policies, for the oracle: few fields each, so that every lead can be enumerated. */
import fc from "fast-check";
import { dimensionsOf, sizeOf } from "./worlds.ts";

type Json = Record<string, unknown>;

const part = fc.stringMatching(/^[ab]{1,2}$/);

const compare = (field: string, op: string, value?: unknown): Json => ({
  field,
  op,
  ...(value === undefined ? {} : { value }),
});

const oneOf = (field: string, values: readonly unknown[]): fc.Arbitrary<Json> =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom("eq", "ne"), fc.constantFrom(...values))
      .map(([op, value]) => compare(field, op, value)),
    fc
      .tuple(fc.constantFrom("in", "nin"), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }))
      .map(([op, value]) => compare(field, op, value)),
  );

const exists = (field: string): fc.Arbitrary<Json> =>
  fc.boolean().map((value) => compare(field, "exists", value));

const ordered = (field: string, values: readonly unknown[]): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.constantFrom("gt", "gte", "lt", "lte", "eq"), fc.constantFrom(...values))
    .map(([op, value]) => compare(field, op, value));

const glob = fc
  .array(fc.constantFrom("a", "b", "*", "?"), { minLength: 1, maxLength: 3 })
  .map((list) => list.join(""));

const COMPARISONS: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  "lead.country": fc.oneof(oneOf("lead.country", ["DE", "FR"]), exists("lead.country")),
  "lead.seniority": oneOf("lead.seniority", ["vp"]),
  "lead.message": fc.oneof(
    fc
      .tuple(fc.constantFrom("contains", "startsWith", "endsWith", "eq", "ne"), part)
      .map(([op, value]) => compare("lead.message", op, value)),
    glob.map((value) => compare("lead.message", "glob", value)),
    exists("lead.message"),
  ),
  "lead.freeMail": oneOf("lead.freeMail", [true, false]),
  "lead.emailDomain": fc.oneof(
    oneOf("lead.emailDomain", ["gmail.com", "acme.example", "mail.acme.example"]),
    exists("lead.emailDomain"),
  ),
  "lead.corporateDomain": fc.oneof(
    oneOf("lead.corporateDomain", ["acme.example"]),
    exists("lead.corporateDomain"),
  ),
  "match.method": oneOf("match.method", ["none", "contact"]),
  "contact.doNotContact": oneOf("contact.doNotContact", [true, false]),
  "account.lifecycle": fc.oneof(
    oneOf("account.lifecycle", ["customer", "prospect"]),
    exists("account.lifecycle"),
  ),
  "account.owner": exists("account.owner"),
  "account.employees": ordered("account.employees", [5, 10]),
  "opportunity.open": oneOf("opportunity.open", [true, false]),
  "custom.plan": fc.oneof(oneOf("custom.plan", ["pro", "team"]), exists("custom.plan")),
  "form.key": oneOf("form.key", ["demo", "contact", "source:import"]),
  "time.weekday": oneOf("time.weekday", ["mon", "sat", "sun"]),
  "time.hour": ordered("time.hour", [9, 17]),
  score: ordered("score", [-5, 0, 10, 15, 25]),
  fit: ordered("fit", [0, 10]),
  intent: ordered("intent", [0, 5]),
  segment: fc.oneof(oneOf("segment", ["hot", "warm"]), exists("segment")),
  "territory.id": fc.oneof(oneOf("territory.id", ["one", "two"]), exists("territory.id")),
};

const BASE = Object.keys(COMPARISONS).filter((field) => !/^(score|fit|intent|segment|territory)/.test(field));
const SCORED = ["score", "fit", "intent", "segment"];

const conditionOver = (fields: readonly string[]): fc.Arbitrary<Json> => {
  const leaf = fc.oneof(
    {
      arbitrary: fc.constantFrom(...fields).chain((field) => COMPARISONS[field] ?? fc.constant({})),
      weight: 12,
    },
    { arbitrary: fc.constant<Json>({}), weight: 1 },
  );
  return fc.oneof(
    { arbitrary: leaf, weight: 4 },
    { arbitrary: fc.array(leaf, { maxLength: 3 }).map((all) => ({ all })), weight: 3 },
    { arbitrary: fc.array(leaf, { maxLength: 3 }).map((any) => ({ any })), weight: 2 },
    { arbitrary: leaf.map((not) => ({ not })), weight: 1 },
    {
      arbitrary: fc.tuple(leaf, leaf, leaf).map(([a, b, c]) => ({ any: [{ all: [a, b] }, { not: c }] })),
      weight: 1,
    },
  );
};

const MOST_LEADS = 800;

const fieldsOf = fc
  .uniqueArray(fc.constantFrom(...BASE), { minLength: 1, maxLength: 4 })
  .filter((fields) => sizeOf(dimensionsOf(fields)) <= MOST_LEADS);

const target = fc.constantFrom<Json>(
  { team: "smb" },
  { team: "night" },
  { person: "ben" },
  { person: "cleo" },
  { queue: "qualification" },
  { queue: "junk" },
  { accountOwner: true },
  { territory: true },
);

const named = <T>(prefix: string, list: readonly T[]): (T & { id: string })[] =>
  list.map((item, at) => ({ ...item, id: `${prefix}${at}` }));

export interface SmallPolicy {
  fields: string[];
  parts: {
    scoring: Json;
    territories: Json[];
    slaRules: Json[];
    suppression: Json[];
    rules: Json[];
  };
}

export const smallPolicy: fc.Arbitrary<SmallPolicy> = fieldsOf.chain((fields) => {
  const base = conditionOver(fields);
  const scored = conditionOver([...fields, ...SCORED]);
  const full = conditionOver([...fields, ...SCORED, "territory.id"]);
  const points = fc.constantFrom(-10, -5, 0, 5, 10, 15, 0.1, 0.2);
  return fc
    .record({
      scoring: fc.array(fc.record({ when: base, points, counts: fc.constantFrom("fit", "intent") }), {
        maxLength: 4,
      }),
      segments: fc.constantFrom(
        [],
        [
          { id: "hot", min: 15 },
          { id: "warm", min: 0 },
        ],
        [
          { id: "warm", min: 5 },
          { id: "hot", min: 25 },
        ],
      ),
      territories: fc.array(
        fc.record({
          when: scored,
          to: fc.constantFrom<Json>({ person: "ben" }, { team: "smb" }, { queue: "junk" }),
        }),
        { maxLength: 3 },
      ),
      slaRules: fc.array(
        full.map((when) => ({ when, sla: "standard" })),
        { maxLength: 3 },
      ),
      suppression: fc.array(fc.record({ when: full, to: target }), { maxLength: 2 }),
      rules: fc.array(
        fc.record({
          when: full,
          to: target,
          backup: fc.option(target),
          mode: fc.constantFrom("enforce", "enforce", "enforce", "observe"),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    })
    .map(({ scoring, segments, territories, slaRules, suppression, rules }) => ({
      fields,
      parts: {
        scoring: { rules: named("points", scoring), segments },
        territories: territories.map((territory, at) => ({
          ...territory,
          id: ["one", "two", "three"][at] ?? "",
        })),
        slaRules,
        suppression: named("sup", suppression),
        rules: named("rule", rules),
      },
    }));
});

const day = [["09:00", "17:00"]];
const week = { mon: day, tue: day, wed: day, thu: day, fri: day };

/** A whole document around the parts that vary. */
export const documentOf = ({ parts }: SmallPolicy): Json => ({
  workspace: { name: "Acme", timezone: "UTC", calendar: "us" },
  people: [
    { id: "ana", name: "Ana", email: "ana@acme.example", role: "manager" },
    { id: "ben", name: "Ben", email: "ben@acme.example", manager: "ana", backup: "cleo", capacity: 2 },
    { id: "cleo", name: "Cleo", email: "cleo@acme.example", calendar: "late", capacity: 1 },
  ],
  calendars: [
    { id: "us", timezone: "America/New_York", hours: week, holidays: ["2026-11-26"] },
    { id: "late", timezone: "UTC", hours: { mon: [["22:00", "02:00"]], sat: day } },
  ],
  teams: [
    {
      id: "smb",
      name: "SMB",
      calendar: "us",
      manager: "ana",
      members: [{ person: "ben" }, { person: "cleo" }],
      backupTeams: ["night"],
    },
    {
      id: "night",
      name: "Night",
      calendar: "late",
      members: [{ person: "cleo" }],
      followTheSun: ["smb"],
      newBusiness: false,
    },
  ],
  queues: [
    { id: "qualification", name: "Qualification", steward: "ana" },
    { id: "junk", name: "Junk", steward: "ben", backupSteward: "ana" },
  ],
  territories: parts.territories,
  sla: [{ id: "standard" }],
  slaRules: parts.slaRules,
  scoring: parts.scoring,
  routing: { rules: parts.rules, default: ["cleo", "ana"], defaultSla: "standard" },
  suppression: parts.suppression,
  forms: ["demo", "contact"].map((key) => ({
    key,
    name: key,
    fields: [{ name: "email", type: "email", label: "E-mail" }],
  })),
});
