/** The rotation against many at once, its books, and the replay that finds what was tampered with. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { replayPicks } from "../../worker/flows/replay.ts";
import { get, signIn } from "./support/signin.ts";
import {
  asCron,
  call,
  capture,
  document,
  person,
  publish,
  rows,
  settled,
  submission,
  testEnv,
} from "./support/workspace.ts";

const { DB } = testEnv;
/** A Monday, 12:00 UTC. */
const NOON = Date.parse("2037-11-23T12:00:00.000Z");

const replayed = () => asCron(replayPicks);

/** Nothing rings and nothing is delivered: only what the database says counts here. */
const nothing = () => Promise.resolve();
const quiet = {
  ...testEnv,
  LEAD_CLOCK: { getByName: () => ({ arm: nothing }) },
  DISPATCHER: { getByName: () => ({ kick: nothing }) },
  LIVE_BOARD: { getByName: () => ({ poke: nothing }) },
} as unknown as typeof testEnv;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  await DB.batch(
    ["leads", "assignments", "submissions", "outbox", "rotation_credits", "rotation_entries"].map((table) =>
      DB.prepare(`DELETE FROM ${table}`),
    ),
  );
  await DB.prepare("UPDATE pick_replay SET cursor = 0, credits = '{}'").run();
});
afterEach(async () => {
  await settled();
  vi.useRealTimers();
});

const REPS = ["ben", "cleo", "dan", "eve", "finn", "gus"];
/** Two people are in two teams each, one in all three. */
const TEAMS: Record<string, string[]> = {
  de: ["ben", "cleo", "dan"],
  fr: ["dan", "eve", "cleo"],
  us: ["cleo", "finn", "gus"],
};
const CAP = 60;

const threeTeams = () =>
  document({
    people: [
      person("mia", { role: "manager", capacity: 5 }),
      ...REPS.map((id) => person(id, { manager: "mia", capacity: CAP })),
      person("last", { role: "manager" }),
    ],
    teams: Object.entries(TEAMS).map(([id, members]) => ({
      id,
      name: id,
      calendar: "always",
      manager: "mia",
      members: members.map((each, at) => ({ person: each, weight: at + 1 })),
    })),
    routing: {
      rules: Object.keys(TEAMS).map((id) => ({
        id,
        when: { field: "lead.country", op: "eq", value: id.toUpperCase() },
        to: { team: id },
      })),
      default: ["last"],
      defaultSla: "standard",
    },
  });

test("500 at once across three teams with overlapping members: no cap exceeded, one owner each, sums exact", async () => {
  await publish(threeTeams());
  const countries = ["DE", "FR", "US"];
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, n) => capture(submission({ country: countries[n % 3] }), quiet, true)),
  );
  expect(answers.every(({ status }) => status === 201)).toBe(true);
  const held = await rows<{ owner: string; n: number }>(
    "SELECT owner_id AS owner, count(*) AS n FROM leads WHERE open = 1 AND first_touch_at IS NULL GROUP BY owner_id",
  );
  // 360 fit in; what is left is with the manager, whom no capacity binds.
  expect(Object.fromEntries(held.map(({ owner, n }) => [owner, n]))).toEqual({
    ...Object.fromEntries(REPS.map((id) => [id, CAP])),
    mia: 500 - REPS.length * CAP,
  });
  const assignments = await rows<{ lead: string; n: number; same: number }>(
    `SELECT a.lead_id AS lead, count(*) AS n, sum(a.person_id = l.owner_id) AS same
     FROM assignments a JOIN leads l ON l.id = a.lead_id GROUP BY a.lead_id`,
  );
  expect(assignments.length).toBe(500);
  expect(assignments.every(({ n, same }) => n === 1 && same === 1)).toBe(true);
  for (const { sum } of await rows<{ sum: number }>(
    "SELECT sum(credit) AS sum FROM rotation_credits GROUP BY team_id",
  ))
    expect(Math.abs(sum)).toBeLessThan(1e-6);
  // Whoever takes more than they should hold is told so in the lead's own history.
  const [told] = await rows<{ n: number }>(
    "SELECT count(*) AS n FROM assignments WHERE person_id = 'mia' AND chosen ->> '$.event.data.beyondCapacity' = 1",
  );
  expect(told?.n).toBe(500 - REPS.length * CAP - 5);
  const { checked, mismatches } = await replayed();
  expect({ checked, mismatches }).toEqual({ checked: 500, mismatches: [] });
}, 180_000);

