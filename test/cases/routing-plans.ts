/** Who may take a lead, tier by tier, for each situation of the policy (docs/routing.md). */
import type { ConfigInput } from "../../schema/config/document.ts";
import { account, base, NIGHT, NOON, peopleWith, person, type Asked } from "../domain/routing/support.ts";

export const withRouting = (
  rules: ConfigInput["routing"]["rules"],
  more: Partial<ConfigInput> = {},
): ConfigInput => base({ routing: { rules, default: ["dora"], defaultSla: "standard" }, ...more });

export const owned = withRouting([
  {
    id: "owned",
    when: { field: "account.owner", op: "exists" },
    to: { accountOwner: true },
    backup: { team: "smb" },
  },
]);
export const matched = (owner: string): Asked["known"] => ({
  account: account({ owner }),
  match: { method: "domain", confidence: 1, accountId: "a1" },
});
const capped = base({
  people: [
    person("ana", { role: "manager" }),
    person("ben", { capacity: 1 }),
    person("cleo", { capacity: 1 }),
    person("dora", { calendar: "always" }),
  ],
});

export const CASES: { name: string; asked: Asked; expect: string; rule?: string | null }[] = [
  { name: "an open team's rotation", asked: {}, expect: "ben|cleo" },
  {
    name: "without the one who is away",
    asked: { people: peopleWith({ ben: { away: true } }) },
    expect: "cleo",
  },
  {
    name: "away with a return that has passed counts as back",
    asked: { people: peopleWith({ ben: { away: true, awayUntil: NOON - 1 } }) },
    expect: "ben|cleo",
  },
  {
    name: "without the suspended",
    asked: { people: peopleWith({ cleo: { suspendedAt: 1 } }) },
    expect: "ben",
  },
  {
    name: "nobody in the team: the manager",
    asked: { people: peopleWith({ ben: { away: true }, cleo: { suspendedAt: 1 } }) },
    expect: "ana",
  },
  {
    name: "nobody and no manager: the default chain",
    asked: { people: peopleWith({ ben: { away: true }, cleo: { away: true }, ana: { away: true } }) },
    expect: "dora",
  },
  {
    name: "everybody away: the last resort, away or not",
    asked: {
      people: peopleWith({
        ben: { away: true },
        cleo: { away: true },
        ana: { away: true },
        dora: { away: true },
      }),
    },
    expect: "dora",
  },
  {
    name: "caps bind the rotation, then the manager who may exceed them",
    asked: { config: capped },
    expect: "ben|cleo, ana",
  },
  {
    name: "a closed team waits for its opening with those on duty",
    asked: { now: NIGHT },
    expect: "ben|cleo",
  },
  {
    name: "a closed team follows the sun first",
    asked: {
      now: NIGHT,
      config: base({
        teams: [
          ...(base().teams ?? []).map((team) => ({ ...team, followTheSun: ["apac"] })),
          { id: "apac", name: "APAC", calendar: "always", members: [{ person: "dora" }] },
        ],
      }),
    },
    expect: "dora, ben|cleo",
  },
  {
    name: "the account's owner by the CRM's id",
    asked: { config: owned, known: matched("005b") },
    expect: "ben",
    rule: "owned",
  },
  {
    name: "an owner the CRM names and we don't know is no owner: the rule's backup",
    asked: { config: owned, known: matched("005X") },
    expect: "ben|cleo",
    rule: "owned",
  },
  {
    name: "a deactivated owner is no owner",
    asked: { config: owned, known: matched("005B"), people: peopleWith({ ben: { deactivatedAt: 1 } }) },
    expect: "cleo",
  },
  {
    name: "an owner who is away: the rule's backup",
    asked: { config: owned, known: matched("005B"), people: peopleWith({ ben: { away: true } }) },
    expect: "cleo",
  },
  {
    name: "an owner off shift keeps it within the wait",
    asked: { config: owned, known: matched("005B"), now: NIGHT },
    expect: "ben",
  },
  {
    name: "over a weekend the wait is too long: whoever of the chain is awake",
    asked: { config: owned, known: matched("005B"), now: Date.parse("2026-11-27T20:00:00Z") },
    expect: "dora",
  },
  {
    name: "a relationship goes before the rules",
    asked: { input: { relationship: { personId: "ana", why: "last owner of this person" } } },
    expect: "ana",
    rule: "relationship",
  },
  {
    name: "where the last owner is away, the owner of a colleague's lead",
    asked: {
      people: peopleWith({ ana: { away: true } }),
      input: {
        relationship: {
          personId: "ana",
          why: "last owner",
          otherwise: { personId: "cleo", why: "same company" },
        },
      },
    },
    expect: "cleo",
    rule: "relationship",
  },
  {
    name: "a relationship with somebody away doesn't",
    asked: {
      people: peopleWith({ ana: { away: true } }),
      input: { relationship: { personId: "ana", why: "last owner" } },
    },
    expect: "ben|cleo",
    rule: "rest",
  },
  {
    name: "customers never enter a new-business team",
    asked: { known: { account: account({ lifecycle: "customer" }) } },
    expect: "ana",
  },
  {
    name: "suppression goes before everything",
    asked: {
      config: base({
        suppression: [
          {
            id: "customers",
            when: { field: "account.lifecycle", op: "eq", value: "customer" },
            to: { accountRole: "csm" },
            backup: { accountOwner: true },
          },
        ],
      }),
      known: { account: account({ lifecycle: "Customer", owner: "ben", roles: { csm: "cleo" } }) },
      input: { relationship: { personId: "ana", why: "last owner" } },
    },
    expect: "cleo",
    rule: "customers",
  },
  {
    name: "a queue is its steward",
    asked: { config: withRouting([{ id: "q", to: { queue: "qualification" } }]) },
    expect: "queue:qualification",
  },
  {
    name: "a queue whose steward is gone: the default chain",
    asked: {
      config: withRouting([{ id: "q", to: { queue: "qualification" } }]),
      people: peopleWith({ ana: { deactivatedAt: 1 } }),
    },
    expect: "dora",
  },
  {
    name: "an observed rule is passed over",
    asked: {
      config: withRouting([
        { id: "try", to: { person: "ana" }, mode: "observe" },
        { id: "rest", to: { team: "smb" } },
      ]),
    },
    expect: "ben|cleo",
    rule: "rest",
  },
  {
    name: "a queue that let it go doesn't get it back, by a territory or as a backup either",
    asked: {
      config: withRouting(
        [
          { id: "t", when: { field: "territory.id", op: "exists" }, to: { territory: true } },
          { id: "b", to: { person: "cleo" }, backup: { queue: "qualification" } },
        ],
        {
          territories: [
            {
              id: "dach",
              when: { field: "lead.country", op: "eq", value: "DE" },
              to: { queue: "qualification" },
            },
          ],
        },
      ),
      people: peopleWith({ cleo: { away: true } }),
      input: { skipQueues: new Set(["qualification"]) },
    },
    expect: "ana",
    rule: "b",
  },
  {
    name: "languages as a field of the lead names them",
    asked: {
      config: withRouting(
        [{ id: "r", to: { team: "smb" }, requires: { languages: { field: "lead.language" } } }],
        { people: base().people.map((item) => (item.id === "ben" ? { ...item, languages: ["fr"] } : item)) },
      ),
      known: { lead: { email: "x@foo.example", language: "FR" } },
    },
    expect: "ben",
  },
  {
    name: "a ramping member isn't given whales",
    asked: {
      config: base({
        teams: [
          {
            id: "smb",
            name: "SMB",
            members: [
              { person: "ben", when: { field: "account.employees", op: "lt", value: 1000 } },
              { person: "cleo", weight: 3 },
            ],
          },
        ],
      }),
      known: { account: account({ employees: 5000 }) },
    },
    expect: "cleo",
  },
  {
    name: "important customers: a pool of their own, overflowing into another team",
    asked: {
      config: withRouting(
        [
          { id: "vip", to: { team: "vip" }, sla: "fast", priority: 90 },
          { id: "rest", to: { team: "smb" } },
        ],
        {
          people: base().people.map((item) => (item.id === "ben" ? { ...item, capacity: 1 } : item)),
          teams: [
            { id: "vip", name: "VIP", members: [{ person: "ben" }], backupTeams: ["smb"] },
            { id: "smb", name: "SMB", members: [{ person: "cleo" }] },
          ],
          sla: [{ id: "standard" }, { id: "fast", firstTouch: "PT2M" }],
        },
      ),
    },
    expect: "ben, cleo",
    rule: "vip",
  },
  {
    name: "a closed team follows the sun to the next where the first open one has nobody",
    asked: {
      now: NIGHT,
      people: peopleWith({ ben: { away: true } }),
      config: base({
        teams: [
          {
            id: "smb",
            name: "SMB",
            calendar: "office",
            members: [{ person: "cleo" }],
            followTheSun: ["a", "b"],
          },
          { id: "a", name: "A", calendar: "always", members: [{ person: "ben" }] },
          { id: "b", name: "B", calendar: "always", members: [{ person: "dora" }] },
        ],
      }),
    },
    expect: "dora, cleo",
  },
  {
    name: "required skills leave out who lacks them",
    asked: {
      config: withRouting([{ id: "r", to: { team: "smb" }, requires: { skills: ["enterprise"] } }], {
        people: base().people.map((item) =>
          item.id === "cleo" ? { ...item, skills: ["Enterprise"] } : item,
        ),
      }),
    },
    expect: "cleo",
  },
  {
    name: "no rule holds: the default chain",
    asked: {
      config: withRouting([
        { id: "never", when: { field: "lead.country", op: "eq", value: "XX" }, to: { team: "smb" } },
      ]),
    },
    expect: "dora",
    rule: null,
  },
  {
    name: "a territory's target",
    asked: {
      config: withRouting(
        [{ id: "t", when: { field: "territory.id", op: "exists" }, to: { territory: true } }],
        {
          territories: [
            {
              id: "dach",
              when: { field: "lead.country", op: "in", value: ["DE", "AT", "CH"] },
              to: { person: "cleo" },
            },
          ],
        },
      ),
    },
    expect: "cleo",
    rule: "t",
  },
];
