/** Back-tests: the same document over the same leads says what production did; another says what would have been otherwise. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import type { BacktestAnswer as Answer, BacktestLead } from "../../schema/wire/backtests.ts";
import { runBacktest } from "../../worker/flows/backtest-run.ts";
import { tendBacktests } from "../../worker/flows/backtest.ts";
import { rehomeAbsent } from "../../worker/flows/rehome.ts";
import { wake } from "../../worker/flows/wake.ts";
import { depsFor } from "../../worker/ports.ts";
import { copyStatements } from "../support/past.ts";
import { call, capture, document, person, publish, submission, testEnv } from "./support/workspace.ts";

const START = Date.parse("2026-11-23T08:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A month on, for leads by the hundred. */
const LATER = START + 30 * 24 * HOUR;
const COUNT = 620;

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: START }));
afterEach(() => vi.useRealTimers());

/** Clocks ring when the test says so. */
const quiet = {
  ...testEnv,
  LEAD_CLOCK: { getByName: () => ({ arm: () => Promise.resolve() }) },
} as unknown as typeof testEnv;

const deps = () => depsFor(quiet, (work) => void work.catch(() => undefined));

/** When the sweeper has to look for somebody whose time off begins. */
let sweepAt = Number.POSITIVE_INFINITY;

/** Time goes on, and every clock rings to the millisecond. */
const until = async (at: number): Promise<void> => {
  if (sweepAt <= at) {
    const now = sweepAt;
    sweepAt = Number.POSITIVE_INFINITY;
    await until(now);
    await rehomeAbsent(deps(), now);
  }
  for (;;) {
    const due = await testEnv.DB.prepare(
      "SELECT id, next_due_at AS at FROM leads WHERE open = 1 AND next_due_at <= ?1 ORDER BY next_due_at, rowid LIMIT 1",
    )
      .bind(at)
      .first<{ id: string; at: number }>();
    if (!due) break;
    vi.setSystemTime(Math.max(due.at, Date.now()));
    await wake(deps(), due.id);
  }
  vi.setSystemTime(at);
};

const start = async (question: object): Promise<Answer> => {
  const { status, body } = await call<Answer>("POST", "/v1/backtests", question);
  expect(status, JSON.stringify(body)).toBe(202);
  return body;
};

const ended = async (begun: Answer): Promise<Answer> => {
  let found = begun;
  for (let tries = 0; found.status === "running" && tries < 100; tries++) {
    await runBacktest(deps(), found.id, { ms: 60_000, slices: 20 });
    found = (await call<Answer>("GET", `/v1/backtests/${found.id}`)).body;
  }
  return found;
};

const office: [string, string][] = [["09:00", "17:00"]];
const week = { mon: office, tue: office, wed: office, thu: office, fri: office };

/** Everything at once: hours, two teams, weights, capacity, a queue, a territory, backups. */
const policy = (more: Partial<ConfigInput> = {}): ConfigInput =>
  document({
    people: [
      person("mia", { role: "manager" }),
      person("ben", { manager: "mia", capacity: 3 }),
      person("cleo", { manager: "mia", capacity: 3 }),
      person("dan", { manager: "mia", backup: "ben" }),
      person("eve", { manager: "mia" }),
      person("last", { role: "manager" }),
    ],
    calendars: [
      { id: "office", timezone: "UTC", hours: week },
      { id: "late", timezone: "America/New_York", hours: week },
    ],
    teams: [
      {
        id: "smb",
        name: "SMB",
        calendar: "office",
        manager: "mia",
        members: [{ person: "ben", weight: 2 }, { person: "cleo" }, { person: "dan" }],
        backupTeams: ["west"],
      },
      { id: "west", name: "West", calendar: "late", manager: "mia", members: [{ person: "eve" }] },
    ],
    routing: {
      rules: [
        {
          id: "free",
          when: { field: "lead.freeMail", op: "eq", value: true },
          to: { queue: "qualification" },
        },
        { id: "us", when: { field: "lead.country", op: "eq", value: "US" }, to: { team: "west" } },
        { id: "rest", to: { team: "smb" } },
      ],
      default: ["last"],
      defaultSla: "standard",
    },
    ...more,
  });

const touch = (leadId: string, by: string) =>
  call("POST", `/v1/leads/${leadId}/touches`, {
    channel: "call",
    direction: "outbound",
    personal: true,
    outcome: "connected",
    by,
  });

