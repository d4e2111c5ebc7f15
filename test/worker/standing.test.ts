/** An open lead under a newer document, and leads whose people aren't there: the policy stays, the people are today's. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import worker from "../../worker/index.ts";
import { ORIGIN, signIn, using } from "./support/signin.ts";
import { call, capture, document, person, publish, submission, testEnv } from "./support/workspace.ts";

const MINUTE = 60_000;
/** A Monday, 12:00 UTC. */
const NOON = Date.parse("2037-11-23T12:00:00.000Z");

interface LeadView {
  status: string;
  owner: { id: string } | null;
  queue: { id: string } | null;
  policyVersion: number;
  provisional: boolean;
  routing: { ruleId: string | null };
}

const lead = async (id: string): Promise<LeadView> => (await call<LeadView>("GET", `/v1/leads/${id}`)).body;
const on = (id: string, what: string, body: object) =>
  call<LeadView & { detail?: string }>("POST", `/v1/leads/${id}/${what}`, body);

const minute = async (time: number): Promise<void> => {
  vi.setSystemTime(time);
  const context = createExecutionContext();
  await worker.scheduled(
    { scheduledTime: time, cron: "* * * * *", noRetry: () => undefined },
    testEnv,
    context,
  );
  await waitOnExecutionContext(context);
};

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(NOON);
  await publish(document());
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a newer document", () => {
  test("brings new people, new codes and new stewards to leads that are open, and no new rules", async () => {
    const { leadId } = (await capture(submission())).body;
    const started = await lead(leadId);
    const base = document();
    await publish({
      ...base,
      people: [...base.people, person("zoe", { manager: "mia" })],
      queues: [{ id: "qualification", name: "Qualification", steward: "zoe" }],
      routing: { ...base.routing, rules: [{ id: "other", to: { person: "zoe" } }] },
      dispositions: [{ code: "no_budget", label: "No budget", outcome: "disqualified" }],
    });
    expect(await on(leadId, "reassign", { to: "zoe", reason: "joined today" })).toMatchObject({
      status: 200,
      body: {
        owner: { id: "zoe" },
        policyVersion: started.policyVersion,
        routing: { ruleId: started.routing.ruleId },
      },
    });
    expect((await on(leadId, "disposition", { code: "won", nextStep: "x" })).status).toBe(422);
    expect(
      (await on(leadId, "disposition", { code: "no_budget", nextStep: "ask in spring" })).body,
    ).toMatchObject({
      status: "disqualified",
    });
  });

  test("sends the breach of an older lead to whom the team gained since", async () => {
    const base = document();
    await publish({ ...base, teams: [{ ...base.teams![0]!, members: [{ person: "ben" }] }] });
    const { leadId } = (await capture(submission())).body;
    await publish({
      ...base,
      people: [...base.people, person("zoe", { manager: "mia" })],
      teams: [{ ...base.teams![0]!, members: [{ person: "ben" }, { person: "zoe" }] }],
    });
    await on(leadId, "reassign", { reason: "busy" });
    expect((await lead(leadId)).owner?.id).toBe("zoe");
  });
});

describe("absence", () => {
  test("that began while nobody looked is found by the sweeper; what came afterwards was meant so", async () => {
    const early = (await capture(submission())).body.leadId;
    const owner = (await lead(early)).owner?.id ?? "";
    // As a request that died right after its first write would leave it.
    await testEnv.DB.batch([
      testEnv.DB.prepare(
        "INSERT INTO people_state (person_id, away, away_since, updated_at) VALUES (?1, 1, ?2, ?2) ON CONFLICT (person_id) DO UPDATE SET away = 1, away_since = ?2",
      ).bind(owner, NOON + 1),
      testEnv.DB.prepare("UPDATE revisions SET people = people + 1"),
    ]);
    vi.setSystemTime(NOON + 2);
    const byHand = (await capture(submission())).body.leadId;
    await on(byHand, "reassign", { to: owner, reason: "they know them" });
    await minute(NOON + MINUTE);
    expect((await lead(early)).owner?.id).not.toBe(owner);
    expect((await lead(byHand)).owner?.id).toBe(owner);
    await call("PUT", `/v1/people/${owner}/availability`, { availability: "available" });
  });

  test("is told truly: who moved, and who stayed because nobody else is there", async () => {
    const { leadId } = (await capture(submission())).body;
    const owner = (await lead(leadId)).owner?.id ?? "";
    const others = document()
      .people.map(({ id }) => id)
      .filter((id) => id !== owner);
    for (const id of others) await call("PUT", `/v1/people/${id}/availability`, { availability: "away" });
    const alone = await on(leadId, "reassign", { to: "last", reason: "the last resort" });
    expect(alone.body.owner?.id).toBe("last");
    await call("PUT", `/v1/people/${owner}/availability`, { availability: "away" });
    const last = await call("PUT", "/v1/people/last/availability", { availability: "away" });
    expect(last.body).toMatchObject({ moved: 0, remaining: 0 });
    expect(last.body["kept"]).toBeGreaterThan(0);
    for (const { id } of document().people)
      await call("PUT", `/v1/people/${id}/availability`, { availability: "available" });
  });
});

