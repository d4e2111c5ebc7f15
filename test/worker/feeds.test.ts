/** Calendars as sources of time off, from a server that answers as calendar servers do. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import { readFeeds } from "../../worker/flows/feeds.ts";
import type { FeedPort } from "../../worker/outbound/feed.ts";
import { rehomeAbsent } from "../../worker/flows/rehome.ts";
import { depsFor } from "../../worker/ports.ts";
import { call, capture, document, publish, submission, testEnv } from "./support/workspace.ts";

const START = Date.parse("2037-11-23T10:00:00Z");
const QUARTER = 15 * 60_000;

/** Goes on from test to test, as what was asked when does. */
let clock = START;
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: clock }));
afterEach(() => vi.useRealTimers());

const event = (uid: string, start: string, end: string): string =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:${start}\r\nDTEND:${end}\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n`;
const file = (...events: string[]): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join("")}END:VCALENDAR\r\n`;

/** What the server has, under one address, and what it was asked. */
let served: { status: number; body: string; etag: string; location?: string };
const asked: { url: string; etag: string | null }[] = [];

const port: FeedPort = {
  secret: (name) => (name === "BEN_CALENDAR" ? "https://calendars.example/secret-of-ben.ics" : null),
  get: (url, init) => {
    const etag = new Headers(init.headers).get("if-none-match");
    asked.push({ url: String(url), etag });
    if (served.location)
      return Promise.resolve(new Response(null, { status: 302, headers: { location: served.location } }));
    if (etag === served.etag) return Promise.resolve(new Response(null, { status: 304 }));
    return Promise.resolve(
      new Response(served.body, { status: served.status, headers: { etag: served.etag } }),
    );
  },
};

const read = async (): Promise<number> => {
  clock += QUARTER;
  vi.setSystemTime(clock);
  return readFeeds(
    depsFor(testEnv, (work) => void work.catch(() => undefined)),
    port,
  );
};

const spans = async (): Promise<string[]> => {
  const { results } = await testEnv.DB.prepare(
    "SELECT person_id, start_at, reason FROM time_off WHERE cancelled_at IS NULL ORDER BY start_at, person_id",
  ).all<{ person_id: string; start_at: number; reason: string }>();
  return results.map(
    (row) => `${row.person_id} ${new Date(row.start_at).toISOString().slice(0, 16)} ${row.reason}`,
  );
};

const revision = () => testEnv.DB.prepare("SELECT people AS n FROM revisions").first<number>("n");

interface Told {
  feeds: {
    id: string;
    okAt: string | null;
    failures: number;
    readable: boolean;
    error: string | null;
    events: number;
  }[];
}
const told = async () => (await call<Told>("GET", "/v1/time-off-feeds")).body.feeds;

const feeds = (...list: NonNullable<ConfigInput["timeOffFeeds"]>) =>
  publish(document({ timeOffFeeds: list }));

test("absences come, move and go with the calendar; asking again for the same changes nothing", async () => {
  await feeds({ id: "ben", secretRef: "BEN_CALENDAR", person: "ben" });
  const lunch = event("lunch", "20371123T101000Z", "20371123T120000Z");
  served = {
    status: 200,
    etag: '"1"',
    body: file(lunch, event("trip", "20371201T090000Z", "20371203T090000Z")),
  };
  expect(await read()).toBe(1);
  expect(await spans()).toEqual(["ben 2037-11-23T10:10 calendar", "ben 2037-12-01T09:00 calendar"]);
  // Who is off gets nothing.
  for (let n = 0; n < 3; n++)
    expect((await capture(submission())).body.acknowledgement.owner?.name).toBe("Cleo");

  const before = await revision();
  expect(await read()).toBe(1);
  expect(asked.at(-1)?.etag).toBe('"1"');
  expect(
    await readFeeds(
      depsFor(testEnv, () => undefined),
      port,
    ),
  ).toBe(0);
  expect(await revision()).toBe(before);

  served = { status: 200, etag: '"2"', body: file(event("trip", "20371202T090000Z", "20371203T090000Z")) };
  await read();
  expect(await spans()).toEqual(["ben 2037-12-02T09:00 calendar"]);
  expect(await told()).toMatchObject([{ id: "ben", failures: 0, error: null, events: 1 }]);
});

test("what can't be read leaves the last good state, is told, and after an hour operators hear once", async () => {
  const good = await spans();
  for (const [status, body, reason] of [
    [503, "", "answered 503"],
    [200, "<html>", "no calendar"],
    [200, "x".repeat(2_000_001), "larger than"],
  ] as const) {
    served = { status, body, etag: '"bad"' };
    await read();
    expect((await told())[0]?.error).toContain(reason);
    expect(await spans()).toEqual(good);
  }
  for (let n = 0; n < 3; n++) await read();
  const alerts = await testEnv.DB.prepare(
    "SELECT data FROM outbox WHERE kind = 'ops.alert' AND id LIKE 'alert.feed.%'",
  ).all<{ data: string }>();
  expect(alerts.results).toHaveLength(1);
  expect(alerts.results[0]?.data).not.toContain("secret-of-ben");
  expect((await told())[0]?.failures).toBe(6);
});