describe("the books", () => {
  interface Ledger {
    teams: {
      id: string;
      picks: number;
      members: {
        person: { id: string };
        available: number;
        share: number;
        received: number;
        credited: number;
        credit: number;
        skips: Record<string, number>;
      }[];
    }[];
    entries: { person: { id: string }; kind: string; amount: number; note: string | null; leadId: string }[];
  }
  const ledger = async () => (await call<Ledger>("GET", "/v1/reports/rotation-ledger")).body;
  const memberOf = ({ teams }: Ledger, id: string) =>
    teams.find((team) => team.id === "smb")?.members.find((each) => each.person.id === id);

  /** Each number, against the list it leads to. */
  const leadsBehind = async (found: Ledger & { from?: string; to?: string }) => {
    const listed = async (query: string) => {
      const path = `/v1/leads?ledger=${query}&from=${found.from}&to=${found.to}&limit=200`;
      return (await call<{ leads: unknown[] }>("GET", path)).body.leads.length;
    };
    for (const { id, picks, members } of found.teams) {
      expect(await listed(`${id}~received`), id).toBe(picks);
      for (const { person: of, available, received, skips } of members)
        for (const [what, count] of Object.entries({ available, received, ...skips }))
          expect(await listed(`${id}~${what}~${of.id}`), `${id} ${what} ${of.id}`).toBe(count);
    }
  };

  const small = () =>
    document({
      people: [
        person("mia", { role: "manager" }),
        person("ben", { capacity: 2 }),
        person("cleo"),
        person("last", { role: "manager" }),
      ],
      dispositions: [
        { code: "spam", label: "Spam", outcome: "disqualified", invalid: true },
        { code: "won", label: "Won", outcome: "qualified" },
      ],
    });

  test("say who was due what, who got it, and why somebody was passed over", async () => {
    await publish(small());
    for (let n = 0; n < 5; n++) await capture(submission(), quiet, true);
    vi.setSystemTime(NOON + 1000);
    const found = await ledger();
    // Ben is full after two, so Cleo has the last two without a share of his.
    expect(memberOf(found, "ben")).toMatchObject({
      share: 1.5,
      received: 2,
      credit: -0.5,
      skips: { full: 2 },
    });
    expect(memberOf(found, "cleo")).toMatchObject({ share: 3.5, received: 3, credit: 0.5, skips: {} });
    await leadsBehind(found);
    await call("PUT", "/v1/people/cleo/availability", { availability: "away" });
    await capture(submission(), quiet, true);
    vi.setSystemTime(NOON + 2000);
    expect(memberOf(await ledger(), "cleo")?.skips).toMatchObject({ away: expect.any(Number) as number });
    const { headers, body } = await call<{ text: string }>(
      "GET",
      "/v1/reports/rotation-ledger?format=csv&from=2037-11-23T00:00:00Z",
    );
    expect(headers.get("content-type")).toContain("text/csv");
    const [head, ...lines] = body.text.trim().split("\r\n");
    expect(head).toContain("team,person,name,weight,available,share,received,credited,credit,skipped");
    expect(lines.some((line) => line.startsWith("smb,ben,Ben,1,"))).toBe(true);
    // The ledger and the list behind a number of it are about the same period, said or not.
    const tooLong = "from=2037-01-01T00:00:00Z";
    for (const path of ["reports/rotation-ledger?", "reports/unknown-owners?", "leads?ledger=smb~received&"])
      expect(await call("GET", `/v1/${path}${tooLong}`), path).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: "/query/from" }] },
      });
    vi.setSystemTime(NOON + 8 * 86_400_000);
    expect(memberOf(await ledger(), "ben")?.received).toBe(0);
    expect((await call("GET", "/v1/leads?ledger=smb~received~ben")).body).toMatchObject({ leads: [] });
    vi.setSystemTime(NOON + 3000);
    await call("PUT", "/v1/people/cleo/availability", { availability: "available" });
  });

  test("show reps their own lines only, and nothing about everybody", async () => {
    await publish(small());
    for (let n = 0; n < 3; n++) await capture(submission(), quiet, true);
    await DB.prepare(
      "INSERT INTO events (lead_id, at, type, actor, data) VALUES (NULL, ?1, 'person.suspended', 'system', '{}')",
    )
      .bind(NOON)
      .run();
    const [rep, manager] = [await signIn("ben@acme.example"), await signIn("mia@acme.example")];
    vi.setSystemTime(NOON + 1000);
    const own = await get<Ledger>("/v1/reports/rotation-ledger", rep);
    expect(
      own.body.teams.map(({ id, picks, members }) => [
        id,
        picks,
        members.map(({ person: { id: of } }) => of),
      ]),
    ).toEqual([["smb", 2, ["ben"]]]);
    expect(memberOf((await get<Ledger>("/v1/reports/rotation-ledger", manager)).body, "cleo")?.received).toBe(
      1,
    );
    expect((await get("/v1/leads?ledger=smb~received~ben", rep)).status).toBe(200);
    expect((await get("/v1/leads?ledger=smb~received~cleo", rep)).status).toBe(403);
    expect((await get("/v1/leads?ledger=smb~received", rep)).status).toBe(403);
    const csv = await get<{ text: string }>("/v1/reports/rotation-ledger?format=csv", rep);
    expect(csv.body.text).not.toContain("cleo");
    expect((await get("/v1/reports/unknown-owners", rep)).status).toBe(403);
    expect((await get("/v1/reports/unknown-owners", manager)).status).toBe(200);
    interface Events {
      events: { type: string; leadId: string | null }[];
    }
    const about = async (cookie: string) =>
      (await get<Events>("/v1/events?limit=1000", cookie)).body.events.filter(({ leadId }) => leadId === null)
        .length;
    expect(await about(rep)).toBe(0);
    expect(await about(manager)).toBeGreaterThan(0);
    expect((await get<Events>("/v1/events?types=lead.captured", rep)).body.events.length).toBeGreaterThan(2);
  });

  test("are asked for by days or times, as every report is", async () => {
    await publish({ ...small(), workspace: { name: "Acme", timezone: "America/New_York" } });
    await capture(submission(), quiet, true);
    vi.setSystemTime(NOON + 1000);
    const picks = async (period: string) => {
      const { status, body } = await call<Ledger & { from: string; to: string }>(
        "GET",
        `/v1/reports/rotation-ledger?${period}`,
      );
      return status === 200 ? [body.from, body.to, body.teams[0]?.picks] : status;
    };
    expect(await picks("from=2037-11-23&to=2037-11-23")).toEqual([
      "2037-11-23T05:00:00.000Z",
      "2037-11-24T05:00:00.000Z",
      1,
    ]);
    expect(await picks("from=2037-11-20&to=2037-11-22")).toEqual([
      "2037-11-20T05:00:00.000Z",
      "2037-11-23T05:00:00.000Z",
      0,
    ]);
    expect(await picks("from=2037-11-23T11:00:00Z&to=2037-11-23T12:00:00Z")).toEqual([
      "2037-11-23T11:00:00.000Z",
      "2037-11-23T12:00:00.000Z",
      0,
    ]);
    expect(await picks("from=2037-11-31")).toBe(422);
    expect(await picks("from=2037-11-24&to=2037-11-23")).toBe(422);
    const other = await call<{ period: object }>(
      "GET",
      "/v1/reports/fallbacks?from=2037-11-22T23:00:00-05:00&to=2037-11-24T04:59:59Z",
    );
    expect(other.body.period).toEqual({ from: "2037-11-22", to: "2037-11-23", timezone: "America/New_York" });
  });

  test("give back what an invalid lead was charged for, by name and once", async () => {
    await publish(small());
    const { body } = await capture(submission(), quiet, true);
    await capture(submission(), quiet, true);
    const close = { code: "spam", nextStep: "none" };
    expect((await call("POST", `/v1/leads/${body.leadId}/disposition`, close)).status).toBe(200);
    expect((await call("POST", `/v1/leads/${body.leadId}/disposition`, close)).status).toBe(200);
    vi.setSystemTime(NOON + 1000);
    const found = await ledger();
    expect(found.entries).toMatchObject([
      { person: { id: "ben" }, kind: "invalid", amount: 1, note: "spam", leadId: body.leadId },
    ]);
    expect(memberOf(found, "ben")).toMatchObject({ received: 1, credited: 1, credit: 1 });
    // Ben's turn, and then the one he lost: two before Cleo's next.
    const next = [];
    for (let n = 0; n < 3; n++)
      next.push((await capture(submission(), quiet, true)).body.acknowledgement.owner?.name);
    expect(next).toEqual(["Ben", "Ben", "Cleo"]);
    expect(await replayed()).toEqual({ checked: 5, mismatches: [] });
  });

  test("are made again: a pick that was tampered with, and a credit, ring the alarm", async () => {
    await publish(small());
    for (let n = 0; n < 4; n++) await capture(submission(), quiet, true);
    expect(await replayed()).toEqual({ checked: 4, mismatches: [] });
    const { body } = await capture(submission(), quiet, true);
    await DB.prepare("UPDATE assignments SET person_id = 'nobody' WHERE lead_id = ?1")
      .bind(body.leadId)
      .run();
    await DB.prepare("UPDATE rotation_credits SET credit = credit + 0.25 WHERE person_id = 'cleo'").run();
    await capture(submission(), quiet, true);
    const { checked, mismatches } = await replayed();
    expect(checked).toBe(2);
    expect(mismatches.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["winner", "credit"]));
    const [alert] = await rows<{ data: string }>("SELECT data FROM outbox WHERE kind = 'ops.alert'");
    expect(alert?.data).toContain("can't be repeated");
    expect(
      await rows("SELECT 1 FROM events WHERE type = 'net.caught' AND data ->> 'net' = 'replay'"),
    ).toHaveLength(1);
    // Told once: what comes after follows from what is there.
    await capture(submission(), quiet, true);
    expect((await replayed()).mismatches).toEqual([]);
  });
});

test("owners the CRM names and nobody here answers to are counted", async () => {
  await call("PUT", "/v1/accounts", [
    { id: "X", name: "Xeno", domain: "xeno.example", owner: "gone@crm.example" },
  ]);
  await publish(
    document({
      routing: {
        rules: [
          { id: "owned", when: { field: "account.owner", op: "exists" }, to: { accountOwner: true } },
          { id: "rest", to: { team: "smb" } },
        ],
        default: ["last"],
        defaultSla: "standard",
      },
    }),
  );
  const { body } = await capture(submission({ email: "a@xeno.example" }), quiet);
  vi.setSystemTime(NOON + 1000);
  const report = await call("GET", "/v1/reports/unknown-owners");
  expect(report.body).toMatchObject({
    owners: [{ name: "gone@crm.example", leads: 1, lastLeadId: body.leadId }],
  });
});
