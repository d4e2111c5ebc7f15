/** Calendars as sources of time off, from a server that answers as calendar servers do. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import { readFeeds } from "../../worker/flows/feeds.ts";
import type { FeedPort } from "../../worker/outbound/feed.ts";
import { depsFor } from "../../worker/ports.ts";
import { call, capture, document, publish, submission, testEnv } from "./support/workspace.ts";

const START = Date.parse("2026-11-23T10:00:00Z");
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
  feeds: { id: string; okAt: string | null; failures: number; error: string | null; events: number }[];
}
const told = async () => (await call<Told>("GET", "/v1/time-off-feeds")).body.feeds;

const feeds = (...list: NonNullable<ConfigInput["timeOffFeeds"]>) =>
  publish(document({ timeOffFeeds: list }));

test("absences come, move and go with the calendar; asking again for the same changes nothing", async () => {
  await feeds({ id: "ben", secretRef: "BEN_CALENDAR", person: "ben" });
  const lunch = event("lunch", "20261123T101000Z", "20261123T120000Z");
  served = {
    status: 200,
    etag: '"1"',
    body: file(lunch, event("trip", "20261201T090000Z", "20261203T090000Z")),
  };
  expect(await read()).toBe(1);
  expect(await spans()).toEqual(["ben 2026-11-23T10:10 calendar", "ben 2026-12-01T09:00 calendar"]);
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

  served = { status: 200, etag: '"2"', body: file(event("trip", "20261202T090000Z", "20261203T090000Z")) };
  await read();
  expect(await spans()).toEqual(["ben 2026-12-02T09:00 calendar"]);
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
  served = { status: 200, etag: '"3"', body: file(event("day", "20261210T090000Z", "20261210T170000Z")) };
  await read();
  expect(await spans()).toEqual(["ben 2026-12-10T09:00 calendar", "cleo 2026-12-10T09:00 calendar"]);
  await feeds();
  await read();
  expect(await spans()).toEqual([]);
  expect(await told()).toEqual([]);
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
