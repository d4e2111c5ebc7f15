/** Small documents and situations for routing tests. */
import { configDocument, type ConfigInput } from "../../../schema/config/document.ts";
import { compileConfig, type Compiled } from "../../../worker/domain/config/compiled.ts";
import { assembleFacts, type AccountFacts, type KnownAbout } from "../../../worker/domain/routing/facts.ts";
import { NO_STATE, type People, type PersonState } from "../../../worker/domain/routing/people.ts";
import { planRoute, type PlanInput } from "../../../worker/domain/routing/plan.ts";
import type { Plan } from "../../../worker/domain/routing/plan-types.ts";

/** A Monday, 12:00 UTC. */
export const NOON = Date.parse("2026-11-23T12:00:00.000Z");
export const NIGHT = Date.parse("2026-11-23T22:00:00.000Z");

const weekdays = ["mon", "tue", "wed", "thu", "fri"] as const;
const everyDay = [...weekdays, "sat", "sun"] as const;

export const OFFICE = {
  id: "office",
  timezone: "UTC",
  hours: Object.fromEntries(weekdays.map((day) => [day, [["09:00", "17:00"]]])),
} as NonNullable<ConfigInput["calendars"]>[number];
export const ALWAYS = {
  id: "always",
  timezone: "UTC",
  hours: Object.fromEntries(everyDay.map((day) => [day, [["00:00", "24:00"]]])),
} as NonNullable<ConfigInput["calendars"]>[number];

type PersonInput = ConfigInput["people"][number];
export const person = (id: string, more: Partial<PersonInput> = {}): PersonInput => ({
  id,
  name: id,
  email: `${id}@acme.example`,
  ...more,
});

/** ana manages; ben and cleo are the team; dora is the last resort, awake at all hours. */
export const base = (more: Partial<ConfigInput> = {}): ConfigInput => ({
  workspace: { name: "Acme", timezone: "UTC", calendar: "office" },
  people: [
    person("ana", { role: "manager" }),
    person("ben", { manager: "ana", backup: "cleo", externalIds: { crm: "005B" } }),
    person("cleo", { manager: "ana" }),
    person("dora", { role: "manager", calendar: "always" }),
  ],
  calendars: [OFFICE, ALWAYS],
  teams: [
    {
      id: "smb",
      name: "SMB",
      calendar: "office",
      manager: "ana",
      members: [{ person: "ben" }, { person: "cleo" }],
    },
  ],
  queues: [{ id: "qualification", name: "Qualification", steward: "ana" }],
  sla: [{ id: "standard", firstTouchByChannel: { call: "PT5M" } }],
  routing: { rules: [{ id: "rest", to: { team: "smb" } }], default: ["dora"], defaultSla: "standard" },
  ...more,
});

export const compile = (input: ConfigInput): Compiled => compileConfig(configDocument.parse(input), 1);

export const peopleWith = (
  states: Record<string, Partial<PersonState>> = {},
  timeOff: People["timeOff"] = new Map(),
): People => ({
  states: new Map(Object.entries(states).map(([id, state]) => [id, { ...NO_STATE, ...state }])),
  timeOff,
});

export const account = (more: Partial<AccountFacts> = {}): AccountFacts => ({
  id: "a1",
  name: "Foo",
  domain: "foo.example",
  parentId: null,
  owner: null,
  roles: {},
  country: null,
  city: null,
  industry: null,
  employees: null,
  lifecycle: null,
  extra: {},
  ...more,
});

/** Somebody of whom nothing is known but what they wrote. */
export const STRANGER: KnownAbout = {
  lead: { email: "x@foo.example", country: "DE" },
  contact: null,
  match: { method: "none", confidence: 0, accountId: null },
  account: null,
  opportunity: null,
  page: {},
  attribution: {},
  custom: {},
  formKey: "demo",
  source: null,
};

export interface Asked {
  config?: ConfigInput;
  people?: People;
  known?: Partial<KnownAbout> | undefined;
  now?: number;
  input?: Partial<PlanInput>;
}

export const planFor = ({
  config = base(),
  people = peopleWith(),
  known = {},
  now = NOON,
  input = {},
}: Asked = {}): Plan => {
  const compiled = compile(config);
  const scored = assembleFacts(compiled, { ...STRANGER, ...known }, now);
  return planRoute({
    compiled,
    people,
    scored,
    relationship: null,
    now,
    visitorTimezone: "UTC",
    hasPhone: false,
    event: "lead.assigned",
    cause: "capture",
    effects: [],
    ...input,
  });
};

/** Who may take it, tier by tier: "ben|cleo, ana". Queues are written "queue:id". */
export const tiers = (plan: Plan): string => {
  const byTier = new Map<number, string[]>();
  for (const item of plan.candidates)
    byTier.set(item.tier, [...(byTier.get(item.tier) ?? []), item.person ?? `queue:${item.queue ?? ""}`]);
  return [...byTier.values()].map((names) => names.join("|")).join(", ");
};
