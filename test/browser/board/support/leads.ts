/** Leads in every state that the board shows differently. Times are relative to a given `now`. */
import type { Lead } from "../../../../schema/wire/lead.ts";
import type { Member } from "./people.ts";

export interface LeadSeed {
  id: string;
  name: string | null;
  company: string | null;
  title?: string | null;
  owner?: string | null;
  /** Minutes from now. */
  assigned?: number;
  starts?: number;
  due?: number | null;
  touched?: number;
  over?: Partial<Lead>;
}

export function makeLead(seed: LeadSeed, people: Member[], now: number): Lead {
  const iso = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const ref = (id: string | null | undefined) => {
    const person = people.find((each) => each.id === id);
    return person ? { id: person.id, name: person.name } : null;
  };
  const email = `${(seed.name ?? "info").toLowerCase().replace(/[^a-z]+/g, ".")}@${(seed.company ?? "mail").toLowerCase().replace(/[^a-z]+/g, "")}.example`;
  const assigned = seed.assigned ?? -4;
  const starts = seed.starts ?? assigned;
  const due = seed.due === undefined ? starts + 10 : seed.due;
  const owner = ref(seed.owner === undefined ? "ben" : seed.owner);
  const touched = seed.touched === undefined ? null : iso(seed.touched);
  return {
    id: seed.id,
    status: touched ? "working" : "new",
    stage: "mql",
    person: {
      name: seed.name,
      email,
      company: seed.company,
      title: seed.title ?? null,
      phone: "+49 30 901820",
      country: "DE",
      timezone: "Europe/Berlin",
    },
    owner,
    backup: ref("ana"),
    queue: null,
    account: seed.company ? { id: "acc-1", name: `${seed.company} GmbH` } : null,
    form: "demo",
    source: "form",
    score: 72,
    fit: 45,
    intent: 27,
    segment: "hot",
    priority: 0,
    tags: [],
    routing: { ruleId: "rest", target: "team SMB", reason: "no earlier rule fitted" },
    provisional: false,
    sla: "standard",
    policyVersion: 12,
    createdAt: iso(assigned),
    assignedAt: iso(assigned),
    clockStartsAt: iso(starts),
    firstTouchDueAt: due === null ? null : iso(due),
    firstTouchAt: touched,
    secondTouchDueAt: null,
    secondTouchAt: null,
    promiseAt: due === null ? null : iso(due),
    nextActionAt: null,
    warnedAt: null,
    breaches: 0,
    reassignments: 0,
    disposition: null,
    version: 1,
    match: {
      accountId: "acc-1",
      confidence: 0.97,
      method: "domain",
      reasons: ["the e-mail’s domain is a domain of the account", "the country agrees"],
      candidates: [
        { accountId: "acc-1", name: `${seed.company} GmbH`, confidence: 0.97, method: "domain", reasons: [] },
        {
          accountId: "acc-2",
          name: `${seed.company} Iberia`,
          confidence: 0.41,
          method: "suffix",
          reasons: ["other country"],
        },
      ],
    },
    fields: {
      email,
      name: seed.name,
      company: seed.company,
      phone: "+49 30 901820",
      message:
        "We run 40 lines in three plants & need <b>one</b> view of them.\nCan somebody show us how you handle night shifts?",
      teamSize: 240,
    },
    facts: { domain: "northwind.example", freeMail: false, language: "de" },
    attribution: {
      utm_source: "newsletter",
      utm_campaign: "autumn",
      landing: "https://acme.example/pricing",
      pageviews: 6,
    },
    trace: [
      { step: "suppression", outcome: "none", detail: "no customer, no open opportunity" },
      { step: "relationship", outcome: "none", detail: "no open lead and no last owner" },
      { step: "rule", outcome: "skipped", detail: "free-mail: lead.freeMail is false", ruleId: "free-mail" },
      { step: "rule", outcome: "matched", detail: "rest: always", ruleId: "rest" },
      {
        step: "pick",
        outcome: "ben",
        detail: "Ben Okafor had waited longest for his share (credit 0.62 of 1)",
      },
    ],
    timers:
      due === null || touched
        ? []
        : [
            { kind: "warning", dueAt: iso(starts + 7) },
            { kind: "firstTouch", dueAt: iso(due) },
          ],
    timeline: [
      {
        id: `${seed.id}-1`,
        at: iso(assigned),
        type: "lead.captured",
        actor: "visitor",
        data: { form: "demo" },
      },
      {
        id: `${seed.id}-2`,
        at: iso(assigned),
        type: "lead.matched",
        actor: "system",
        data: { method: "domain", confidence: 0.97, accountName: `${seed.company} GmbH` },
      },
      {
        id: `${seed.id}-3`,
        at: iso(assigned),
        type: "lead.assigned",
        actor: "system",
        data: { owner: seed.owner ?? "ben", ruleId: "rest" },
      },
      ...(touched
        ? [
            {
              id: `${seed.id}-4`,
              at: touched,
              type: "lead.touched" as const,
              actor: "person:ben",
              data: { channel: "call", outcome: "connected", by: "ben" },
            },
          ]
        : []),
    ],
    assignments: [
      {
        seq: 1,
        owner,
        queue: null,
        at: iso(assigned),
        reason: "rotation of team SMB",
        ruleId: "rest",
        considered: [
          { person: "ben", credit: 0.62 },
          { person: "gus", skipped: "off shift" },
        ],
      },
    ],
    ...seed.over,
  };
}

