/** A past for back-tests: a day and a night that really happened, and many leads copied from two. */
import { expect, vi } from "vitest";
import type { ConfigInput } from "../../../schema/config/document.ts";
import type { BacktestAnswer as Answer } from "../../../schema/wire/backtests.ts";
import { runBacktest } from "../../../worker/flows/backtest-run.ts";
import { rehomeAbsent } from "../../../worker/flows/rehome.ts";
import { wake } from "../../../worker/flows/wake.ts";
import { depsFor } from "../../../worker/ports.ts";
import { copyStatements } from "../../support/past.ts";
import { call, capture, countingRows, document, person, quietEnv, submission, testEnv } from "./workspace.ts";

export const START = Date.parse("2037-11-23T08:00:00Z");
export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A month on, for leads by the hundred. */
export const LATER = START + 30 * 24 * HOUR;
export const COUNT = 620;

export const deps = () => depsFor(quietEnv, (work) => void work.catch(() => undefined));

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

export const start = async (question: object): Promise<Answer> => {
  const { status, body } = await call<Answer>("POST", "/v1/backtests", question);
  expect(status, JSON.stringify(body)).toBe(202);
  return body;
};

export const ended = async (begun: Answer): Promise<Answer> => {
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
export const policy = (more: Partial<ConfigInput> = {}): ConfigInput =>
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
export const aDayAndMore = async (): Promise<number> => {
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
    const { status, body } = await capture(submission(fields), quietEnv);
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

const columnsOf = async (table: string): Promise<string[]> =>
  (await testEnv.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()).results.map(
    ({ name }) => name,
  );

/** A past of many leads, copied from two that came in the first minute. */
export const longPast = async (count: number): Promise<void> => {
  const originals: string[] = [];
  for (const email of ["a@first.example", "b@second.example"])
    originals.push((await capture(submission({ email }), quietEnv)).body.leadId);
  const columns = { leads: await columnsOf("leads"), assignments: await columnsOf("assignments") };
  const copies = { count, from: LATER, every: MINUTE, touchedAfter: 4 * MINUTE, untouched: 5 };
  await testEnv.DB.batch(copyStatements(columns, originals, copies).map((sql) => testEnv.DB.prepare(sql)));
};

/** Rows that the database reads for whoever works with `counted`. */
export const counting = (): { counted: ReturnType<typeof deps>; read: () => number } => {
  const own = deps();
  const { db, read } = countingRows(own.db);
  return { counted: { ...own, db }, read };
};