test("no address inside, be it by a redirect, is ever asked", async () => {
  served = { status: 200, body: "", etag: '"x"', location: "https://169.254.169.254/latest/meta-data" };
  asked.length = 0;
  await read();
  expect(asked.map(({ url }) => url)).toEqual(["https://calendars.example/secret-of-ben.ics"]);
  expect((await told())[0]?.error).toContain("private network");
});

test("a team's calendar is everybody's; a feed that is taken out takes its absences with it", async () => {
  await feeds({ id: "offsite", url: "webcal://calendars.example/team.ics", team: "smb" });
  served = { status: 200, etag: '"3"', body: file(event("day", "20371210T090000Z", "20371210T170000Z")) };
  await read();
  expect(await spans()).toEqual(["ben 2037-12-10T09:00 calendar", "cleo 2037-12-10T09:00 calendar"]);
  interface People {
    timeOff: { id: string; person: string; feed: string | null }[];
  }
  const [span] = (await call<People>("GET", "/v1/people")).body.timeOff;
  expect(span).toMatchObject({ person: "ben", feed: "offsite" });
  // It would come back with the calendar's next change.
  const path = `/v1/people/ben/time-off/${encodeURIComponent(span?.id ?? "")}`;
  expect(await call("DELETE", path)).toMatchObject({ status: 409 });
  expect(await spans()).toHaveLength(2);
  // A try that fails is no calendar that's gone; out of one that is, nobody could take it.
  const whole = served;
  served = { status: 503, etag: '"gone"', body: "" };
  for (let n = 1; n <= 3; n++) await read();
  expect(await told()).toMatchObject([{ failures: 3, readable: true }]);
  expect(await call("DELETE", path)).toMatchObject({ status: 409 });
  await read();
  expect(await told()).toMatchObject([{ failures: 4, readable: false }]);
  expect(await call("DELETE", path)).toMatchObject({ status: 204 });
  await read();
  expect(await spans()).toEqual(["cleo 2037-12-10T09:00 calendar"]);
  // Unchanged, for its server: it is read whole all the same.
  served = whole;
  await read();
  expect(await told()).toMatchObject([{ failures: 0, readable: true }]);
  expect(await spans()).toHaveLength(2);
  await feeds();
  await read();
  expect(await spans()).toEqual([]);
  expect(await told()).toEqual([]);
});

const deps = () => depsFor(testEnv, (work) => void work.catch(() => undefined));

test("who turns out to have been off hands over what came to them meanwhile, and keeps what was meant for them", async () => {
  const { DB } = testEnv;
  const { leadId } = (await capture(submission())).body;
  const owner = () =>
    DB.prepare("SELECT owner_id AS id FROM leads WHERE id = ?1").bind(leadId).first<string>("id");
  const first = String(await owner());
  clock += 60_000;
  const began = new Date(clock - 30 * 60_000).toISOString().replace(/[-:]|\.\d+/g, "");
  const at = (hours: number) => new Date(clock + hours * 3_600_000).toISOString().replace(/[-:]|\.\d+/g, "");
  await feeds({ id: "late", url: "https://calendars.example/late.ics", person: first });
  served = { status: 200, etag: '"late"', body: file(event("now", began, at(4))) };
  await read();
  expect(await rehomeAbsent(deps(), clock)).toBeGreaterThan(0);
  expect(await owner()).not.toBe(first);

  // A manager gives it back on purpose; that the absence grows is no news of it.
  const back = await call("POST", `/v1/leads/${leadId}/reassign`, {
    to: first,
    reason: "theirs all the same",
  });
  expect(back.status).toBe(200);
  served = { status: 200, etag: '"longer"', body: file(event("now", began, at(6))) };
  await read();
  expect(await rehomeAbsent(deps(), clock)).toBe(0);
  expect(await owner()).toBe(first);

  // Cancelled and planned again, it became known only now.
  served = { status: 200, etag: '"none"', body: file() };
  await read();
  served = { status: 200, etag: '"again"', body: file(event("now", began, at(6))) };
  await read();
  expect(await rehomeAbsent(deps(), clock)).toBe(1);
  expect(await owner()).not.toBe(first);
  await feeds();
  await read();
});