/** A morning with something of everything. */
export function fullDay(people: Member[], now: number): Lead[] {
  const iso = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const steward = { id: "ana", name: "Ana Ferreira" };
  const seeds: LeadSeed[] = [
    { id: "L-quiet", name: "Mara Lindqvist", company: "Northwind", title: "VP Operations", assigned: -1.5 },
    {
      id: "L-due",
      name: "Tomás Herrera",
      company: "Calle Nueve",
      title: "Head of Growth",
      assigned: -8.2,
      over: { warnedAt: iso(-1) },
    },
    {
      id: "L-late",
      name: "Priya Nair",
      company: "Bluefin Logistics",
      title: "CTO",
      assigned: -14,
      owner: "ana",
      over: { breaches: 1, reassignments: 1, priority: 80 },
    },
    {
      id: "L-paris",
      name: "Jean-Baptiste de la Roche-Beaucourt",
      company: "Société Générale de Manutention Électrique",
      title: "Directeur des opérations",
      owner: "chloe",
      assigned: -3,
      over: { segment: "warm" },
    },
    {
      id: "L-mail",
      name: null,
      company: null,
      owner: "chloe",
      assigned: -6,
      over: {
        segment: "cold",
        account: null,
        match: { accountId: null, confidence: 0, method: "none", reasons: [], candidates: [] },
      },
    },
    {
      id: "L-ahead",
      name: "Noor Haddad",
      company: "Lumen Foods",
      owner: "gus",
      assigned: -30,
      starts: 372,
      over: { provisional: true },
    },
    {
      id: "L-queue",
      name: "Sam Carter",
      company: "Freelance",
      owner: "ana",
      assigned: -20,
      due: null,
      over: {
        queue: { id: "qualification", name: "Qualification", steward },
        nextActionAt: iso(40),
        promiseAt: null,
        segment: "cold",
        status: "quarantined",
        timers: [{ kind: "queueAge", dueAt: iso(40) }],
      },
    },
  ];
  const done: LeadSeed[] = Array.from({ length: 60 }, (_, index) => ({
    id: `L-done-${index}`,
    name: `Visitor ${index + 1}`,
    company: `Company ${index + 1}`,
    assigned: -60 - index * 11,
    touched: -57 - index * 11,
    over:
      index % 3 === 0
        ? { secondTouchDueAt: iso(12 + index) }
        : {
            status: "qualified" as const,
            disposition: {
              code: "meeting_booked",
              label: "Meeting booked",
              outcome: "qualified",
              note: null,
              at: iso(-50 - index * 11),
            },
          },
  }));
  return [...seeds, ...done].map((seed) => makeLead(seed, people, now));
}
