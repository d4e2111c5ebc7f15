/** What the fake API answers about the policy: the waterfall, a week's coverage, the schema, proofs, dry runs. */
import { configJsonSchema } from "../../../../schema/config/document.ts";
import { configAnswer, type ConfigVersion } from "../../../../schema/wire/config.ts";
import {
  coverage,
  policyFlow,
  type Branch,
  type Coverage,
  type CoverageCell,
} from "../../../../schema/wire/policy.ts";
import { routeAnswer } from "../../../../schema/wire/route.ts";
import { ok, problem, type Call, type Reply } from "./replies.ts";
import type { policyDocument } from "./policy.ts";

const branch = (more: Partial<Branch> & Pick<Branch, "id" | "kind" | "name">): Branch => ({
  when: "always",
  to: "SMB",
  backup: null,
  sla: null,
  mode: "enforce",
  priority: 0,
  tags: [],
  requires: null,
  reached: 0,
  leads: 0,
  share: 0,
  observed: 0,
  fellThrough: 0,
  ways: [],
  ...more,
});

/** Ten leads: two customers, one watched, seven for the team of whom two fell through. */
export function flowAnswer(query: URLSearchParams, empty: boolean): Reply {
  const counted = (numbers: Partial<Branch>) => (empty ? {} : numbers);
  const branches = [
    branch({
      id: "customers",
      kind: "suppression",
      name: "Customers",
      when: "account.lifecycle is customer",
      to: "the account's csm",
      sla: "named",
      ...counted({
        reached: 10,
        leads: 2,
        share: 0.2,
        ways: [{ way: "target", leads: 2, to: ["Ana Ferreira"] }],
      }),
    }),
    branch({ id: "relationship", kind: "relationship", name: "Relationship", ...counted({ reached: 8 }) }),
    branch({
      id: "trial",
      kind: "rule",
      name: "Trial",
      mode: "observe",
      ...counted({ reached: 8, observed: 3 }),
    }),
    branch({
      id: "rest",
      kind: "rule",
      name: "Everybody else",
      backup: "EMEA",
      tags: ["vip"],
      priority: 90,
      requires: "languages en",
      ...counted({
        reached: 8,
        leads: 7,
        share: 0.7,
        fellThrough: 2,
        ways: [
          { way: "target", leads: 5, to: ["SMB"] },
          { way: "ruleBackup", leads: 1, to: ["EMEA"] },
          { way: "manager", leads: 1, to: ["Ana Ferreira"] },
        ],
      }),
    }),
    branch({
      id: "~default",
      kind: "default",
      name: "Default chain",
      to: "Ana Ferreira",
      ...counted({
        reached: 1,
        leads: 1,
        share: 0.1,
        ways: [{ way: "defaultChain", leads: 1, to: ["Ana Ferreira"] }],
      }),
    }),
  ];
  const [from, to] = [query.get("from")!, query.get("to")!];
  return ok(policyFlow.parse({ from, to, version: 12, total: empty ? 0 : 10, branches }));
}

const closed: CoverageCell = { minutes: 60, open: 0, uncovered: 0, least: 0, people: [] };

/** The team is open on Mondays from nine to twelve; at eleven nobody is there. */
export function coverageAnswer(query: URLSearchParams, empty: boolean): Reply {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, 5 + hour)).toISOString();
  const cells = Array.from({ length: 168 }, (_, hour): CoverageCell => {
    if (hour === 9) return { ...closed, open: 60, least: 2, people: ["ben", "ana"] };
    if (hour === 10) return { ...closed, open: 60, least: 1, people: ["ben"] };
    if (hour === 11) return { ...closed, open: 60, uncovered: 60 };
    return closed;
  });
  const answer: Coverage = {
    week: "2026-11-23",
    timezone: query.get("timezone")!,
    from: at(0),
    to: at(168),
    teams: empty
      ? []
      : [
          {
            id: "smb",
            name: "SMB",
            timezone: "America/New_York",
            members: [
              { id: "ben", name: "Ben Okafor", absent: null },
              { id: "ana", name: "Ana Ferreira", absent: "away (At a fair)" },
            ],
            cells,
            holes: [
              { from: at(11), to: at(12), why: "Ben Okafor is off shift; Ana Ferreira is away (At a fair)" },
            ],
          },
        ],
    nobody: empty ? [] : [{ from: at(11), to: at(168) }],
    holidays: empty
      ? []
      : [
          {
            date: "2026-12-25",
            calendar: { id: "us", name: "New York", timezone: "America/New_York" },
            teams: ["SMB"],
            people: ["Ben Okafor"],
            hours: [],
          },
        ],
  };
  return ok(coverage.parse(answer));
}

export const schemaAnswer = (): Reply =>
  ok({
    ...configJsonSchema(),
    "x-fields": { "lead.country": "string", "account.employees": "number", "lead.freeMail": "boolean" },
  });

type Document = typeof policyDocument;

/** Fields of a name that stands in their form already. */
const twice = ({ forms }: Document) =>
  forms.flatMap(({ key, fields }, at) =>
    fields.flatMap(({ name }, index) =>
      fields.findIndex((field) => field.name === name) === index
        ? []
        : [
            {
              severity: "error",
              pointer: `/forms/${at}/fields/${index}/name`,
              message: `The field "${name}" is in "${key}" twice: rename or remove one.`,
              code: "duplicate",
            },
          ],
    ),
  );

