/** Where the demo's leads go and how fast: territories, SLA policies, scoring, suppression and the waterfall. */
import type { ConfigInput } from "../../schema/config/document.ts";

type Part<K extends keyof ConfigInput> = NonNullable<ConfigInput[K]>;

const countries = (value: string[]) => ({ field: "lead.country", op: "in" as const, value });

export const demoTerritories: Part<"territories"> = [
  { id: "amer", name: "North America", when: countries(["US", "CA"]), to: { team: "amer" } },
  {
    id: "latam",
    name: "Latin America",
    when: countries(["MX", "BR", "AR", "CL", "CO", "PE"]),
    to: { team: "amer" },
  },
  { id: "dach", name: "DACH", when: countries(["DE", "AT", "CH", "LI"]), to: { team: "emea" } },
  { id: "uki", name: "UK and Ireland", when: countries(["GB", "IE"]), to: { team: "emea" } },
  {
    id: "emea",
    name: "EMEA",
    when: countries("FR ES PT IT NL BE LU PL CZ SE NO DK FI GR TR AE SA EG MA NG KE ZA IL".split(" ")),
    to: { team: "emea" },
  },
  { id: "anz", name: "Australia and New Zealand", when: countries(["AU", "NZ"]), to: { team: "apac" } },
  {
    id: "apac",
    name: "APAC",
    when: countries(["SG", "JP", "IN", "KR", "TW", "HK", "MY", "TH", "VN", "ID", "PH", "CN"]),
    to: { team: "apac" },
  },
];

export const demoSla: Part<"sla"> = [
  {
    id: "standard",
    firstTouch: "PT10M",
    secondTouch: "PT30M",
    effort: { attempts: 5, channels: 2, within: "P5D" },
  },
  {
    id: "vip",
    firstTouch: "PT5M",
    firstTouchByChannel: { call: "PT4M" },
    warnAt: 0.6,
    secondTouch: "PT20M",
    noReply: "PT2H",
    effort: { attempts: 6, channels: 3, within: "P4D" },
  },
  {
    id: "named",
    firstTouch: "PT15M",
    acceptWithin: "PT4H",
    effort: { attempts: 6, channels: 2, within: "P7D" },
  },
  {
    id: "cold",
    firstTouch: "PT60M",
    secondTouch: "PT8H",
    noReply: "PT24H",
    effort: { attempts: 3, channels: 2, within: "P7D" },
  },
];

export const demoSlaRules: Part<"slaRules"> = [
  { when: { field: "segment", op: "eq", value: "hot" }, sla: "vip" },
  {
    when: {
      all: [
        { field: "form.key", op: "eq", value: "contact" },
        { field: "segment", op: "eq", value: "cold" },
      ],
    },
    sla: "cold",
  },
];

export const demoScoring: Part<"scoring"> = {
  rules: [
    {
      id: "executive",
      when: { field: "lead.seniority", op: "in", value: ["c_level", "owner"] },
      points: 30,
    },
    { id: "vp", when: { field: "lead.seniority", op: "eq", value: "vp" }, points: 25 },
    { id: "director", when: { field: "lead.seniority", op: "eq", value: "director" }, points: 15 },
    { id: "mid-size", when: { field: "account.employees", op: "gte", value: 500 }, points: 10 },
    {
      id: "core-industry",
      when: { field: "account.industry", op: "in", value: ["Logistics", "Manufacturing", "Automotive"] },
      points: 5,
    },
    { id: "free-mail", when: { field: "lead.freeMail", op: "eq", value: true }, points: -10 },
    { id: "demo", when: { field: "form.key", op: "eq", value: "demo" }, points: 10, counts: "intent" },
    { id: "phone", when: { field: "lead.phone", op: "exists" }, points: 5, counts: "intent" },
    {
      id: "pricing",
      when: { field: "page.url", op: "contains", value: "/pricing" },
      points: 20,
      counts: "intent",
    },
    {
      id: "buying-words",
      when: {
        any: [
          { field: "lead.message", op: "contains", value: "budget" },
          { field: "lead.message", op: "contains", value: "contract" },
          { field: "lead.message", op: "contains", value: "rollout" },
        ],
      },
      points: 10,
      counts: "intent",
    },
  ],
  segments: [
    { id: "hot", min: 60 },
    { id: "warm", min: 15 },
    { id: "cold", min: -1000 },
  ],
};

export const demoSuppression: Part<"suppression"> = [
  {
    id: "do-not-contact",
    name: "Asked not to be contacted",
    when: { field: "contact.doNotContact", op: "eq", value: true },
    to: { queue: "quarantine" },
  },
  {
    id: "competitors",
    name: "Competitors",
    when: { field: "account.lifecycle", op: "eq", value: "competitor" },
    to: { queue: "quarantine" },
  },
  {
    id: "customers",
    name: "Customers go to their success manager",
    when: { field: "account.lifecycle", op: "eq", value: "customer" },
    to: { accountRole: "csm" },
    backup: { accountOwner: true },
    sla: "named",
  },
  {
    id: "open-opportunities",
    name: "Open opportunities go to their owner",
    when: { field: "opportunity.open", op: "eq", value: true },
    to: { opportunityOwner: true },
    backup: { accountOwner: true },
    sla: "named",
  },
];

const territoryKnown = { field: "territory.id", op: "exists" as const };

export const demoRouting: Part<"routing"> = {
  rules: [
    {
      id: "free-mail",
      name: "Free mail is qualified first",
      when: {
        all: [
          { field: "lead.freeMail", op: "eq", value: true },
          { field: "match.method", op: "ne", value: "contact" },
        ],
      },
      to: { queue: "qualification" },
    },
    {
      id: "hot-inbound",
      name: "Hot inbound without an owner",
      when: {
        all: [
          { field: "segment", op: "eq", value: "hot" },
          { not: { field: "account.owner", op: "exists" } },
        ],
      },
      to: { team: "desk" },
      backup: { territory: true },
      sla: "vip",
      priority: 90,
      tags: ["vip"],
    },
    {
      id: "named-account",
      name: "Named account",
      when: { field: "account.owner", op: "exists" },
      to: { accountOwner: true },
      backup: { territory: true },
      sla: "named",
      priority: 60,
      tags: ["named"],
    },
    {
      id: "strategic",
      name: "Enterprise accounts without an owner",
      when: { field: "account.employees", op: "gte", value: 2000 },
      to: { team: "strategic" },
      backup: { territory: true },
      requires: { skills: ["enterprise"] },
      priority: 50,
      tags: ["enterprise"],
    },
    {
      id: "language",
      name: "Answered in their language",
      when: {
        all: [
          territoryKnown,
          { field: "lead.language", op: "in", value: ["ar", "de", "es", "fr", "hi", "ja", "pl", "zh"] },
        ],
      },
      to: { territory: true },
      backup: { team: "desk" },
      requires: { languages: { field: "lead.language" } },
    },
    {
      id: "contact-to-marketing",
      name: "Trial: general enquiries to marketing first",
      when: { field: "form.key", op: "eq", value: "contact" },
      to: { queue: "qualification" },
      mode: "observe",
    },
    {
      id: "territory",
      name: "Territory",
      when: territoryKnown,
      to: { territory: true },
      backup: { team: "desk" },
    },
    { id: "rest", name: "Everybody else", when: {}, to: { team: "desk" }, backup: { team: "amer" } },
  ],
  default: ["katrin", "imani"],
  defaultSla: "standard",
};
