/** `POST /v1/route` says what capture then does, over random policies, people and leads; and writes nothing. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import {
  call,
  capture,
  document,
  person,
  publish,
  quietEnv,
  settled,
  submission,
  testEnv,
} from "./support/workspace.ts";

const SEED = 20261122;

interface Decision {
  ruleId: string | null;
  owner: { id: string } | null;
  queue: { id: string; steward: { id: string } } | null;
  provisional: boolean;
  sla: string;
  firstTouchDueAt: string | null;
  joins: string | null;
}
interface Result {
  id: unknown;
  decision: Decision | null;
  acknowledgement: unknown;
  match: { account: { id: string } | null; method: string };
  trace: unknown[];
  considered: object[];
  segment: string | null;
  timers: unknown[];
}

const route = async (leads: unknown[], more: object = {}): Promise<Result[]> => {
  const { status, body } = await call<{ results: Result[] }>("POST", "/v1/route", { leads, ...more });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.results;
};

const leadRow = async (id: string) =>
  testEnv.DB.prepare(
    `SELECT l.owner_id, l.queue_id, l.steward_id, l.provisional, l.sla_id, l.first_touch_due_at, l.account_id, l.segment,
       l.timers, a.rule_id, a.trace, a.considered FROM leads l JOIN assignments a ON a.lead_id = l.id AND a.seq = l.assignment_seq WHERE l.id = ?`,
  )
    .bind(id)
    .first();

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2037-11-23T10:00:00Z") }));
afterEach(() => vi.useRealTimers());

let unique = 0;
/** Leads of which owner and trace were compared. */
let routed = 0;

/** Dry run, then capture: everything that can be compared is the same. */
const agree = async (fields: Record<string, unknown>): Promise<void> => {
  const [said] = await route([fields]);
  const { status, body } = await capture(submission(fields), quietEnv, true);
  expect(status).toBe(201);
  expect(body.acknowledgement).toEqual(said?.acknowledgement);
  const row = await leadRow(body.leadId);
  const decision = said?.decision;
  if (decision?.joins) {
    expect(decision.joins).toBe(body.leadId);
    expect(row).toMatchObject({ owner_id: decision.owner?.id ?? null, queue_id: decision.queue?.id ?? null });
    return;
  }
  expect(row).toMatchObject({
    rule_id: decision?.ruleId ?? null,
    owner_id: decision?.owner?.id ?? null,
    queue_id: decision?.queue?.id ?? null,
    steward_id: decision?.queue?.steward.id ?? null,
    provisional: decision?.provisional ? 1 : 0,
    sla_id: decision?.sla,
    account_id: said?.match.account?.id ?? null,
    segment: said?.segment ?? null,
    first_touch_due_at: decision?.firstTouchDueAt ? Date.parse(decision.firstTouchDueAt) : null,
  });
  expect(JSON.parse(String(row?.["trace"]))).toEqual(said?.trace);
  expect(
    (JSON.parse(String(row?.["timers"])) as { kind: string; dueAt: number }[]).map(({ kind, dueAt }) => ({
      kind,
      dueAt: new Date(dueAt).toISOString(),
    })),
  ).toEqual(said?.timers);
  expect(JSON.parse(String(row?.["considered"]))).toEqual(said?.considered);
  routed++;
};

type Requires = NonNullable<ConfigInput["routing"]["rules"]>[number]["requires"];

const IDS = ["ben", "cleo", "dan", "eve"];
const WINDOWS = [[["09:00", "17:00"]], [["00:00", "24:00"]], [["12:00", "20:00"]], []] as [
  string,
  string,
][][];

const target = fc.constantFrom(
  { team: "one" },
  { team: "two" },
  { person: "dan" },
  { queue: "qualification" },
  { accountOwner: true as const },
  { territory: true as const },
);

const condition = fc.constantFrom(
  {},
  { field: "lead.freeMail", op: "eq", value: true },
  { field: "account.owner", op: "exists" },
  { field: "lead.country", op: "in", value: ["DE", "AT"] },
  { field: "score", op: "gte", value: 10 },
  { field: "match.method", op: "ne", value: "none" },
  { field: "form.key", op: "eq", value: "demo" },
) as fc.Arbitrary<NonNullable<ConfigInput["routing"]["rules"]>[number]["when"]>;

