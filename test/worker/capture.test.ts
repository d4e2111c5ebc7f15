/** Capture from outside: acknowledged, owned, repeatable, never two. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Env } from "../../worker/env.ts";
import { capture as captureFlow } from "../../worker/flows/capture.ts";
import { announce, depsFor, gathering } from "../../worker/ports.ts";
import { call, capture, document, person, publish, submission, testEnv } from "./support/workspace.ts";

beforeAll(async () => {
  await publish(document());
});

describe("a submission", () => {
  test("becomes an owned lead, and the visitor is told who and by when", async () => {
    const { status, body } = await capture(submission());
    expect(status).toBe(201);
    expect(body.acknowledgement.kind).toBe("in_coverage");
    expect(["Ben", "Cleo"]).toContain(body.acknowledgement.owner?.name);
    const minutes = (Date.parse(body.acknowledgement.promiseAt ?? "") - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(9.5);
    expect(minutes).toBeLessThanOrEqual(10);
    const lead = await call("GET", `/v1/leads/${body.leadId}`);
    expect(lead.status).toBe(200);
    expect(lead.body).toMatchObject({
      status: "new",
      stage: "inquiry",
      routing: { ruleId: "rest", target: "team:smb" },
    });
    const types = (lead.body["timeline"] as { type: string }[]).map((event) => event.type);
    expect(types).toEqual(["lead.captured", "lead.matched", "lead.assigned"]);
  });

  test("sent again is answered with the first answer", async () => {
    const body = submission();
    const first = await capture(body);
    const again = await capture(body);
    expect(first.status).toBe(201);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
  });

  test("with a used id and other content is refused", async () => {
    const body = submission();
    await capture(body);
    const other = await capture({ ...body, fields: { ...body.fields, name: "Somebody Else" } });
    expect(other.status).toBe(409);
  });

  test("by the same e-mail joins the open lead", async () => {
    const first = await capture(submission({ email: "twice@joined.example" }));
    const second = await capture(submission({ email: "Twice@Joined.example" }));
    expect(second.body.leadId).toBe(first.body.leadId);
    expect(second.body.acknowledgement.owner).toEqual(first.body.acknowledgement.owner);
  });

  test("from a foreign origin is refused, from an allowed one it is readable there", async () => {
    const foreign = await call("POST", "/v1/forms/demo/submissions", submission(), {
      origin: "https://evil.example",
    });
    expect(foreign.status).toBe(403);
    const home = await call("POST", "/v1/forms/demo/submissions", submission(), {
      origin: "https://acme.example",
    });
    expect(home.status).toBe(201);
    expect(home.headers.get("access-control-allow-origin")).toBe("https://acme.example");
  });

  test("names each field that needs correcting", async () => {
    const { status, body } = await capture(submission({ email: "not an address" }));
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ pointer: "/fields/email" }] });
  });

  test("from a server, without a form, needs a way to answer it", async () => {
    const send = (fields: Record<string, unknown>) =>
      call<{ errors?: { pointer: string }[] }>("POST", "/v1/leads", {
        ...submission(),
        source: "fair",
        fields,
      });
    for (const fields of [
      {},
      { name: "Robin" },
      { phone: "n/a" },
      { email: "not an address", phone: "+1 212 555 0123" },
    ])
      expect(await send(fields)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: "/fields/email" }] },
      });
    expect((await send({ "Work e-mail": "robin@" })).body.errors).toMatchObject([
      { pointer: "/fields/Work e-mail" },
    ]);
    for (const fields of [{ mail: "robin@fair.example" }, { phone: "+1 212 555 0123" }])
      expect((await send(fields)).status).toBe(201);
  });

  test("a lead is found again by a search that no address holds", async () => {
    const given = submission();
    const { body } = await capture(given);
    const search = (q: string) =>
      call<{ leads: { id: string }[] }>("POST", "/v1/leads/search", { q, status: "open", limit: "5" });
    expect((await search(given.fields.email)).body.leads.map(({ id }) => id)).toEqual([body.leadId]);
    expect((await search("nobody@of-that-name.example")).body.leads).toEqual([]);
    const wrong = await call<object>("POST", "/v1/leads/search", { status: "lost" });
    expect([wrong.status, wrong.body]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: "/status" })] }),
    ]);
  });
});

describe("a clock that is due within two minutes", () => {
  const HURRY = { id: "standard", firstTouch: "PT100S" };
  const request = (n: number) => ({
    ...submission({ email: `hurry${n}@soon.example` }),
    formKey: "demo",
    source: null,
    consent: null,
    page: {},
    attribution: {},
    edge: {},
  });

  test("is armed for the lead's first deadline before the visitor is answered, once", async () => {
    await publish(document({ sla: [HURRY] }));
    const armed: number[] = [];
    const deps = depsFor(testEnv, () => undefined);
    const arm = (_: string, at: number) => Promise.resolve(void armed.push(at));
    const result = await captureFlow({ ...deps, clock: { ...deps.clock, arm } }, request(1));
    expect(result.kind).toBe("captured");
    const due = await testEnv.DB.prepare(
      "SELECT next_due_at AS at FROM leads WHERE email_norm = 'hurry1@soon.example'",
    ).first<{ at: number }>();
    expect(armed).toEqual([due?.at]);
    await publish(document());
  });
});

test("announcements of a busy moment are a second apart, and a single one isn't held up", async () => {
  const usual = { ...gathering };
  Object.assign(gathering, { ms: 5, apartMs: 80 });
  const kicks: number[] = [];
  const kick = () => Promise.resolve(void kicks.push(performance.now()));
  const busy = {
    DISPATCHER: { getByName: () => ({ kick }) },
    LIVE_BOARD: { getByName: () => ({ poke: () => Promise.resolve() }) },
  } as unknown as Env;
  for (let n = 0; n < 8; n++) {
    void announce(busy);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await announce(busy);
  await new Promise((resolve) => setTimeout(resolve, 200));
  Object.assign(gathering, usual);
  expect(kicks.length).toBeGreaterThan(1);
  for (const [n, at] of kicks.slice(1).entries()) expect(at - (kicks[n] ?? 0)).toBeGreaterThanOrEqual(70);
});

describe("rotation under concurrency", () => {
  test("200 at once into five people with room for 20 each: 100 in rotation, the rest falls through", async () => {
    const people = ["p1", "p2", "p3", "p4", "p5"];
    await publish(
      document({
        people: [
          person("mia", { role: "manager" }),
          person("last", { role: "manager" }),
          ...people.map((id) => person(id, { capacity: 20 })),
        ],
        teams: [
          {
            id: "smb",
            name: "SMB",
            calendar: "always",
            manager: "mia",
            members: people.map((id) => ({ person: id })),
          },
        ],
      }),
    );
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => capture(submission({ email: `x${i}@burst${i}.example` }))),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(200).fill(201));
    const { results } = await testEnv.DB.prepare(
      "SELECT owner_id AS owner, count(*) AS n FROM leads WHERE email_norm LIKE '%@burst%' GROUP BY owner_id ORDER BY owner_id",
    ).all<{ owner: string; n: number }>();
    expect(results).toEqual([{ owner: "mia", n: 100 }, ...people.map((owner) => ({ owner, n: 20 }))]);
    const credits = await testEnv.DB.prepare("SELECT sum(credit) AS total FROM rotation_credits").first<{
      total: number;
    }>();
    expect(credits?.total).toBeCloseTo(0, 9);
  });
});
