/** Missed first touches: whose they are, what two of them do, and what takes them back. */
import { describe, expect, test } from "vitest";
import type { Feed } from "../../schema/wire/feed.ts";
import { peopleNow } from "../../worker/flows/board.ts";
import { takeTimeOff } from "../../worker/flows/people.ts";
import { depsFor } from "../../worker/ports.ts";
import { document, publish, testEnv } from "./support/workspace.ts";
import {
  api,
  at,
  captured,
  DAY,
  given,
  HOUR,
  lead,
  letBreach,
  mails,
  MINUTE,
  NOON,
  owner,
  people,
  ring,
  stateOf,
  team,
  touch,
  types,
  useLife,
  withDan,
} from "./support/life.ts";

useLife();

describe("strikes", () => {
  test("the second in seven days takes out of new assignment until a manager reinstates", async () => {
    const first = await letBreach("ben", NOON + 10 * MINUTE);
    expect((await lead(first)).timeline.find(({ type }) => type === "sla.breached")?.data).toMatchObject({
      attribution: "person",
      because: expect.stringContaining("had been told") as string,
    });
    expect(await stateOf("ben")).toBe("available");
    const second = await letBreach("ben", NOON + 2 * DAY);
    expect(await stateOf("ben")).toBe("suspended");
    expect(await mails(second)).toEqual(
      expect.arrayContaining(["person.suspended to person:mia", "person.paused to person:ben"]),
    );
    const { strikes } = await people();
    expect(strikes.filter((strike) => strike.person === "ben" && strike.counts)).toHaveLength(2);
    // However much others missed since, they see all their own.
    const others = Array.from({ length: 1000 }, (_, n) => `other${n}`);
    await testEnv.DB.prepare(
      `INSERT INTO strikes (id, person_id, lead_id, at, attribution)
       SELECT value, 'cleo', ?2, ?3, 'nobody' FROM json_each(?1)`,
    )
      .bind(JSON.stringify(others), second, NOON + 2 * DAY + 11 * MINUTE)
      .run();
    const own = await peopleNow(testEnv.DB, Date.now(), { only: "ben" });
    expect(own.strikes.map(({ person: id }) => id)).toEqual(["ben", "ben"]);
    // Publishing again, or an older version, revives nobody.
    await publish(withDan());
    for (let i = 0; i < 4; i++) {
      const next = await lead(await captured());
      expect(next.owner?.id).not.toBe("ben");
      expect(JSON.stringify(next.trace)).toContain("Ben is suspended from new leads");
    }
    const back = await api("POST", "/v1/people/ben/reinstate");
    expect(back.status).toBe(204);
    expect(await stateOf("ben")).toBe("available");
    expect((await people()).strikes.filter((strike) => strike.counts && strike.person === "ben")).toEqual([]);
    const feed = (await api<Feed>("GET", "/v1/events?types=person.*&limit=1000")).body.events;
    expect(
      feed.filter(({ data }) => data["person"] === "ben").map(({ type, actor }) => `${type} ${actor}`),
    ).toEqual(
      expect.arrayContaining(["person.suspended system", expect.stringMatching(/^person.reinstated key:/)]),
    );
    // What was missed before no longer counts.
    await letBreach("ben", NOON + 3 * DAY);
    expect(await stateOf("ben")).toBe("available");
  });

  test("a burst is one strike, and old ones are none", async () => {
    await letBreach("ben", NOON + 10 * MINUTE);
    await letBreach("ben", NOON + 24 * MINUTE);
    expect(await stateOf("ben")).toBe("available");
    await letBreach("ben", NOON + 8 * DAY);
    expect(await stateOf("ben")).toBe("available");
  });

  test("nobody is taken out where a team would have nobody else: the manager is told instead", async () => {
    await publish(document({ teams: team("ben", "cleo") }));
    await api("PUT", "/v1/people/cleo/availability", { availability: "away" });
    await letBreach("ben", NOON + 10 * MINUTE);
    const id = await letBreach("ben", NOON + DAY);
    expect(await stateOf("ben")).toBe("available");
    expect(await mails(id)).toContain("person.strikes to person:mia");
  });

  test("what wasn't theirs is no strike: not told, away when it was due, our clock late", async () => {
    const untold = await captured();
    const by = await owner(untold);
    await testEnv.DB.prepare("UPDATE outbox SET status = 'pending', sent_at = NULL WHERE lead_id = ?1")
      .bind(untold)
      .run();
    const late = await captured();
    const lateOwner = await owner(late);
    await ring(untold, NOON + 10 * MINUTE);
    await ring(late, NOON + 12 * MINUTE);
    const { strikes } = await people();
    const of = (id: string, personId: string) =>
      strikes.find((strike) => strike.leadId === id && strike.person === personId);
    expect(of(untold, by)).toMatchObject({ attribution: "delivery", counts: false });
    expect(of(late, lateOwner)).toMatchObject({ attribution: "system", counts: false });
  });

  test("time off that ends when the touch is due is time off until then", async () => {
    const id = await given("ben");
    const span = {
      start: new Date(NOON + 5 * MINUTE).toISOString(),
      end: new Date(NOON + 10 * MINUTE).toISOString(),
    };
    expect((await api("POST", "/v1/people/ben/time-off", span)).status).toBe(201);
    await ring(id, NOON + 10 * MINUTE);
    expect((await people()).strikes.find((strike) => strike.leadId === id)).toMatchObject({
      attribution: "coverage",
    });
    await testEnv.DB.prepare("DELETE FROM time_off").run();
  });

  test("a verified touch from before the breach voids the strike and lifts what rested on it; the new owner stays", async () => {
    await letBreach("ben", NOON + 10 * MINUTE);
    const id = await letBreach("ben", NOON + DAY);
    expect(await stateOf("ben")).toBe("suspended");
    const taken = await owner(id);
    const touched = await touch(id, "ben", {
      at: new Date(NOON + DAY - 2 * MINUTE).toISOString(),
      evidence: { grade: "verified" },
    });
    expect(touched).toMatchObject({
      owner: { id: taken },
      firstTouchAt: new Date(NOON + DAY - 2 * MINUTE).toISOString(),
    });
    expect(types(touched)).toContain("sla.strike_voided");
    expect(await stateOf("ben")).toBe("available");
    const { strikes, deadlinesMissed } = await people();
    expect(strikes.find((strike) => strike.leadId === id)).toMatchObject({
      voidedAt: expect.any(String) as string,
      counts: false,
    });
    expect(strikes.filter(({ person }) => person === "ben")).toHaveLength(2);
    expect(deadlinesMissed).toEqual([{ person: "ben", count: 1 }]);
  });

  test("time off that somebody else tells afterwards voids what was missed in it; nobody excuses themselves", async () => {
    await letBreach("ben", NOON + 10 * MINUTE);
    const id = await letBreach("ben", NOON + DAY);
    expect(await stateOf("ben")).toBe("suspended");
    at(NOON + DAY + HOUR);
    const deps = depsFor(testEnv, () => undefined);
    const off = (from: number, to: number, vouched: boolean) =>
      takeTimeOff(deps, "ben", vouched ? "person:mia" : "person:ben", {
        id: `off-${from}-${to}`,
        start: NOON + DAY + from * MINUTE,
        end: NOON + DAY + to * MINUTE,
        reason: null,
        vouched,
      });
    expect(await off(-15, 5, false)).toMatchObject({ ok: false, status: 422, pointer: "/end" });
    expect(await off(-15, 90, false)).toMatchObject({ ok: true });
    const iso = (minutes: number) => new Date(NOON + DAY + minutes * MINUTE).toISOString();
    const past = { start: iso(-15), end: iso(-10) };
    expect((await api("POST", "/v1/people/ben/time-off", past)).status).toBe(201);
    expect(await stateOf("ben")).toBe("suspended");
    expect(await off(-15, 5, true)).toMatchObject({ ok: true });
    expect((await people()).strikes.find((strike) => strike.leadId === id)).toMatchObject({
      voidedAt: expect.any(String) as string,
      counts: false,
    });
    const voided = (await lead(id)).timeline.filter(({ type }) => type === "sla.strike_voided");
    expect(voided).toMatchObject([{ data: { person: "ben", attribution: "coverage" } }]);
    const suspended = () =>
      testEnv.DB.prepare("UPDATE people_state SET suspended_at = ?1 WHERE person_id = 'ben'")
        .bind(NOON + DAY)
        .run();
    const isSuspended = async () =>
      (await people()).people.find(({ id: who }) => who === "ben")?.state === "suspended";
    expect(await isSuspended()).toBe(false);
    // We died before the suspension was lifted; the same is sent again.
    await suspended();
    expect(await isSuspended()).toBe(true);
    await off(-15, 5, true);
    expect(await isSuspended()).toBe(false);
    await testEnv.DB.prepare("DELETE FROM time_off").run();
  });

  test.each([
    ["a colleague's", { by: "mia" }, { counted: "covered", by: "mia" }],
    ["that of somebody unknown here", { by: "somebody@else.example" }, { counted: "covered", by: null }],
    ["the owner's of then, who isn't named", {}, { counted: "covered", by: "ben" }],
  ])("nobody is charged with what %s call came before", async (_whose, by, recorded) => {
    await letBreach("ben", NOON + 10 * MINUTE);
    const id = await letBreach("ben", NOON + DAY);
    await ring(id, NOON + DAY + 10 * MINUTE);
    expect(await stateOf("ben")).toBe("suspended");
    const call = { source: "dialler", id: `early-${_whose}`, type: "call", leadId: id, ...by };
    const sync = () =>
      api("POST", "/v1/activities", {
        activities: [{ ...call, at: new Date(NOON + DAY - 6 * MINUTE).toISOString() }],
      });
    await sync();
    const touched = await lead(id);
    expect(touched.timeline.find(({ type }) => type === "lead.touched")?.data).toMatchObject(recorded);
    const charged = (await people()).strikes.filter((strike) => strike.leadId === id);
    expect(charged).toHaveLength(2);
    expect(charged.filter(({ counts }) => counts)).toEqual([]);
    expect(types(touched).filter((type) => type === "sla.strike_voided")).toHaveLength(2);
    expect(await stateOf("ben")).toBe("available");
    // We died before what had followed from the strike was lifted; the same call is sent again.
    await testEnv.DB.prepare("UPDATE people_state SET suspended_at = ?1 WHERE person_id = 'ben'")
      .bind(NOON + DAY)
      .run();
    await sync();
    expect(await stateOf("ben")).toBe("available");
  });
});
