/** Back-tests: the same document over the same leads says what production did; another says what would have been otherwise. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import type { BacktestAnswer as Answer, BacktestLead } from "../../schema/wire/backtests.ts";
import { runBacktest } from "../../worker/flows/backtest-run.ts";
import { EMPTY_WORLD } from "../../worker/domain/backtest/world.ts";
import { summarise } from "../../worker/store/backtest-summary.ts";
import { tendBacktests } from "../../worker/flows/backtest.ts";
import { call, document, publish, testEnv } from "./support/workspace.ts";
import {
  COUNT,
  LATER,
  MINUTE,
  START,
  aDayAndMore,
  counting,
  deps,
  ended,
  longPast,
  policy,
  start,
} from "./support/backtests.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: START }));
afterEach(() => vi.useRealTimers());

describe("the document that decided", () => {
  test("reproduces who owned what, what was told and what breached", async () => {
    await publish(policy());
    const n = await aDayAndMore();
    const found = await ended(await start({ version: 1, from: "2037-11-23" }));
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
    const { deadlines, breached, people } = found.summary ?? {};
    expect(deadlines?.was).toBe(people?.reduce((sum, { was }) => sum + was.breaches, 0));
    expect(deadlines?.was).toBeGreaterThan(breached?.was ?? 0);

    // A dialler's record from before the deadline takes the breach back; what somebody only says doesn't.
    const late = leads?.filter(({ was }) => was.breachedBy.length > 0 && was.firstTouchAt === null) ?? [];
    for (const [nth, grade] of ["verified", "reported"].entries())
      await call("POST", `/v1/leads/${late[nth]?.leadId ?? ""}/touches`, {
        channel: "call",
        direction: "outbound",
        personal: true,
        outcome: "connected",
        by: late[nth]?.was.owner,
        at: new Date(Date.parse(late[nth]?.at ?? "") + MINUTE).toISOString(),
        evidence: { grade },
      });
    const again = await ended(await start({ version: 1, from: "2037-11-23" }));
    const [voided, said] = late.map((one) => again.leads?.find(({ leadId }) => leadId === one.leadId)?.was);
    expect(voided?.breachedBy).toEqual([]);
    expect(said?.breachedBy).toEqual(late[1]?.was.breachedBy);
    expect(again.summary?.breached).toMatchObject({ was: (breached?.was ?? 0) - 1, avoided: 0, added: 0 });
  });

  test("promises are judged by the minute told; what is still to come or was withdrawn is apart", async () => {
    const told = START + 30_000;
    const rows: [touched: number | null, closed: number | null][] = [
      [START + 45_000, null],
      [START + MINUTE, null],
      [START + MINUTE + 1, null],
      [null, null],
      [null, START + MINUTE],
      [null, START + MINUTE + 1],
    ];
    const put = testEnv.DB.prepare(
      `INSERT INTO backtest_leads (backtest_id, n, lead_id, at, counts, intervened, related, was_promise_at, was_touch_at, promise_at, touch_at,
         was_breached_by, breached_by, state)
       VALUES ('minutes', ?1, ?1, ?2, 1, 0, 0, ?2, ?3, ?2, ?3, '[]', '[]', json_object('closeAt', ?4))`,
    );
    await testEnv.DB.batch(rows.map(([touched, closed], n) => put.bind(n, told, touched, closed)));
    const world = { ...EMPTY_WORLD, fromToday: 0 };
    const early = await summarise(testEnv.DB, "minutes", { ...world, until: START + MINUTE });
    expect(early.promises.was).toMatchObject({ told: 6, decided: 3, kept: 2, waiting: 2, withdrawn: 1 });
    const { promises } = await summarise(testEnv.DB, "minutes", { ...world, until: START + MINUTE + 1 });
    expect(promises.would).toMatchObject({ told: 6, decided: 5, kept: 2, waiting: 0, withdrawn: 1 });
  });
});

const rowsOf = async (id: string): Promise<unknown[]> =>
  (
    await testEnv.DB.prepare(
      "SELECT n, lead_id, owner, team, rule, promise_at, touch_at, breached_by, last_owner FROM backtest_leads WHERE backtest_id = ?1 ORDER BY n",
    )
      .bind(id)
      .all()
  ).results;

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
    ["a period to come", { from: "2038-01-01" }, "/from"],
    ["an end before the beginning", { from: "2037-11-23", to: "2037-11-20" }, "/to"],
    ["an unknown name", { from: "2037-11-23", until: 1 }, "/until"],
    ["a version that isn't", { from: "2037-11-23", version: 99 }, "/version"],
    ["both", { from: "2037-11-23", version: 1, document: {} }, "/version"],
    ["a draft with errors", { from: "2037-11-23", document: { people: 1 } }, "/document/people"],
    [
      "an unknown field",
      { from: "2037-11-23", where: { field: "lead.nose", op: "eq", value: 1 } },
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
    expect((await call("POST", "/v1/backtests", { from: "2037-11-23" }, {})).status).toBe(401);
  });
});
