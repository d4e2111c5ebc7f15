/** Somebody leaves, and a window opens: nothing is ever with nobody, and the most urgent come first. */
import { createExecutionContext, runDurableObjectAlarm, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import { budgeted } from "../../worker/flows/budget.ts";
import { handOut } from "../../worker/flows/hand-out.ts";
import { rehomeAbsent } from "../../worker/flows/rehome.ts";
import { sweep } from "../../worker/flows/sweep.ts";
import { depsFor } from "../../worker/ports.ts";
import { SHARDS } from "../../worker/store/clocks.ts";
import { writeDeparture } from "../../worker/store/deactivate.ts";
import { overflowing } from "../../worker/store/openings.ts";
import { readCurrent } from "../../worker/store/people.ts";
import {
  call,
  capture,
  document,
  person,
  publish,
  settled,
  submission,
  testEnv,
} from "./support/workspace.ts";

const { DB } = testEnv;
const MINUTE = 60_000;
/** A Monday, 12:00 UTC. */
const NOON = Date.parse("2026-11-23T12:00:00.000Z");

const rows = async <T>(sql: string, ...values: unknown[]): Promise<T[]> =>
  (
    await DB.prepare(sql)
      .bind(...values)
      .all<T>()
  ).results;

const swept = async () => {
  const context = createExecutionContext();
  const result = await sweep(
    depsFor(testEnv, (work) => {
      context.waitUntil(work);
    }),
  );
  await waitOnExecutionContext(context);
  return result;
};

/** Every clock whose time has come, until none has. */
const ring = async (): Promise<void> => {
  await Promise.all(
    SHARDS.split("").map((shard) => runDurableObjectAlarm(testEnv.LEAD_CLOCK.getByName(shard))),
  );
};

/** What must hold at any moment. */
const nobody = (): Promise<unknown[]> =>
  rows(
    `SELECT l.id, l.owner_id, l.steward_id FROM leads l LEFT JOIN people_state p ON p.person_id = coalesce(l.owner_id, l.steward_id)
     WHERE l.open = 1 AND (p.deactivated_at IS NOT NULL OR l.next_due_at IS NULL OR coalesce(l.owner_id, l.steward_id) IS NULL
       OR NOT EXISTS (SELECT 1 FROM assignments a WHERE a.lead_id = l.id AND a.seq = l.assignment_seq AND a.person_id IS l.owner_id))`,
  );

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  await DB.batch(
    [
      "leads",
      "assignments",
      "submissions",
      "outbox",
      "tasks",
      "people_state",
      "rotation_credits",
      "openings",
    ].map((table) => DB.prepare(`DELETE FROM ${table}`)),
  );
  await DB.prepare("UPDATE revisions SET people = people + 1").run();
});
afterEach(async () => {
  await settled();
  vi.useRealTimers();
});

const company = (): ConfigInput =>
  document({
    people: [
      person("mia", { role: "manager" }),
      person("ben", { manager: "mia", backup: "cleo" }),
      person("cleo", { manager: "mia" }),
      person("dan", { manager: "mia" }),
      person("last", { role: "manager" }),
    ],
    teams: [
      {
        id: "smb",
        name: "SMB",
        calendar: "always",
        manager: "mia",
        members: [{ person: "ben" }, { person: "dan" }],
      },
    ],
    queues: [{ id: "qualification", name: "Qualification", steward: "ben", backupSteward: "dan" }],
    routing: {
      rules: [
        {
          id: "free",
          when: { field: "lead.freeMail", op: "eq", value: true },
          to: { queue: "qualification" },
        },
        { id: "rest", to: { team: "smb" } },
      ],
      default: ["last", "mia"],
      defaultSla: "standard",
    },
  });

/** Four leads for Ben (one of them touched, with a task) and Dan each, two in Ben's queue. */
const fill = async (): Promise<string[]> => {
  await publish(company());
  const ids: string[] = [];
  for (let n = 0; n < 8; n++) ids.push((await capture(submission(), testEnv, true)).body.leadId);
  for (const name of ["f1", "f2"]) await capture(submission({ email: `${name}@gmail.com` }), testEnv, true);
  const [mine] = await rows<{ id: string }>(
    "SELECT id FROM leads WHERE owner_id = 'ben' ORDER BY id LIMIT 1",
  );
  await call("POST", `/v1/leads/${mine?.id}/touches`, { channel: "call", outcome: "connected", by: "ben" });
  await DB.prepare(
    "INSERT INTO tasks (id, lead_id, owner_id, kind, due_at, created_at) VALUES ('t', ?1, 'ben', 'noReply', 0, 0)",
  )
    .bind(mine?.id)
    .run();
  return ids;
};