const errorsOf = (document: Document) => [
  ...twice(document),
  ...(document.routing.default.length === 0
    ? [
        {
          severity: "error",
          pointer: "/routing/default",
          message: "the default chain is empty: on Sunday at 03:00 a lead from DE would reach nobody",
          code: "nobody",
          rules: ["rest"],
          counterexample: {
            leads: [{ email: "kim@northwind.example", country: "DE", assume: { account: { owner: "ben" } } }],
            at: "2026-11-29T08:00:00.000Z",
            absent: ["ben"],
            path: ["Rule: rest: holds", "Nobody is left"],
          },
        },
      ]
    : []),
  ...document.people.flatMap(({ capacity }, index) =>
    capacity !== undefined && capacity > 1000
      ? [
          {
            severity: "error",
            pointer: `/people/${index}/capacity`,
            message: "nobody can hold so many",
            code: "shape",
          },
        ]
      : [],
  ),
];

/** The proof of a document. */
const verificationOf = (document: Document) => ({
  errors: errorsOf(document),
  warnings: [
    {
      severity: "warning",
      pointer: "/calendars/0/hours",
      message: "nobody covers Wednesday to Friday",
      code: "hours_without_cover",
      rules: ["rest"],
    },
  ],
  notes: [
    { severity: "note", pointer: "/teams/0", message: "one person alone", code: "single_point_of_failure" },
  ],
  undecided: [],
  stats: { variables: 3, cells: 9, nodes: 4, branches: 2, proved: 2, teams: [] },
});

export interface Kept {
  document: unknown;
  versions: ConfigVersion[];
}

/** Verifies, and publishes where it may: the version named by If-Match must be in force. */
export function putConfig(kept: Kept, { query, body, headers }: Call, now: number): Reply {
  const version = kept.versions[0]!.version;
  const verification = verificationOf(body as Document);
  if (query.get("dryRun")) return ok(configAnswer.parse({ version, verification }));
  const expected = headers["if-match"];
  if (expected !== undefined && expected !== `"v${version}"`)
    return {
      status: 412,
      body: {
        ...(problem(412, "Conflict", `Version ${version} is in force by now.`).body as object),
        version,
      },
    };
  if (verification.errors.length > 0) return { status: 422, body: { version, verification } };
  kept.document = body;
  kept.versions.unshift({
    version: version + 1,
    publishedAt: new Date(now).toISOString(),
    publishedBy: "person:rui",
    note: query.get("note"),
  });
  return ok(configAnswer.parse({ version: version + 1, verification }));
}

/** To Ben, by the rule "rest": whoever is asked about. */
export function dryRunAnswer({ body }: Call, now: number): Reply {
  const {
    at = null,
    document,
    leads,
  } = body as {
    at?: string | null;
    document?: unknown;
    leads: { country?: string }[];
  };
  const typed = leads[0]?.country ?? null;
  const known = typed !== null && /^(DE|Germany)$/.test(typed);
  const decidedAt = at ?? new Date(now).toISOString();
  const result = {
    id: "trial",
    decision: {
      ruleId: "rest",
      owner: { id: "ben", name: "Ben Okafor" },
      queue: null,
      team: "smb",
      target: "team:smb",
      reason: "rest: SMB",
      provisional: false,
      sla: "standard",
      clockStartsAt: decidedAt,
      firstTouchDueAt: decidedAt,
      promiseAt: decidedAt,
      beyondCapacity: false,
      joins: null,
    },
    acknowledgement: {
      kind: "in_coverage",
      message: "Thank you. Ben will get back to you by 10:10.",
      owner: { name: "Ben" },
      promiseAt: decidedAt,
      timezone: "Europe/Berlin",
    },
    match: { account: null, confidence: 0, method: "none", reasons: [], candidates: [] },
    score: 10,
    fit: 0,
    intent: 10,
    segment: "cold",
    scoring: [{ rule: "demo", points: 10, counts: "intent", why: "form.key is demo" }],
    territory: null,
    country: known ? { code: "DE", source: "form" } : null,
    priority: 0,
    tags: [],
    trace: [
      { step: "Suppression: Customers", outcome: "does not hold", detail: "account.lifecycle is customer" },
      { step: "Rule: rest", outcome: "holds", detail: "always: to SMB" },
      { step: "rest: SMB", outcome: "skipped", detail: "Cleo is off shift" },
      { step: "rest: SMB", outcome: "skipped", detail: "Gus is away" },
      { step: "rest: SMB", outcome: "possible", detail: "SMB: Ben Okafor, Ana Ferreira" },
      { step: "SLA", outcome: "standard", detail: "First touch under policy standard" },
    ],
    considered: ["ben", "ana"].map((id, index) => ({
      tier: 0,
      person: id,
      rotation: "smb",
      weight: 1,
      credit: index === 0 ? 0.25 : -0.25,
      awaiting: 1,
      open: 1,
      capacity: index === 0 ? 5 : null,
      activeLeads: null,
      room: true,
    })),
    timers: [{ kind: "firstTouch", dueAt: decidedAt }],
  };
  return ok(
    routeAnswer.parse({ policyVersion: document === undefined ? 12 : 0, at: decidedAt, results: [result] }),
  );
}
