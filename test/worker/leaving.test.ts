/** Somebody leaves or is away: nothing is ever with nobody. */
import { describe, expect, test, vi } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import { budgeted } from "../../worker/flows/budget.ts";
import { rehomeAbsent } from "../../worker/flows/rehome.ts";
import { depsFor } from "../../worker/ports.ts";
import { writeDeparture } from "../../worker/store/deactivate.ts";
import { readCurrent } from "../../worker/store/people.ts";
import { call, capture, document, person, publish, rows, submission, testEnv } from "./support/workspace.ts";
import { MINUTE, nobody, NOON, ring, swept, useEmptied } from "./support/minutes.ts";

const { DB } = testEnv;

useEmptied();

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

interface Refused {
  findings: { code: string; counterexample: { leads: object[]; absent?: string[]; deactivated: string[] } }[];
}

/** As one click does it. */
const replayed = async (hole: Refused["findings"][number] | undefined, more: object = {}) => {
  interface Answer {
    results: { decision: object | null }[];
  }
  return (await call<Answer>("POST", "/v1/route", { ...hole?.counterexample, ...more })).body.results[0]
    ?.decision;
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
    const refused = await call<Refused>("POST", "/v1/people/mia/deactivate", {});
    expect(refused.status).toBe(409);
    const [hole] = refused.body.findings;
    expect(hole).toMatchObject({ code: "no_last_resort" });
    expect(hole?.counterexample.leads).toHaveLength(1);
    // Mia manages the team that is always open: it takes both members' absence, and nobody else's.
    expect(hole?.counterexample).toMatchObject({ deactivated: ["mia"], absent: ["ben", "dan"] });
    expect(await replayed(hole)).toMatchObject({ reason: "last resort", owner: { id: "ben" } });
    expect(await replayed(hole, { deactivated: [] })).toMatchObject({
      reason: "manager",
      owner: { id: "mia" },
    });
    expect(await replayed(hole, { absent: [] })).toMatchObject({ team: "smb" });
    expect(await rows("SELECT 1 FROM people_state WHERE person_id = 'mia'")).toEqual([]);
    expect((await call("POST", "/v1/people/somebody/deactivate", {})).status).toBe(404);
  });
});

describe("a hole's replay", () => {
  test("of a queue without its steward is their leaving alone", async () => {
    await publish({
      ...company(),
      queues: [{ id: "qualification", name: "Qualification", steward: "ben" }],
    });
    const refused = await call<Refused>("POST", "/v1/people/ben/deactivate", {});
    expect(refused.status).toBe(409);
    const [hole] = refused.body.findings;
    expect(hole).toMatchObject({ code: "no_steward", counterexample: { deactivated: ["ben"] } });
    expect(hole?.counterexample).not.toHaveProperty("absent");
    expect(await replayed(hole)).toMatchObject({ ruleId: "free", queue: null });
    expect(await replayed(hole, { deactivated: [] })).toMatchObject({ queue: { id: "qualification" } });
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