describe("deactivating somebody", () => {
  test("gives all they hold to others in the same write, and routes it again", async () => {
    await fill();
    const answer = await call("POST", "/v1/people/ben/deactivate", { reason: "left the company" });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      heir: "cleo",
      leads: 4,
      queued: 2,
      tasks: 1,
      routed: 4,
      remaining: 0,
    });
    expect(await nobody()).toEqual([]);
    // By the policy they are Dan's: Cleo, Ben's backup, isn't in the team.
    expect(await rows("SELECT DISTINCT owner_id AS owner FROM leads WHERE owner_id IS NOT NULL")).toEqual([
      { owner: "dan" },
    ]);
    expect(await rows("SELECT DISTINCT steward_id AS steward FROM leads WHERE queue_id IS NOT NULL")).toEqual(
      [{ steward: "dan" }],
    );
    expect(await rows("SELECT owner_id AS owner FROM tasks")).toEqual([{ owner: "dan" }]);
    const [touched] = await rows<{ timers: string }>(
      "SELECT timers FROM leads WHERE first_touch_at IS NOT NULL",
    );
    expect(touched?.timers).toContain("secondTouch");
    expect(touched?.timers).not.toContain("rehome");
    const again = await call("POST", "/v1/people/ben/deactivate", {});
    expect(again.body).toMatchObject({ heir: null, leads: 0 });
    await capture(submission());
    expect(await rows("SELECT 1 FROM leads WHERE owner_id = 'ben'")).toEqual([]);
    expect((await call("POST", "/v1/people/ben/reactivate", {})).status).toBe(204);
  });

  test("a crash right after the write: the clocks route what is left", async () => {
    await fill();
    const current = await readCurrent(DB, NOON);
    const left = await writeDeparture(DB, {
      personId: "ben",
      heir: { id: "cleo", name: "Cleo" },
      stewards: { qualification: "dan" },
      subscribed: [{ id: "ops", channel: "webhook" }],
      actor: "system",
      reason: null,
      now: NOON,
      routeAgainAt: NOON + 30_000,
      seen: { config: current.config, people: current.revision },
    });
    expect(left).toEqual({ leads: 4, queued: 2, tasks: 1 });
    // Between the write and what follows: Cleo holds them all, each with a clock.
    expect(await nobody()).toEqual([]);
    expect(await rows("SELECT count(*) AS n FROM leads WHERE owner_id = 'cleo'")).toEqual([{ n: 4 }]);
    await swept();
    vi.setSystemTime(NOON + 31_000);
    await ring();
    expect(await nobody()).toEqual([]);
    expect(await rows("SELECT count(*) AS n FROM leads WHERE owner_id = 'cleo'")).toEqual([{ n: 0 }]);
    // Once more against what has moved on: nothing is written.
    expect(
      await writeDeparture(DB, {
        personId: "dan",
        heir: { id: "cleo", name: "Cleo" },
        stewards: {},
        subscribed: [],
        actor: "system",
        reason: null,
        now: NOON,
        routeAgainAt: NOON,
        seen: { config: current.config, people: current.revision },
      }),
    ).toBeNull();
    expect(await rows("SELECT 1 FROM people_state WHERE person_id = 'dan'")).toEqual([]);
  });

  test("leads that come in at the same moment never stay with them", async () => {
    await publish(company());
    const [left, ...captured] = await Promise.all([
      call("POST", "/v1/people/ben/deactivate", {}),
      ...Array.from({ length: 30 }, () => capture(submission())),
    ]);
    expect(left.status).toBe(200);
    expect(captured.every(({ status }) => status === 201)).toBe(true);
    expect(await nobody()).toEqual([]);
  });

  test("is refused with a counterexample where the policy would have a hole", async () => {
    await publish(company());
    expect((await call("POST", "/v1/people/last/deactivate", {})).status).toBe(200);
    const refused = await call<{ findings: { code: string; counterexample: { leads: unknown[] } }[] }>(
      "POST",
      "/v1/people/mia/deactivate",
      {},
    );
    expect(refused.status).toBe(409);
    expect(refused.body.findings[0]).toMatchObject({ code: "no_last_resort" });
    expect(refused.body.findings[0]?.counterexample.leads).toHaveLength(1);
    expect(await rows("SELECT 1 FROM people_state WHERE person_id = 'mia'")).toEqual([]);
    expect((await call("POST", "/v1/people/somebody/deactivate", {})).status).toBe(404);
  });
});

