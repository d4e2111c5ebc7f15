/** A window opens: the most urgent get the capacity, the rest waits with the manager and is handed out as capacity frees. */
import { describe, expect, test, vi } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import { budgeted } from "../../worker/flows/budget.ts";
import { handOut } from "../../worker/flows/hand-out.ts";
import { wakeShard } from "../../worker/flows/wake-shard.ts";
import { overflowing } from "../../worker/store/openings.ts";
import {
  asCron,
  call,
  capture,
  countingRows,
  document,
  person,
  publish,
  quietEnv,
  rows,
  settled,
  submission,
  testEnv,
} from "./support/workspace.ts";
import { MINUTE, nobody, ring, swept, useEmptied } from "./support/minutes.ts";

const { DB } = testEnv;

useEmptied();

describe("when a window opens", () => {
  const NIGHT = Date.parse("2037-11-23T20:00:00.000Z");
  const OPENING = Date.parse("2037-11-24T09:00:00.000Z");
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
    expect(told[4]).toMatchObject({ dayPart: "morning", promiseAt: "2037-11-24T12:00:00.000Z" });
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

  test("who holds what overflowed is reminded of it, charged with nothing, and goes on handing it out", async () => {
    await publish(office());
    vi.setSystemTime(NIGHT);
    for (let n = 0; n < 5; n++) await capture(submission(), testEnv, true);
    for (const minute of [0, 10, 20, 30]) {
      vi.setSystemTime(OPENING + minute * MINUTE);
      await ring();
      expect(
        await rows("SELECT owner_id AS owner, count(*) AS n FROM leads WHERE overflow = 1 GROUP BY 1"),
      ).toEqual([{ owner: "mia", n: 2 }]);
    }
    const charged = await rows<{ attribution: string; n: number }>(
      "SELECT attribution, count(*) AS n FROM strikes WHERE person_id = 'mia' AND lead_id IN (SELECT id FROM leads WHERE overflow = 1) GROUP BY 1",
    );
    expect(charged).toEqual([{ attribution: "coverage", n: 2 }]);
    expect(
      await rows("SELECT person_id FROM people_state WHERE suspended_at IS NOT NULL AND person_id = 'mia'"),
    ).toEqual([]);
    const [held] = await rows<{ id: string; timers: string }>(
      "SELECT id, timers FROM leads WHERE overflow = 1",
    );
    expect(held?.timers).toContain("reminder");
    await DB.prepare("DELETE FROM people_state").run();
    await DB.prepare("UPDATE revisions SET people = people + 1").run();
    await DB.prepare("UPDATE leads SET first_touch_at = ?1, generation = generation + 1 WHERE overflow = 0")
      .bind(Date.now())
      .run();
    expect((await swept()).handedOut).toBe(2);
    expect(await nobody()).toEqual([]);
  });

  test("what is more than one invocation may ask for goes on in the next, and nobody is left", async () => {
    const { teams, ...rest } = office();
    await publish({ ...rest, people: document().people, teams: teams ?? [] });
    vi.setSystemTime(NIGHT);
    // The test itself is whoever rings.
    for (let n = 0; n < 45; n++) await capture(submission(), quietEnv, true);
    await settled();
    vi.setSystemTime(OPENING);
    const provisional = () => rows<{ shard: string }>("SELECT shard FROM leads WHERE provisional = 1");
    const waiting = async () => (await provisional()).length;
    const shift = (allowed: number) =>
      asCron(async (deps) => {
        const limited = budgeted(deps, allowed);
        const [first] = await provisional();
        const { nextDueAt } = await wakeShard(limited, first?.shard ?? "", new Map());
        return { left: limited.left?.() ?? 0, nextDueAt };
      });
    const { left, nextDueAt } = await shift(380);
    expect(left).toBeGreaterThan(200);
    expect(nextDueAt).toBeLessThanOrEqual(OPENING + 1_000);
    expect(await waiting()).toBe(5);
    await shift(900);
    expect(await waiting()).toBe(0);
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

  const handedOut = (most?: number): Promise<number> => asCron((deps) => handOut(deps, most));
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

  test("to look for it reads what overflowed, not everybody who waits", async () => {
    await openWith(1, 4);
    const reads = async () => {
      const { db, read } = countingRows(DB);
      expect(await overflowing(db, Date.now(), 100)).toHaveLength(3);
      return read();
    };
    const before = await reads();
    await publish(document());
    for (let n = 0; n < 10; n++) await capture(submission(), testEnv, true);
    // Nor what overflowed long ago.
    await DB.prepare(
      "UPDATE assignments SET chosen = json_set(chosen, '$.overflow', json('true')) WHERE seq = 1",
    ).run();
    // Nor what its manager works on, which may stay open for weeks.
    await DB.prepare(
      "UPDATE leads SET overflow = 1, first_touch_at = ?1, generation = generation + 1 WHERE overflow = 0 AND open = 1",
    )
      .bind(OPENING)
      .run();
    expect(await reads()).toBe(before);
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

  test("who sends again while all on duty are full is told what they were told first, not that it is after hours", async () => {
    const base = office();
    await publish({
      ...base,
      people: [
        person("mia", { role: "manager", calendar: "office" }),
        ...base.people.slice(1, 3),
        person("dora", { capacity: 1 }),
      ],
      teams: [
        ...(base.teams ?? []),
        { id: "desk", name: "Desk", calendar: "always", members: [{ person: "dora" }] },
      ],
      routing: {
        rules: [{ id: "rest", to: { team: "desk" }, backup: { team: "smb" } }],
        default: ["mia"],
        defaultSla: "standard",
      },
    });
    vi.setSystemTime(NIGHT);
    expect((await capture(submission(), testEnv, true)).body.acknowledgement.kind).toBe("in_coverage");
    const email = "again@waits.example";
    const first = await capture(submission({ email }), testEnv, true);
    const { acknowledgement } = first.body;
    expect(acknowledgement).toMatchObject({ kind: "after_hours", busy: true });
    vi.setSystemTime(NIGHT + 10 * MINUTE);
    const dry = await call("POST", "/v1/route", { leads: [{ email }] });
    expect(dry.body).toMatchObject({
      results: [{ decision: { joins: first.body.leadId }, acknowledgement }],
    });
    const again = await capture(submission({ email }), testEnv, true);
    expect(again.body).toMatchObject({ leadId: first.body.leadId, acknowledgement });
    const { body } = await call("GET", `/v1/receipts/${again.body.receipt}`);
    expect(body["message"]).toContain("We are all busy right now.");
    // Given to somebody by name it waits for their hours.
    await call("POST", `/v1/leads/${first.body.leadId}/reassign`, { to: "cleo", reason: "knows them" });
    const { message } = (await capture(submission({ email }), testEnv, true)).body.acknowledgement;
    expect(message).toContain("We are outside our hours right now.");
  });

  test("what somebody is given by name while it is handed out stays theirs", async () => {
    await publish(office());
    vi.setSystemTime(NIGHT);
    for (let n = 0; n < 6; n++) await capture(submission(), testEnv, true);
    vi.setSystemTime(OPENING);
    await ring();
    await closeOf("cleo");
    const [named] = await waiting();
    const byName = () => call("POST", `/v1/leads/${named}/reassign`, { to: "ben", reason: "knows them" });
    let given: ReturnType<typeof byName> | undefined;
    const handed = await asCron((deps) => {
      const batch = async (statements: D1PreparedStatement[]) => {
        expect((await (given ??= byName())).status).toBe(200);
        return DB.batch(statements);
      };
      const db = { prepare: (sql: string) => DB.prepare(sql), batch } as unknown as typeof DB;
      return handOut({ ...deps, db });
    });
    expect(given).toBeDefined();
    const owners = await rows("SELECT id = ?1 AS named, owner_id AS owner FROM leads WHERE open = 1", named);
    expect(owners).toContainEqual({ named: 1, owner: "ben" });
    expect(owners).toContainEqual({ named: 0, owner: "cleo" });
    expect(handed).toBe(1);
  });
});
