/** The waterfall counts what the lists behind its numbers hold, from its indexes alone; the week says who is there. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Coverage, PolicyFlow } from "../../schema/wire/policy.ts";
import { readFlow, TAKEN } from "../../worker/store/flow.ts";
import {
  call,
  capture,
  document,
  person,
  publish,
  quietEnv,
  submission,
  testEnv,
} from "./support/workspace.ts";

const NOW = Date.parse("2037-11-24T10:00:00Z");
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: NOW }));
afterEach(() => vi.useRealTimers());

const office = {
  id: "office",
  timezone: "America/New_York",
  hours: { tue: [["09:00", "12:00"]] as [string, string][] },
  holidaySets: ["US"],
};

const policy = () =>
  document({
    people: [
      person("mia", { role: "manager" }),
      person("ben", { manager: "mia", capacity: 1 }),
      person("cleo", { manager: "mia" }),
      person("dina", { manager: "mia", calendar: "office" }),
      person("last", { role: "manager" }),
    ],
    calendars: [...(document().calendars ?? []), office],
    teams: [
      { id: "smb", name: "SMB", calendar: "always", manager: "mia", members: [{ person: "ben" }] },
      { id: "desk", name: "Desk", calendar: "always", manager: "mia", members: [{ person: "cleo" }] },
      { id: "late", name: "Late", calendar: "office", members: [{ person: "dina" }], followTheSun: ["desk"] },
      { id: "bare", name: "Bare", calendar: "always", members: [{ person: "dina" }] },
    ],
    suppression: [
      {
        id: "rivals",
        name: "Rivals",
        when: { field: "lead.company", op: "eq", value: "Rival" },
        to: { queue: "qualification" },
      },
    ],
    routing: {
      rules: [
        { id: "trial", name: "Trial", when: {}, to: { team: "late" }, mode: "observe" },
        {
          id: "late",
          name: "Late",
          when: { field: "lead.company", op: "eq", value: "Late" },
          to: { team: "late" },
        },
        { id: "rest", name: "Rest", to: { team: "smb" }, backup: { team: "desk" }, tags: ["all"] },
      ],
      default: ["last"],
      defaultSla: "standard",
    },
  });

const send = async (company: string): Promise<void> => {
  expect((await capture(submission({ company }), quietEnv)).status).toBe(201);
};

const flow = async (query = ""): Promise<PolicyFlow> => {
  const { status, body } = await call<PolicyFlow & Record<string, unknown>>(
    "GET",
    `/v1/routing/flow${query}`,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

const listed = async (query: Record<string, string>): Promise<number> => {
  const text = new URLSearchParams({ limit: "200", ...query }).toString();
  const { status, body } = await call<{ leads: unknown[] }>("GET", `/v1/leads?${text}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.leads.length;
};

test("each branch counts what it took and where the others went; every number leads to just those leads", async () => {
  await publish(policy());
  vi.setSystemTime(NOW - 20 * 86_400_000);
  await send("Late");
  vi.setSystemTime(NOW - 3_600_000);
  for (const company of ["Rival", "Late", "One", "Two", "Three"]) await send(company);
  vi.setSystemTime(NOW);
  // As the release before wrote it, until its successor was uploaded.
  const { meta } = await testEnv.DB.prepare(
    "UPDATE assignments SET chosen = json_remove(chosen, '$.way') WHERE seq = 1 AND rule_id = 'rest' AND way = 'target'",
  ).run();
  expect(meta.changes).toBeGreaterThan(0);

  const week = await flow();
  const row = (id: string) => week.branches.find((branch) => branch.id === id)!;
  expect(week.branches.map(({ id }) => id)).toEqual([
    "rivals",
    "relationship",
    "trial",
    "late",
    "rest",
    "~default",
  ]);
  expect(week.total).toBe(5);
  expect(row("rivals")).toMatchObject({
    kind: "suppression",
    leads: 1,
    reached: 5,
    fellThrough: 0,
    to: "the queue Qualification",
  });
  expect(row("trial")).toMatchObject({ mode: "observe", leads: 0, observed: 4, reached: 4 });
  expect(row("late").ways).toEqual([{ way: "sun", leads: 1, to: ["Desk"] }]);
  expect(row("rest")).toMatchObject({
    leads: 3,
    reached: 3,
    share: 0.6,
    fellThrough: 2,
    tags: ["all"],
    backup: "Desk",
  });
  // One lead is all that Ben may hold.
  expect(row("rest").ways).toEqual([
    { way: "target", leads: 1, to: ["SMB"] },
    { way: "ruleBackup", leads: 2, to: ["Desk"] },
  ]);

  const period = { from: week.from, to: week.to };
  for (const { id, leads, observed, ways } of week.branches) {
    expect(await listed({ rule: id, ...period }), id).toBe(leads);
    if (observed > 0) expect(await listed({ rule: id, way: "observed", ...period }), id).toBe(observed);
    for (const { way, leads: those } of ways)
      expect(await listed({ rule: id, way, ...period }), `${id} ${way}`).toBe(those);
  }
  const month = await flow(`?from=${new Date(NOW - 30 * 86_400_000).toISOString()}`);
  expect(month.branches.find(({ id }) => id === "late")).toMatchObject({ leads: 2 });

  const changed = policy();
  await publish({
    ...changed,
    routing: { ...changed.routing, rules: changed.routing.rules!.filter(({ id }) => id !== "rest") },
  });
  expect((await flow()).branches.at(-1)).toMatchObject({ id: "rest", kind: "retired", leads: 3, reached: 3 });
});

test("a period costs its own leads, not the table: rows read and the plans say so", async () => {
  await testEnv.DB.prepare(
    `INSERT INTO assignments (lead_id, seq, person_id, at, cause, rule_id, policy_version, config_seen, people_seen, chosen, considered, trace)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
     SELECT 'bulk-' || i, 1, 'ben', ?1 + i, 'capture', 'rest', r.config, r.config, r.people,
       '{"reason":"Rest: SMB","way":"target","target":"team:smb"}', '[]', '[{"step":"Rule: Trial","rule":"trial","outcome":"observed","detail":"always"}]'
     FROM n, revisions r WHERE r.id = 1`,
  )
    .bind(NOW - 200 * 86_400_000)
    .run();
  const { taken, rowsRead } = await readFlow(testEnv.DB, { from: NOW - 7 * 86_400_000, to: NOW });
  expect(taken.reduce((sum, { leads }) => sum + leads, 0)).toBe(5);
  // Whatever the words: by codes and ids alone.
  await testEnv.DB.prepare(
    `UPDATE assignments SET chosen = '{"reason":"Some other words","way":"manager","target":"person:mia"}' WHERE lead_id = 'bulk-7'`,
  ).run();
  const old = await readFlow(testEnv.DB, { from: NOW - 201 * 86_400_000, to: NOW - 199 * 86_400_000 });
  expect(old.taken.map(({ way, target, leads }) => [way, target, leads])).toEqual([
    ["manager", "person:mia", 1],
    ["target", "team:smb", 2999],
  ]);
  const { body } = await call<PolicyFlow & Record<string, unknown>>(
    "GET",
    `/v1/routing/flow?from=${new Date(NOW - 201 * 86_400_000).toISOString()}`,
  );
  expect(body.branches.find(({ id }) => id === "rest")?.ways).toContainEqual({
    way: "manager",
    leads: 1,
    to: ["Mia"],
  });
  expect(rowsRead).toBeLessThan(200);
  const wide = await readFlow(testEnv.DB, { from: NOW - 201 * 86_400_000, to: NOW });
  expect(wide.observed.get("trial")).toBe(3005);
  const { results } = await testEnv.DB.prepare(`EXPLAIN QUERY PLAN ${TAKEN}`)
    .bind(1, 2)
    .all<{ detail: string }>();
  // Whatever it shows of a row stands in the index: the table is never looked at.
  expect(results[0]?.detail).toBe("SEARCH a USING INDEX assignments_first (at>? AND at<?)");
});

test("what can't be a period is told with its place", async () => {
  const { status, body } = await call(
    "GET",
    "/v1/routing/flow?from=2037-11-24T10:00:00Z&to=2037-11-24T10:00:00Z",
  );
  expect(status).toBe(422);
  expect(body["errors"]).toEqual([
    { pointer: "/query/from", detail: "the period must begin before it ends" },
  ]);
  expect((await call("GET", "/v1/coverage?week=2037-02-30")).status).toBe(422);
  expect((await call("GET", "/v1/coverage?timezone=Mars/Olympus")).status).toBe(422);
});

test("the week says who is there, where nobody is and why, and the holidays ahead", async () => {
  const { body } = await call<Coverage & Record<string, unknown>>(
    "GET",
    "/v1/coverage?week=2037-11-25&timezone=America/New_York",
  );
  expect(body).toMatchObject({
    week: "2037-11-23",
    from: "2037-11-23T05:00:00.000Z",
    timezone: "America/New_York",
  });
  const team = (id: string) => body.teams.find((each) => each.id === id)!;
  const tuesday = (hour: number) => team("late").cells[24 + hour];
  expect(tuesday(8)).toMatchObject({ open: 0, people: [] });
  expect(tuesday(9)).toMatchObject({ open: 60, uncovered: 0, least: 1, people: ["dina"] });
  expect(team("bare").holes[0]).toEqual({
    from: "2037-11-23T05:00:00.000Z",
    to: "2037-11-24T14:00:00.000Z",
    why: "Dina is off shift",
  });
  expect(team("smb").holes).toEqual([]);
  expect(body.nobody).toEqual([]);
  // Thanksgiving is a Thursday, when that office is closed anyway; Christmas too. Nothing changes on either.
  expect(body.holidays).toEqual([]);
});