describe("each minute", () => {
  /** Six leads, three of them with Ben, who is away since. */
  const away = async (): Promise<string[]> => {
    await publish(company());
    for (let n = 0; n < 6; n++) await capture(submission(), testEnv, true);
    await DB.batch([
      DB.prepare(
        "INSERT INTO people_state (person_id, away, away_since, updated_at) VALUES ('ben', 1, ?1, ?1)",
      ).bind(NOON + 1),
      DB.prepare("UPDATE revisions SET people = people + 1"),
    ]);
    vi.setSystemTime(NOON + MINUTE);
    return (await rows<{ id: string }>("SELECT id FROM leads WHERE owner_id = 'ben' ORDER BY id")).map(
      ({ id }) => id,
    );
  };
  const bens = () => rows<{ id: string }>("SELECT id FROM leads WHERE owner_id = 'ben'");

  test("a lead that can't be moved keeps no other from it, and no other part from its turn", async () => {
    const [stuck, ...others] = await away();
    expect(others).toHaveLength(2);
    await DB.prepare(
      `CREATE TRIGGER stuck BEFORE UPDATE ON leads WHEN new.id = '${stuck}' BEGIN SELECT raise(ABORT, 'no'); END`,
    ).run();
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    try {
      expect(await swept()).toMatchObject({ rehomed: 2 });
      expect(await bens()).toEqual([{ id: stuck }]);
      expect(log).toHaveBeenCalledWith(expect.stringContaining(`"id":"${stuck}"`));
    } finally {
      log.mockRestore();
      await DB.prepare("DROP TRIGGER stuck").run();
    }
    expect(await swept()).toMatchObject({ rehomed: 1 });
  });

  test("what the platform's questions don't suffice for is done a minute later", async () => {
    await away();
    const deps = depsFor(testEnv, (work) => void work.catch(() => undefined));
    const moved = await rehomeAbsent(budgeted(deps, 203), NOON + MINUTE);
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(3);
    expect(await rehomeAbsent(deps, NOON + MINUTE)).toBe(3 - moved);
    expect(await bens()).toEqual([]);
  });
});

