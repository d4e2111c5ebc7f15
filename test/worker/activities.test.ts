/** What other systems tell of leads, what their person sends again, and what ours tells other systems. */
import { describe, expect, test } from "vitest";
import type { Feed } from "../../schema/wire/feed.ts";
import type { ActivitiesAnswer } from "../../schema/wire/activities.ts";
import { takeActivities } from "../../worker/flows/activities.ts";
import { budgeted } from "../../worker/flows/budget.ts";
import { rehomeAbsent } from "../../worker/flows/rehome.ts";
import { depsFor } from "../../worker/ports.ts";
import { readFeed } from "../../worker/store/feed.ts";
import { undispatched } from "./support/outbox.ts";
import { capture, publish, submission, testEnv } from "./support/workspace.ts";
import {
  api,
  at,
  captured,
  HOUR,
  kinds,
  lead,
  MINUTE,
  NOON,
  on,
  owner,
  people,
  ring,
  tasks,
  touch,
  useLife,
  withDan,
} from "./support/life.ts";

useLife();

describe("activities", () => {
  const send = async (...activities: object[]): Promise<ActivitiesAnswer> => {
    const answer = await api<ActivitiesAnswer>("POST", "/v1/activities", { activities });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const iso = (time: number): string => new Date(time).toISOString();

  test("a call logged elsewhere stops the clock, by address, by contact, by lead; each once", async () => {
    await testEnv.DB.prepare(
      "INSERT INTO contacts (id, email, email_norm, updated_at) VALUES ('C9', 'pat@nine.example', 'pat@nine.example', 0)",
    ).run();
    const [one, two, three] = [
      await captured({ email: "kim@one.example" }),
      await captured({ email: "pat@nine.example" }),
      await captured(),
    ];
    at(NOON + 3 * MINUTE);
    const call = { source: "dialler", type: "call", at: iso(NOON + 2 * MINUTE) };
    const batch = [
      { ...call, id: "1", email: "Kim@One.example", by: `${await owner(one)}@acme.example` },
      { ...call, id: "2", externalId: "C9", by: "somebody@else.example" },
      { ...call, id: "3", leadId: three },
      { ...call, id: "4", email: "nobody@knows.example" },
      { ...call, id: "5" },
      { source: "dialler", id: "6", type: "telepathy", at: "yesterday" },
    ];
    const answer = await send(...batch);
    expect(answer).toMatchObject({
      received: 6,
      recorded: 3,
      repeated: 0,
      unknown: [{ line: 4, id: "4" }],
      rejected: [
        { line: 5, id: "5" },
        { line: 6, id: "6", error: expect.stringContaining("type") as string },
      ],
    });
    for (const id of [one, two, three]) {
      expect(await lead(id)).toMatchObject({ firstTouchAt: iso(NOON + 2 * MINUTE), breaches: 0 });
    }
    expect((await lead(two)).timeline.at(-1)?.data).toMatchObject({ counted: "covered", grade: "verified" });
    expect(await send(...batch)).toMatchObject({ recorded: 0, repeated: 3 });
  });

  test("go to the lead that was there when they took place, also by the id of a request that joined it", async () => {
    const email = "again@seen.example";
    const first = await captured({ email });
    await on(first, "disposition", { code: "won", nextStep: "Propose" });
    at(NOON + 60 * MINUTE);
    const second = await captured({ email });
    const joined = "seen-again";
    const { status } = await api("POST", "/v1/forms/demo/submissions", {
      ...submission({ email }),
      submissionId: joined,
    });
    expect(status).toBe(201);
    const key = await testEnv.DB.prepare("SELECT id FROM submissions WHERE submission_id = ?1")
      .bind(joined)
      .first<string>("id");
    const call = { source: "dialler", type: "call", by: "ben@acme.example" };
    at(NOON + 70 * MINUTE);
    const answer = await send(
      { ...call, id: "s1", email, at: iso(NOON + 30 * MINUTE) },
      { ...call, id: "s2", email, at: iso(NOON + 62 * MINUTE) },
      { ...call, id: "s3", leadId: key, at: iso(NOON + 65 * MINUTE) },
    );
    expect(answer).toMatchObject({ recorded: 3, rejected: [], unknown: [] });
    const times = async (id: string) =>
      (await lead(id)).timeline.filter(({ type }) => type === "lead.touched").map(({ data }) => data["at"]);
    expect(await times(first)).toEqual([iso(NOON + 30 * MINUTE)]);
    expect(await times(second)).toEqual([iso(NOON + 62 * MINUTE), iso(NOON + 65 * MINUTE)]);
  });

  test("what one call can't take up is named, and taken up when it is sent again", async () => {
    const ids = [await captured(), await captured(), await captured()];
    const list = ids.map((leadId, n) => ({
      source: "dialler",
      id: `few${n}`,
      type: "call",
      at: iso(NOON),
      leadId,
    }));
    const deps = budgeted(
      depsFor(undispatched, () => undefined),
      64,
    );
    const { received, recorded, notDone } = await takeActivities(deps, "key:dialler", list);
    expect(received).toBe(3);
    expect(recorded).toBeGreaterThan(0);
    expect(notDone.map(({ id }) => id)).toEqual(["few0", "few1", "few2"].slice(recorded));
    expect(notDone.length).toBeGreaterThan(0);
    expect(await send(...list)).toMatchObject({
      recorded: notDone.length,
      repeated: recorded,
      notDone: [],
    });
  });

  test("one that comes after the breach voids the strike, not the new owner", async () => {
    const id = await captured();
    const by = await owner(id);
    await ring(id, NOON + 10 * MINUTE);
    const taken = await owner(id);
    await send({ source: "crm", id: "late", type: "email", at: iso(NOON + 4 * MINUTE), leadId: id, by });
    expect(await lead(id)).toMatchObject({ owner: { id: taken }, firstTouchAt: iso(NOON + 4 * MINUTE) });
    expect((await people()).strikes).toMatchObject([{ person: by, voidedAt: iso(NOON + 10 * MINUTE) }]);
  });
});

describe("another request", () => {
  const dueOf = async (id: string, kind: string) =>
    (await lead(id)).timers.find((timer) => timer.kind === kind)?.dueAt;
  const open = async (id: string) => (await tasks(`lead=${id}`)).map(({ kind }) => kind);
  const ask = async (email: string): Promise<string | null> =>
    (await capture(submission({ email }), undispatched)).body.acknowledgement.promiseAt;

  const iso = (time: number): string => new Date(time).toISOString();

  test("is promised a time that neither a further one nor a new owner puts off", async () => {
    const email = "twice@twice.example";
    const id = await captured({ email });
    await touch(id, await owner(id));
    at(NOON + HOUR);
    const promise = await ask(email);
    at(NOON + HOUR + 9 * MINUTE);
    expect(await ask(email)).not.toBe(promise);
    expect(await dueOf(id, "takeoverTouch")).toBe(promise);
    await on(id, "reassign", { to: (await owner(id)) === "ben" ? "cleo" : "ben", reason: "test" });
    expect(await dueOf(id, "takeoverTouch")).toBe(promise);
    await ring(id, NOON + HOUR + 10 * MINUTE);
    expect(await open(id)).toContain("takeoverTouch");
  });

  test("is answered by what came after it, not by what comes to light after it", async () => {
    const email = "before@before.example";
    const id = await captured({ email });
    const by = await owner(id);
    await touch(id, by);
    at(NOON + HOUR);
    const promise = await ask(email);
    const call = (minute: number) =>
      api("POST", "/v1/activities", {
        activities: [
          {
            source: "crm",
            id: `c${minute}`,
            type: "call",
            at: iso(NOON + minute * MINUTE),
            leadId: id,
            by,
          },
        ],
      });
    await call(50);
    expect(await dueOf(id, "takeoverTouch")).toBe(promise);
    await ring(id, NOON + HOUR + 10 * MINUTE);
    await call(55);
    expect(await open(id)).toEqual(["takeoverTouch"]);
    await call(62);
    expect(await open(id)).toEqual([]);
    expect(kinds(await lead(id))).not.toContain("untouchedTask");
  });

  test("goes with its lead to somebody who is there, whether its owner goes away before or after it", async () => {
    const deps = depsFor(undispatched, () => undefined);
    for (const when of ["before", "after"]) {
      const email = `${when}@away.example`;
      const id = await captured({ email });
      const by = await owner(id);
      const away = (availability: string) => api("PUT", `/v1/people/${by}/availability`, { availability });
      await touch(id, by);
      at(Date.now() + MINUTE);
      if (when === "before") await away("away");
      expect(await owner(id)).toBe(by);
      const promise = await ask(email);
      if (when === "after") await away("away");
      else await rehomeAbsent(deps, Date.now());
      expect(await owner(id)).not.toBe(by);
      expect(await dueOf(id, "takeoverTouch")).toBe(promise);
      await away("available");
    }
  });

  test("at the end of the chain is answered with the first touch, and nobody watches over what is done", async () => {
    await publish({ ...withDan(), sla: [{ id: "standard", maxReassignments: 0 }] });
    const email = "end@end.example";
    const id = await captured({ email });
    await ring(id, NOON + 10 * MINUTE);
    at(NOON + 12 * MINUTE);
    const promise = await ask(email);
    const other = await captured();
    expect(await dueOf(id, "takeoverTouch")).toBe(promise);
    await ring(id, NOON + 22 * MINUTE);
    expect(await open(id)).toEqual(["takeoverTouch"]);
    at(NOON + 23 * MINUTE);
    expect(kinds(await touch(id, await owner(id)))).toEqual(["secondTouch", "noReply", "effort"]);
    expect(await open(id)).toEqual([]);
    expect(kinds(await lead(other))).not.toContain("takeoverTouch");
  });
});

describe("the feed", () => {
  test("looks through so many at a time where what is asked for is rare, and goes on from there", async () => {
    await captured();
    const { rows } = await readFeed(testEnv.DB, { after: 0, types: [], limit: 1000 });
    const rare = { after: 0, types: ["never.happens"], limit: 10 };
    expect(await readFeed(testEnv.DB, rare, 3)).toEqual({ rows: [], scanned: rows[2]?.seq, isCut: true });
    expect(await api("GET", "/v1/events?types=lead.assigned,lead.sneezed")).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: "/query/types", detail: expect.stringContaining("lead.touched") as string }],
      },
    });
    const { body } = await api<Feed>("GET", "/v1/events?types=account.parted");
    const newest = await testEnv.DB.prepare("SELECT max(seq) AS n FROM events").first<number>("n");
    expect(body).toEqual({ events: [], next: String(newest), more: false });
  });

  test("is complete, in order and without gaps however many write at once, from any cursor", async () => {
    const start = (await api<Feed>("GET", "/v1/events?limit=1000")).body;
    let cursor = start.next;
    while ((await api<Feed>("GET", `/v1/events?after=${cursor}&limit=1000`)).body.events.length > 0)
      cursor = (await api<Feed>("GET", `/v1/events?after=${cursor}&limit=1000`)).body.next;
    const ids = await Promise.all(Array.from({ length: 12 }, () => captured()));
    const seen: Feed["events"] = [];
    let next = cursor;
    for (;;) {
      const page = (await api<Feed>("GET", `/v1/events?after=${next}&limit=7`)).body;
      seen.push(...page.events);
      expect(page.more).toBe(page.events.length === 7 && page.more);
      if (page.events.length === 0) break;
      next = page.next;
    }
    const cursors = seen.map((event) => Number(event.cursor));
    expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
    const { results } = await testEnv.DB.prepare("SELECT seq FROM events WHERE seq > ?1 ORDER BY seq")
      .bind(Number(cursor))
      .all<{ seq: number }>();
    expect(cursors).toEqual(results.map(({ seq }) => seq));
    for (const id of ids)
      expect(seen.filter(({ leadId, type }) => leadId === id && type === "lead.captured")).toHaveLength(1);
    const some = (await api<Feed>("GET", `/v1/events?after=${cursor}&types=lead.assigned,sla.*`)).body.events;
    expect(new Set(some.map(({ type }) => type))).toEqual(new Set(["lead.assigned"]));
  });
});
