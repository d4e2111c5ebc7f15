/** Policies of any size, as a company's grow: regions, products, sizes and named lists, in a waterfall that all of it reaches. */
import type { ConfigInput } from "../../schema/config/document.ts";

export interface PolicySize {
  readonly rules: number;
  readonly people: number;
  readonly teams: number;
}

type Condition = NonNullable<ConfigInput["suppression"]>[number]["when"];

const COUNTRIES =
  "US CA MX BR AR DE AT CH FR ES PT IT NL BE LU PL CZ SE NO DK FI GB IE AU NZ SG JP IN KR TW ZA AE SA EG NG KE IL TR GR RO".split(
    " ",
  );
const SENIORITIES = ["c_level", "vp", "director", "manager"];
const INDUSTRIES = ["Logistics", "Manufacturing", "Automotive", "Retail", "Energy", "Health", "Finance"];
const PRODUCTS = ["picker", "sorter", "lifter", "scanner", "wrapper"];
const SIZES = [50, 200, 1000, 5000];
const LANGUAGES = ["de", "fr", "es", "it", "pl", "ja", "pt"];

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Each rule asks two to four things, differently for every index. */
const conditionOf = (n: number): Condition => {
  const countries = [0, 1, 2].map((step) => at(COUNTRIES, n * 3 + step));
  const parts: Condition[] = [
    { field: "lead.country", op: "in", value: countries },
    { field: "account.employees", op: "gte", value: at(SIZES, n >> 1) },
    { field: "lead.seniority", op: "in", value: [at(SENIORITIES, n), at(SENIORITIES, n + 1)] },
    { field: "account.industry", op: "eq", value: at(INDUSTRIES, n) },
    { field: "custom.product", op: "eq", value: at(PRODUCTS, n) },
    { field: "lead.language", op: "eq", value: at(LANGUAGES, n) },
    { field: "segment", op: "eq", value: n % 2 === 0 ? "hot" : "warm" },
    { field: "page.url", op: "contains", value: `/${at(PRODUCTS, n + 1)}` },
    {
      any: [
        { field: "lead.freeMail", op: "eq", value: true },
        { field: "match.method", op: "eq", value: "none" },
      ],
    },
    { field: "account.domain", op: "in", value: [0, 1, 2, 3].map((step) => `named-${n}-${step}.example`) },
  ];
  const chosen = [at(parts, n), at(parts, n * 7 + 3), at(parts, n * 3 + 5)];
  return { all: [...new Set(n % 4 === 0 ? [...chosen, at(parts, n + 6)] : chosen)] };
};

const ZONES = ["America/New_York", "Europe/Berlin", "Asia/Singapore", "America/Los_Angeles", "Europe/London"];
const SETS = ["US", "DE", "SG", "US-CA", "GB"];

const calendarOf = (n: number): NonNullable<ConfigInput["calendars"]>[number] => {
  const day: [string, string][] = [
    [`0${8 + (n % 2)}:00`, "12:30"],
    ["13:15", `${17 + (n % 3)}:00`],
  ];
  const week = { tue: day, wed: day, thu: day };
  return {
    id: `cal${n}`,
    timezone: at(ZONES, n),
    hours: n % 2 === 0 ? { mon: day, ...week, fri: day } : { ...week, fri: day, sat: day },
    holidaySets: [at(SETS, n)],
  };
};

const peopleOf = ({ people, teams }: PolicySize): ConfigInput["people"] =>
  Array.from({ length: people }, (_, n) => ({
    id: `p${n}`,
    name: `Person ${n}`,
    email: `p${n}@acme.example`,
    role: n < teams ? ("manager" as const) : ("rep" as const),
    ...(n < teams
      ? {}
      : { manager: `p${n % teams}`, backup: `p${teams + ((n + 1) % Math.max(1, people - teams))}` }),
    capacity: 8,
    calendar: `cal${n % 12}`,
    languages: ["en", at(LANGUAGES, n)],
  }));

/** Sizes are as asked; every team has its share of the people. */
export function sizedPolicy(size: PolicySize): ConfigInput {
  const { rules, people, teams } = size;
  const reps = Array.from({ length: people - teams }, (_, n) => teams + n);
  const targets = (n: number) =>
    n % 9 === 0 ? { person: `p${teams + (n % (people - teams))}` } : { team: `team${n % teams}` };
  return {
    workspace: { name: "Acme", timezone: "America/New_York", calendar: "cal0" },
    people: peopleOf(size),
    calendars: Array.from({ length: 12 }, (_, n) => calendarOf(n)),
    teams: Array.from({ length: teams }, (_, n) => ({
      id: `team${n}`,
      name: `Team ${n}`,
      calendar: `cal${n % 12}`,
      manager: `p${n}`,
      members: reps
        .filter((id) => id % teams === n || (id + 1) % teams === n)
        .map((id) => ({ person: `p${id}` })),
      backupTeams: teams > 1 ? [`team${(n + 1) % teams}`] : [],
      followTheSun: teams > 2 ? [`team${(n + 2) % teams}`] : [],
    })),
    queues: [{ id: "qualification", name: "Qualification", steward: "p0", backupSteward: "p1" }],
    territories: Array.from({ length: 10 }, (_, n) => ({
      id: `t${n}`,
      when: { field: "lead.country", op: "in" as const, value: COUNTRIES.slice(n * 4, n * 4 + 4) },
      to: { team: `team${n % teams}` },
    })),
    sla: [{ id: "standard" }],
    scoring: {
      rules: [
        { id: "rank", when: { field: "lead.seniority", op: "in", value: ["c_level", "vp"] }, points: 30 },
        { id: "size", when: { field: "account.employees", op: "gte", value: 1000 }, points: 20 },
        {
          id: "industry",
          when: { field: "account.industry", op: "in", value: INDUSTRIES.slice(0, 3) },
          points: 10,
        },
        { id: "phone", when: { field: "lead.phone", op: "exists" }, points: 5, counts: "intent" },
        {
          id: "pricing",
          when: { field: "page.url", op: "contains", value: "/pricing" },
          points: 20,
          counts: "intent",
        },
        { id: "free", when: { field: "lead.freeMail", op: "eq", value: true }, points: -15 },
      ],
      segments: [
        { id: "hot", min: 50 },
        { id: "warm", min: 20 },
        { id: "cold", min: -100 },
      ],
    },
    routing: {
      rules: [
        ...Array.from({ length: rules - 2 }, (_, n) => ({
          id: `rule${n}`,
          when: conditionOf(n),
          to: targets(n),
          ...(n % 3 === 0 ? { backup: { team: `team${(n + 1) % teams}` } } : {}),
        })),
        {
          id: "territory",
          when: { field: "territory.id", op: "exists" as const },
          to: { territory: true as const },
          backup: { team: "team0" },
        },
        { id: "rest", when: {}, to: { team: "team0" } },
      ],
      default: ["p0", "p1"],
      defaultSla: "standard",
    },
    suppression: [
      {
        id: "customers",
        when: { field: "account.lifecycle", op: "eq", value: "customer" },
        to: { accountRole: "csm" },
        backup: { accountOwner: true },
      },
      {
        id: "open",
        when: { field: "opportunity.open", op: "eq", value: true },
        to: { opportunityOwner: true },
      },
    ],
    forms: [
      {
        key: "demo",
        name: "Demo",
        allowedOrigins: ["*"],
        fields: [{ name: "email", type: "email", label: "E-mail", required: true }],
      },
    ],
  };
}