const ownerOf = async (leadId: string): Promise<string | null> =>
  (
    await testEnv.DB.prepare("SELECT owner_id AS owner FROM leads WHERE id = ?1")
      .bind(leadId)
      .first<{ owner: string }>()
  )?.owner ?? null;

/** A day and a night of leads, each some minutes after the other; some are touched, some breach, some ask again. */
const aDayAndMore = async (): Promise<number> => {
  let seed = 20261122;
  const random = (n: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * n);
  };
  const waiting: string[] = [];
  let n = 0;
  for (let at = START; at < START + 26 * HOUR; at += (5 + random(75)) * MINUTE) {
    await until(at);
    if (n === 6)
      await call("PUT", "/v1/people/ben/availability", { availability: "away", reason: "dentist" });
    if (n === 12) await call("PUT", "/v1/people/ben/availability", { availability: "available" });
    if (n === 22) sweepAt = at + HOUR;
    if (n === 22)
      await call("POST", "/v1/people/cleo/time-off", {
        start: new Date(sweepAt).toISOString(),
        end: new Date(at + 20 * HOUR).toISOString(),
      });
    if (n === 28) await call("POST", "/v1/people/dan/capacity", { capacity: 1 });
    n++;
    const kind = random(6);
    const domain = kind === 0 ? "gmail.com" : `company${random(30)}.example`;
    const fields = {
      email: `robin${n}@${domain}`,
      company: `Company ${n}`,
      country: kind === 1 ? "US" : "DE",
    };
    const { status, body } = await capture(submission(fields), quiet);
    expect(status).toBe(201);
    waiting.push(body.leadId);
    if (random(5) === 0) continue;
    const id = waiting.splice(random(waiting.length), 1)[0] ?? "";
    // Never in the millisecond in which something else happens.
    await until(at + random(4) * MINUTE + 7_001);
    const owner = await ownerOf(id);
    if (owner === null) await call("POST", `/v1/leads/${id}/release`);
    else await touch(id, owner);
  }
  await until(START + 36 * HOUR);
  return n;
};

describe("the document that decided", () => {
  test("reproduces who owned what, what was told and what breached", async () => {
    await publish(policy());
    const n = await aDayAndMore();
    const found = await ended(await start({ version: 1, from: "2026-11-23" }));
    expect(found).toMatchObject({ status: "done", progress: { decided: n, total: n } });
    expect(found.leads?.filter(({ changes }) => changes.length > 0)).toEqual([]);
    expect(found.summary).toMatchObject({
      leads: n,
      owner: { same: n, other: 0 },
      breached: { avoided: 0, added: 0 },
      promises: { earlier: 0, later: 0 },
      nobody: 0,
      decidedByTodaysCrm: 0,
    });
    const { leads } = found;
    expect(found.summary?.breached.was).toBeGreaterThan(3);
    expect(leads?.some(({ was }) => was.queue !== null)).toBe(true);
    expect(leads?.filter(({ was, would }) => was.lastOwner !== would.lastOwner)).toEqual([]);
    expect(leads?.map(({ would }) => would.ruleId)).toEqual(leads?.map(({ was }) => was.ruleId));
    expect(leads?.map(({ would }) => would.breachedBy)).toEqual(leads?.map(({ was }) => was.breachedBy));
  });
});

const columnsOf = async (table: string): Promise<string[]> =>
  (await testEnv.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()).results.map(
    ({ name }) => name,
  );

/** A past of many leads, copied from two that came in the first minute. */
const longPast = async (count: number): Promise<void> => {
  const originals: string[] = [];
  for (const email of ["a@first.example", "b@second.example"])
    originals.push((await capture(submission({ email }), quiet)).body.leadId);
  const columns = { leads: await columnsOf("leads"), assignments: await columnsOf("assignments") };
  const copies = { count, from: LATER, every: MINUTE, touchedAfter: 4 * MINUTE, untouched: 5 };
  await testEnv.DB.batch(copyStatements(columns, originals, copies).map((sql) => testEnv.DB.prepare(sql)));
};

const rowsOf = async (id: string): Promise<unknown[]> =>
  (
    await testEnv.DB.prepare(
      "SELECT n, lead_id, owner, team, rule, promise_at, touch_at, breached_by, last_owner FROM backtest_leads WHERE backtest_id = ?1 ORDER BY n",
    )
      .bind(id)
      .all()
  ).results;