test("who turns out to have been off then isn't charged with what was missed", async () => {
  await feeds({ id: "ben", secretRef: "BEN_CALENDAR", person: "ben" });
  await testEnv.DB.prepare(
    "INSERT INTO strikes (id, person_id, lead_id, at, attribution) VALUES ('gone.1', 'ben', 'gone', ?1, 'person'), ('gone.2', 'ben', 'gone', ?2, 'person')",
  )
    .bind(clock - QUARTER, clock - 8 * QUARTER)
    .run();
  const iso = (time: number) => new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  served = {
    status: 200,
    etag: '"ill"',
    body: file(event("ill", iso(clock - 4 * QUARTER), iso(clock + 8 * QUARTER))),
  };
  await read();
  const { results } = await testEnv.DB.prepare(
    "SELECT id FROM strikes WHERE lead_id = 'gone' AND voided_at IS NOT NULL",
  ).all();
  expect(results).toEqual([{ id: "gone.1" }]);
});

test("given to somebody else, in another zone, it is theirs at the next reading", async () => {
  const tokyo = { ...document().calendars![0]!, id: "tokyo", timezone: "Asia/Tokyo" };
  const shape = {
    calendars: [...document().calendars!, tokyo],
    people: document().people.map((each) => (each.id === "cleo" ? { ...each, calendar: "tokyo" } : each)),
  };
  served = {
    status: 200,
    etag: '"same"',
    body: file("BEGIN:VEVENT\r\nUID:d\r\nDTSTART;VALUE=DATE:20371215\r\nEND:VEVENT\r\n"),
  };
  await publish(
    document({
      ...shape,
      timeOffFeeds: [{ id: "whose", url: "https://calendars.example/w.ics", person: "ben" }],
    }),
  );
  await read();
  expect(await spans()).toEqual(["ben 2037-12-15T00:00 calendar"]);
  await publish(
    document({
      ...shape,
      timeOffFeeds: [{ id: "whose", url: "https://calendars.example/w.ics", person: "cleo" }],
    }),
  );
  await read();
  expect(await spans()).toEqual(["cleo 2037-12-14T15:00 calendar"]);
  await feeds();
  await read();
});

test("one that can't be taken in waits its turn, is told, and keeps no other from being read", async () => {
  await feeds(
    { id: "bad", url: "https://calendars.example/bad.ics", person: "ben" },
    { id: "good", url: "https://calendars.example/good.ics", person: "cleo" },
  );
  served = { status: 200, etag: '"both"', body: file(event("day", "20371210T090000Z", "20371210T170000Z")) };
  await testEnv.DB.prepare(
    `CREATE TRIGGER feed_is_bad BEFORE INSERT ON time_off WHEN new.id LIKE 'feed.bad%' BEGIN SELECT raise(ABORT, 'no'); END`,
  ).run();
  expect(await read()).toBe(2);
  expect(await spans()).toEqual(["cleo 2037-12-10T09:00 calendar"]);
  expect(await told()).toMatchObject([
    { id: "bad", failures: 1, error: "its absences could not be taken in" },
    { id: "good", failures: 0 },
  ]);
  expect(await readFeeds(deps(), port)).toBe(0);
  await testEnv.DB.prepare("DROP TRIGGER feed_is_bad").run();
  await feeds();
  await read();
});

test("however much time off there is, captures and clocks go on and know who is off now", async () => {
  await testEnv.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
     INSERT INTO time_off (id, person_id, start_at, end_at, reason, created_at)
     SELECT 'many.' || i, CASE i WHEN 19999 THEN 'ben' ELSE 'mia' END,
       ?1 + CASE i WHEN 19999 THEN -60000 ELSE i * 120000 END, ?1 + CASE i WHEN 19999 THEN 86400000 * 9 ELSE i * 120000 + 60000 END,
       'A day like any other, with a reason that somebody wrote down at some length', 0 FROM n`,
  )
    .bind(clock + 3_600_000)
    .run();
  clock += 3_600_000;
  vi.setSystemTime(clock);
  for (let n = 0; n < 3; n++) {
    const { status, body } = await capture(submission());
    expect(status).toBe(201);
    expect(body.acknowledgement.owner?.name).toBe("Cleo");
    const touched = await call("POST", `/v1/leads/${body.leadId}/touches`, {
      channel: "call",
      direction: "outbound",
      personal: true,
      outcome: "connected",
      by: "cleo",
    });
    expect(touched.status).toBe(201);
  }
  await testEnv.DB.prepare("DELETE FROM time_off WHERE id LIKE 'many.%'").run();
});

test.each([
  ["neither address nor secret", { id: "a", person: "ben" }],
  ["both person and team", { id: "a", url: "https://c.example/x", person: "ben", team: "smb" }],
  ["somebody who isn't there", { id: "a", url: "https://c.example/x", person: "zoe" }],
])("%s is refused", async (_what, feed) => {
  const { body } = await call<{ verification: { errors: { pointer: string }[] } }>(
    "PUT",
    "/v1/config?dryRun=1",
    {
      ...document(),
      timeOffFeeds: [feed],
    },
  );
  expect(body.verification.errors[0]?.pointer).toMatch(/^\/timeOffFeeds\/0/);
});