const config: fc.Arbitrary<ConfigInput> = fc
  .record({
    hours: fc.array(fc.constantFrom(...WINDOWS), { minLength: 2, maxLength: 2 }),
    capacities: fc.array(fc.option(fc.integer({ min: 1, max: 4 })), { minLength: 4, maxLength: 4 }),
    weights: fc.array(fc.constantFrom(1, 2, 0.5, 3), { minLength: 4, maxLength: 4 }),
    rules: fc.array(
      fc.record({
        when: condition,
        to: target,
        backup: fc.option(target),
        mode: fc.constantFrom("enforce" as const, "enforce" as const, "observe" as const),
        requires: fc.constantFrom<Requires>(
          null,
          null,
          { skills: ["whales"] },
          { languages: { field: "lead.language" } },
        ),
      }),
      { maxLength: 4 },
    ),
    follow: fc.boolean(),
  })
  .map(({ hours, capacities, weights, rules, follow }) => {
    const week = (windows: [string, string][]) => ({
      mon: windows,
      tue: windows,
      wed: windows,
      thu: windows,
      fri: [["09:00", "10:00"]] as [string, string][],
    });
    const member = (at: number) => ({ person: IDS[at] ?? "", weight: weights[at] ?? 1 });
    return document({
      people: [
        person("mia", { role: "manager" }),
        ...IDS.map((id, at) =>
          person(id, {
            manager: "mia",
            capacity: capacities[at] ?? null,
            activeLeads: at === 2 ? 12 : null,
            skills: at % 2 === 0 ? ["whales"] : [],
            languages: at > 1 ? ["en", "de"] : ["de"],
            ...(at === 3 ? { backup: "ben" } : {}),
          }),
        ),
        person("last", { role: "manager" }),
      ],
      calendars: [
        { id: "one", timezone: "Europe/Berlin", hours: week(hours[0] ?? []) },
        { id: "two", timezone: "America/New_York", hours: week(hours[1] ?? []) },
      ],
      teams: [
        {
          id: "one",
          name: "One",
          calendar: "one",
          manager: "mia",
          members: [member(0), member(1)],
          backupTeams: ["two"],
          followTheSun: follow ? ["two"] : [],
        },
        {
          id: "two",
          name: "Two",
          calendar: "two",
          manager: "mia",
          members: [member(1), member(2), member(3)],
        },
      ],
      territories: [
        {
          id: "dach",
          when: { field: "lead.country", op: "in", value: ["DE", "AT", "CH"] },
          to: { person: "eve" },
        },
      ],
      scoring: {
        rules: [{ id: "vp", when: { field: "lead.seniority", op: "eq", value: "vp" }, points: 10 }],
        segments: [
          { id: "hot", min: 10 },
          { id: "cold", min: 0 },
        ],
      },
      routing: {
        rules: [...rules.map((rule, at) => ({ id: `r${at}`, ...rule })), { id: "rest", to: { team: "one" } }],
        default: ["last"],
        defaultSla: "standard",
      },
    });
  });

const lead = fc.record({
  host: fc.constantFrom("gmail.com", "owned.example", "plain.example", "new"),
  same: fc.constantFrom(false, false, false, true),
  title: fc.constantFrom("VP Sales", "Engineer"),
  country: fc.constantFrom("DE", "US", undefined),
  phone: fc.constantFrom("+49 30 901820", undefined),
});

const toFields = ({
  host,
  same,
  title,
  country,
  phone,
}: {
  host: string;
  same: boolean;
  title: string;
  country: string | undefined;
  phone: string | undefined;
}) => ({
  email: `${same ? "same" : `p${unique++}`}@${host === "new" ? `n${unique++}.example` : host}`,
  company: "Somebody",
  title,
  ...(country ? { country } : {}),
  ...(phone ? { phone } : {}),
});