/** Rows that the database reads for whoever works with `counted`. */
const counting = (): { counted: ReturnType<typeof deps>; read: () => number } => {
  let rows = 0;
  const noted = <T extends { meta: { rows_read: number } }>(result: T): T => {
    rows += result.meta.rows_read;
    return result;
  };
  const watch = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get: (target, name) => {
        if (name === "bind") return (...values: unknown[]) => watch(target.bind(...values));
        if (name === "all") return async () => noted(await target.all());
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? (member.bind(target) as unknown) : member;
      },
    });
  const own = deps();
  const db = {
    prepare: (sql: string) => watch(own.db.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => (await own.db.batch(statements)).map(noted),
  } as unknown as typeof own.db;
  return { counted: { ...own, db }, read: () => rows };
};

describe("another document", () => {
  let id = "";

  beforeEach(() => vi.setSystemTime(LATER + (COUNT + 60) * MINUTE));

  test("says who would have owned what, what would have breached, and for which leads", async () => {
    const now = Date.now();
    vi.setSystemTime(LATER - MINUTE);
    await publish(document());
    await longPast(COUNT);
    vi.setSystemTime(now);
    const draft = document();
    const [team] = draft.teams ?? [];
    const only = { ...team, members: [{ person: "ben" }] } as NonNullable<ConfigInput["teams"]>[number];
    const slow = { ...draft, teams: [only], sla: [{ id: "standard", firstTouch: "PT3M" }] };
    const from = new Date(LATER).toISOString();
    const found = await ended(await start({ document: slow, from }));
    id = found.id;
    expect(found).toMatchObject({
      status: "done",
      version: null,
      progress: { decided: COUNT, total: COUNT },
    });
    const { summary } = found;
    expect(summary?.owner).toEqual({ same: COUNT / 2, other: COUNT / 2 });
    // Answered after four minutes, so every promise of three breaks; those of ten broke only where nobody answered.
    expect(summary?.breached).toMatchObject({ was: 0, would: COUNT });
    expect(summary?.promises.was.wait.p50).toBe(600);
    expect(summary?.promises.would.wait.p90).toBe(180);
    expect(summary?.people.find((each) => each.id === "ben")).toMatchObject({
      was: { leads: COUNT / 2 },
      would: { leads: COUNT, breaches: COUNT },
    });
    expect(found.leads).toHaveLength(100);
  });

  test("leads are paged, filtered and written as CSV", async () => {
    const page = (query: string) =>
      call<{ leads: BacktestLead[]; next: string | null }>("GET", `/v1/backtests/${id}/leads?${query}`);
    const first = await page("change=owner&limit=200");
    expect(first.body.leads).toHaveLength(200);
    const second = await page(`change=owner&limit=200&cursor=${first.body.next ?? ""}`);
    expect(second.body.leads).toHaveLength(COUNT / 2 - 200);
    expect(second.body.next).toBeNull();
    expect((await page("person=cleo&limit=1000")).body.leads).toHaveLength(COUNT / 2);
    expect((await page("change=breach_avoided")).body.leads).toEqual([]);
    const csv = await call<{ text: string }>("GET", `/v1/backtests/${id}/leads?format=csv`);
    expect(csv.headers.get("content-type")).toContain("text/csv");
    expect(csv.body.text.trimEnd().split("\r\n")).toHaveLength(COUNT + 1);
    expect((await page("cursor=x")).status).toBe(422);
    expect((await call("GET", "/v1/backtests/none/leads")).status).toBe(404);
  });

  test("the condition says what is counted, and all leads are decided", async () => {
    const where = { field: "lead.email", op: "eq", value: "b@second.example" };
    const found = await ended(await start({ from: new Date(LATER).toISOString(), where }));
    expect(found.version).toBe(2);
    expect(found.progress.decided).toBe(COUNT);
    expect(found.summary?.leads).toBe(COUNT / 2);
  });

  test("an interrupted one goes on where it was, by any hand, and comes to the same", async () => {
    const question = { version: 2, from: new Date(LATER).toISOString() };
    const whole = await ended(await start(question));
    const begun = await start(question);
    await testEnv.DB.batch([
      testEnv.DB.prepare("DELETE FROM backtest_leads WHERE backtest_id = ?1").bind(begun.id),
      testEnv.DB.prepare(
        `UPDATE backtests SET status = 'running', slice = 0, decided = 0, summary = NULL, finished_at = NULL,
           progress = (SELECT json_object('phase', 'earlier', 'place', json_object('at', 0, 'row', 0), 'clock', from_at,
             'n', -1000000000, 'fromToday', 0)),
           world = '{}' WHERE id = ?1`,
      ).bind(begun.id),
    ]);
    const slice = { ms: 60_000, slices: 1 };
    // Two hands at the same slice: one of them finds it written.
    await Promise.all([runBacktest(deps(), begun.id, slice), runBacktest(deps(), begun.id, slice)]);
    await runBacktest(deps(), begun.id, slice);
    // A slice costs its own leads: not those that came before it, nor those of other back-tests.
    const { counted, read } = counting();
    await runBacktest(counted, begun.id, slice);
    expect(read()).toBeGreaterThan(1_000);
    expect(read()).toBeLessThan(20_000);
    expect((await call<Answer>("GET", `/v1/backtests/${begun.id}`)).body).toMatchObject({
      status: "running",
    });
    // Its runner is gone; the cron wakes another after a minute.
    const woken: string[] = [];
    vi.setSystemTime(Date.now() + 61_000);
    await tendBacktests(deps(), (one) => Promise.resolve(void woken.push(one)));
    expect(woken).toEqual([begun.id]);
    const stub = testEnv.BACKTEST_RUNNER.getByName(begun.id);
    await stub.kick(begun.id);
    for (let shifts = 0; shifts < 5 && (await runDurableObjectAlarm(stub)); shifts++);
    const resumed = (await call<Answer>("GET", `/v1/backtests/${begun.id}`)).body;
    expect(resumed.status).toBe("done");
    expect(resumed.summary).toEqual(whole.summary);
    expect(await rowsOf(begun.id)).toEqual(await rowsOf(whole.id));
  });

  test("a cancelled one stays as it is; a finished one can't be cancelled", async () => {
    const begun = await start({ version: 2, from: new Date(LATER).toISOString() });
    await testEnv.DB.prepare("UPDATE backtests SET status = 'running', finished_at = NULL WHERE id = ?1")
      .bind(begun.id)
      .run();
    const cancel = (one: string) => call<Answer>("POST", `/v1/backtests/${one}/cancel`);
    expect((await cancel(begun.id)).body.status).toBe("cancelled");
    expect((await cancel(begun.id)).status).toBe(200);
    expect(await runBacktest(deps(), begun.id, { ms: 1_000, slices: 1 })).toBe("ended");
    expect((await cancel(id)).status).toBe(409);
    expect((await cancel("none")).status).toBe(404);
    const list = await call<{ backtests: Answer[] }>("GET", "/v1/backtests?limit=2");
    expect(list.body.backtests.map(({ status }) => status)).toEqual(["cancelled", "done"]);
  });

  test.each([
    ["no period", {}, "/from"],
    ["no date", { from: "soon" }, "/from"],
    ["a period to come", { from: "2027-01-01" }, "/from"],
    ["an end before the beginning", { from: "2026-11-23", to: "2026-11-20" }, "/to"],
    ["an unknown name", { from: "2026-11-23", until: 1 }, "/until"],
    ["a version that isn't", { from: "2026-11-23", version: 99 }, "/version"],
    ["both", { from: "2026-11-23", version: 1, document: {} }, "/version"],
    ["a draft with errors", { from: "2026-11-23", document: { people: 1 } }, "/document/people"],
    [
      "an unknown field",
      { from: "2026-11-23", where: { field: "lead.nose", op: "eq", value: 1 } },
      "/where/field",
    ],
  ])("%s is refused with its place", async (_what, body, pointer) => {
    const { status, body: problem } = await call<{ errors: { pointer: string }[] }>(
      "POST",
      "/v1/backtests",
      body,
    );
    expect(status).toBe(422);
    expect(problem.errors.map((error) => error.pointer)).toContain(pointer);
  });

  test("who may not read the policy may not try one", async () => {
    expect((await call("POST", "/v1/backtests", { from: "2026-11-23" }, {})).status).toBe(401);
  });
});