describe("when a window opens", () => {
  const NIGHT = Date.parse("2026-11-23T20:00:00.000Z");
  const OPENING = Date.parse("2026-11-24T09:00:00.000Z");
  const office = (): ConfigInput =>
    document({
      people: [
        person("mia", { role: "manager" }),
        person("ben", { capacity: 2 }),
        person("cleo", { capacity: 1 }),
        person("last", { role: "manager", calendar: "always" }),
      ],
      calendars: [
        {
          id: "office",
          timezone: "UTC",
          hours: { mon: [["09:00", "17:00"]], tue: [["09:00", "17:00"]], wed: [["09:00", "17:00"]] },
        },
        ...(document().calendars ?? []),
      ],
      teams: [
        {
          id: "smb",
          name: "SMB",
          calendar: "office",
          manager: "mia",
          members: [{ person: "ben" }, { person: "cleo" }],
        },
      ],
      routing: {
        rules: [
          {
            id: "vip",
            when: { field: "lead.company", op: "eq", value: "Whale" },
            to: { team: "smb" },
            priority: 50,
          },
          { id: "rest", to: { team: "smb" } },
        ],
        default: ["last"],
        defaultSla: "standard",
      },
    });

  test("the most urgent get the capacity, the manager holds the rest, and it is handed out as capacity frees", async () => {
    await publish(office());
    vi.setSystemTime(NIGHT);
    const told = [];
    for (let n = 0; n < 6; n++) {
      const { body } = await capture(submission({ company: n >= 4 ? "Whale" : "Minnow" }), testEnv, true);
      told.push(body.acknowledgement);
      vi.setSystemTime(NIGHT + n * 1000);
    }
    // Three are answered within the first target; who comes after that is told the part of the day.
    expect(told.slice(0, 3).map(({ message }) => message)).toEqual(
      Array(3).fill(expect.stringContaining("by 09:10")),
    );
    expect(told[4]).toMatchObject({ dayPart: "morning", promiseAt: "2026-11-24T12:00:00.000Z" });
    expect(told[4]?.message).toContain("in the morning");
    vi.setSystemTime(OPENING);
    await ring();
    const holds = () =>
      rows<{ owner: string; company: string; n: number }>(
        `SELECT owner_id AS owner, facts ->> '$.lead.company' AS company, count(*) AS n FROM leads
         WHERE provisional = 0 AND first_touch_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2`,
      );
    const whales = (await holds()).filter(({ company }) => company === "Whale");
    expect(whales.map(({ owner }) => owner).sort()).toEqual(["ben", "cleo"]);
    expect((await holds()).find(({ owner }) => owner === "mia")).toMatchObject({ company: "Minnow", n: 3 });
    expect((await swept()).handedOut).toBe(0);
    const [first] = await rows<{ id: string }>("SELECT id FROM leads WHERE owner_id = 'ben' LIMIT 1");
    vi.setSystemTime(OPENING + 3 * MINUTE);
    await call("POST", `/v1/leads/${first?.id}/touches`, {
      channel: "call",
      outcome: "connected",
      by: "ben",
    });
    expect((await swept()).handedOut).toBe(1);
    expect((await holds()).find(({ owner }) => owner === "mia")).toMatchObject({ n: 2 });
    expect(await nobody()).toEqual([]);
  });

  /** Two full teams, each of one person: at the opening Mia holds what neither takes. */
  const twoTeams = (): ConfigInput => {
    const base = office();
    const [team] = base.teams ?? [];
    if (!team) throw new Error("the office has a team");
    return {
      ...base,
      people: [
        person("mia", { role: "manager" }),
        person("ben", { activeLeads: 1 }),
        person("cleo", { capacity: 1 }),
        person("last", { role: "manager", calendar: "always" }),
      ],
      teams: [
        { ...team, members: [{ person: "ben" }] },
        { ...team, id: "big", name: "Big", members: [{ person: "cleo" }] },
      ],
      routing: {
        ...base.routing,
        rules: [
          {
            id: "vip",
            when: { field: "lead.company", op: "eq", value: "Whale" },
            to: { team: "big" },
            priority: 50,
          },
          { id: "rest", to: { team: "smb" } },
        ],
      },
    };
  };

  const openWith = async (whales: number, minnows: number): Promise<void> => {
    await publish(twoTeams());
    vi.setSystemTime(NIGHT);
    for (let n = 0; n < whales + minnows; n++)
      await capture(submission({ company: n < whales ? "Whale" : "Minnow" }), testEnv, true);
    vi.setSystemTime(OPENING);
    await ring();
  };

  const handedOut = async (most?: number): Promise<number> => {
    const context = createExecutionContext();
    const deps = depsFor(testEnv, (work) => {
      context.waitUntil(work);
    });
    const handed = await handOut(deps, most);
    await waitOnExecutionContext(context);
    return handed;
  };
  const waiting = () => overflowing(DB, Date.now(), 100);
  const closeOf = async (by: string): Promise<void> => {
    const [held] = await rows<{ id: string }>("SELECT id FROM leads WHERE open = 1 AND owner_id = ?1", by);
    const done = await call("POST", `/v1/leads/${held?.id}/disposition`, { code: "won", nextStep: "none" });
    expect(done.status).toBe(200);
  };

  test("one full team doesn't keep another's overflow waiting, however urgent", async () => {
    await openWith(6, 2);
    expect(await waiting()).toHaveLength(6);
    await closeOf("ben");
    expect(await handedOut(4)).toBe(1);
    expect(await waiting()).toHaveLength(5);
    // Whom no turn by urgency reaches comes by turns: within minutes each is looked at.
    const seen = new Set<string>();
    for (let minute = 0; minute < 2; minute++)
      for (const id of await overflowing(DB, OPENING + minute * MINUTE, 4)) seen.add(id);
    expect(seen.size).toBe(5);
  });

  test("it stays overflow with whoever holds it next, and where the room is gone again", async () => {
    await openWith(1, 4);
    expect(await waiting()).toHaveLength(3);
    await closeOf("ben");
    // Room for one: the others stay, to be handed out.
    expect(await handedOut()).toBe(1);
    expect(await waiting()).toHaveLength(2);
    await call("PUT", "/v1/people/mia/availability", { availability: "away" });
    const holders = await rows("SELECT DISTINCT owner_id AS owner FROM leads WHERE open = 1 ORDER BY 1");
    expect(holders).toEqual([{ owner: "ben" }, { owner: "cleo" }, { owner: "last" }]);
    expect(await waiting()).toHaveLength(2);
    await closeOf("ben");
    expect(await handedOut()).toBe(1);
    expect(await waiting()).toHaveLength(1);
    expect(await nobody()).toEqual([]);
  });
});