describe("dry run", () => {
  test("is production without the write", async () => {
    await call("PUT", "/v1/accounts", [
      { id: "OWN", name: "Owned", domain: "owned.example", owner: "eve" },
      { id: "PLAIN", name: "Plain", domain: "plain.example", owner: "nobody@nowhere.example" },
    ]);
    const samples = fc.sample(
      fc.record({
        config,
        leads: fc.array(lead, { minLength: 5, maxLength: 8 }),
        away: fc.constantFrom(null, ...IDS),
        hour: fc.integer({ min: 0, max: 96 }),
      }),
      { seed: SEED, numRuns: 60 },
    );
    for (const { config, leads, away, hour } of samples) {
      vi.setSystemTime(Date.parse("2037-11-23T10:00:00Z") + hour * 3_600_000);
      await publish(config);
      await testEnv.DB.prepare("DELETE FROM people_state").run();
      if (away)
        await testEnv.DB.batch([
          testEnv.DB.prepare("INSERT INTO people_state (person_id, away, updated_at) VALUES (?, 1, 0)").bind(
            away,
          ),
          testEnv.DB.prepare("UPDATE revisions SET people = people + 1"),
        ]);
      for (const each of leads) await agree(toFields(each));
    }
    await settled();
    expect(routed).toBeGreaterThanOrEqual(300);
  }, 120_000);

  test("in order: the list goes as captures one after another would", async () => {
    await publish(
      document({
        people: [
          person("mia", { role: "manager" }),
          person("ben", { capacity: 3 }),
          person("cleo"),
          person("last", { role: "manager" }),
        ],
      }),
    );
    const leads = [...Array(8).keys()].map((at) => ({ email: `o${at}@order${at % 6}.example` }));
    const said = (await route(leads, { inOrder: true })).map(({ decision }) => decision?.owner?.id);
    const done: unknown[] = [];
    for (const each of leads)
      done.push((await leadRow((await capture(submission(each), quietEnv, true)).body.leadId))?.["owner_id"]);
    await settled();
    expect(said).toEqual(done);
  });

  test("for another instant; by fields, form and source; writes nothing", async () => {
    await publish(
      document({
        routing: {
          rules: [
            {
              id: "partner",
              when: { field: "source", op: "eq", value: "partner" },
              to: { queue: "qualification" },
            },
            { id: "rest", to: { team: "smb" } },
          ],
          default: ["last"],
          defaultSla: "standard",
        },
      }),
    );
    const before = await testEnv.DB.prepare(
      "SELECT (SELECT count(*) FROM leads) l, (SELECT count(*) FROM events) e, (SELECT count(*) FROM outbox) o, (SELECT total(credit) FROM rotation_credits) c",
    ).first();
    const [a, b] = await route(
      [
        { id: "a", email: "x@later.example", formKey: "demo", country: "Germany" },
        { id: "b", fields: { email: "y@later.example", country: "Atlantis" }, source: "partner" },
      ],
      { at: "2037-12-01T12:00:00+01:00" },
    );
    expect(a).toMatchObject({
      id: "a",
      decision: { ruleId: "rest", firstTouchDueAt: "2037-12-01T11:10:00.000Z" },
      acknowledgement: { kind: "in_coverage" },
      country: { code: "DE", source: "form" },
    });
    expect(b).toMatchObject({
      id: "b",
      country: null,
      decision: { ruleId: "partner", owner: null, queue: { id: "qualification", steward: { id: "mia" } } },
      acknowledgement: { kind: "received", promiseAt: null },
    });
    expect(
      await testEnv.DB.prepare(
        "SELECT (SELECT count(*) FROM leads) l, (SELECT count(*) FROM events) e, (SELECT count(*) FROM outbox) o, (SELECT total(credit) FROM rotation_credits) c",
      ).first(),
    ).toEqual(before);
  });

  test("refuses a form that isn't there, and time without a zone", async () => {
    expect(
      (await call("POST", "/v1/route", { leads: [{ email: "a@b.example", formKey: "nope" }] })).body,
    ).toMatchObject({ status: 422, errors: [{ pointer: "/leads/0/formKey" }] });
    expect((await call("POST", "/v1/route", { leads: [], at: "2037-12-01T12:00:00" })).body).toMatchObject({
      errors: [{ pointer: "/at" }],
    });
  });
});