describe("contact data", () => {
  test("goes to cleanup when both channels are proven dead, one after the other", async () => {
    await publish(
      document({
        queues: [
          { id: "qualification", name: "Qualification", steward: "mia" },
          { id: "mending", name: "Mending", steward: "mia", purpose: "data_cleanup" },
        ],
      }),
    );
    const { leadId } = (await capture(submission({ phone: "+12125550199" }))).body;
    const verified = { evidence: { grade: "verified" } };
    expect((await on(leadId, "bounces", { kind: "email", ...verified })).body.queue).toBeNull();
    expect((await on(leadId, "bounces", { kind: "phone", ...verified })).body.queue?.id).toBe("mending");
  });

  test("of the CRM still counts for the policy when the window opens", async () => {
    const base = document();
    await publish({
      ...base,
      calendars: [
        { id: "office", timezone: "UTC", hours: { mon: [["09:00", "11:00"]], tue: [["09:00", "17:00"]] } },
        ...base.calendars!,
      ],
      teams: [
        { ...base.teams![0]!, calendar: "office" },
        { id: "care", name: "Care", calendar: "office", manager: "mia", members: [{ person: "cleo" }] },
      ],
      routing: {
        ...base.routing,
        rules: [
          {
            id: "customers",
            when: { field: "contact.lifecycle", op: "eq", value: "customer" },
            to: { team: "care" },
          },
          { id: "rest", to: { person: "ben" } },
        ],
      },
    });
    await call("PUT", "/v1/contacts", '{"id":"c1","email":"vera@known.example","lifecycle":"customer"}', {
      authorization: "Bearer lc_test",
      "content-type": "application/x-ndjson",
    });
    const { leadId } = (await capture(submission({ email: "vera@known.example" }))).body;
    expect(await lead(leadId)).toMatchObject({ owner: { id: "cleo" }, provisional: true });
    await minute(Date.parse("2037-11-24T08:59:00.000Z"));
    vi.setSystemTime(Date.parse("2037-11-24T09:00:01.000Z"));
    const { wake } = await import("../../worker/flows/wake.ts");
    const { depsFor } = await import("../../worker/ports.ts");
    await wake(
      depsFor(testEnv, () => undefined),
      leadId,
    );
    expect(await lead(leadId)).toMatchObject({
      owner: { id: "cleo" },
      provisional: false,
      routing: { ruleId: "customers" },
    });
  });
});

describe("a rep", () => {
  test("closes and stages what is theirs, and records touches on anybody's", async () => {
    const { leadId } = (await capture(submission())).body;
    const owner = (await lead(leadId)).owner?.id ?? "";
    const other = owner === "ben" ? "cleo" : "ben";
    const cookie = await signIn(`${other}@acme.example`);
    const as = (what: string, body: object) =>
      call("POST", `/v1/leads/${leadId}/${what}`, body, { cookie, origin: ORIGIN }, using);
    for (const [what, body] of [
      ["disposition", { code: "won", nextStep: "x" }],
      ["stage", { stage: "mql" }],
      ["bounces", { kind: "email" }],
      ["handoff", { stage: "sql", to: other, nextAction: "x" }],
    ] as const)
      expect((await as(what, body)).status).toBe(403);
    expect(
      (await as("touches", { channel: "call", direction: "outbound", personal: true, outcome: "reached" }))
        .status,
    ).toBe(201);
    const mine = await signIn(`${owner}@acme.example`);
    const closed = await call(
      "POST",
      `/v1/leads/${leadId}/disposition`,
      { code: "won", nextStep: "x" },
      { cookie: mine, origin: ORIGIN },
      using,
    );
    expect(closed.status).toBe(200);
  });
});
