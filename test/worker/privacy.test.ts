/** What a person may ask for: all of it is given out, all of it goes, figures stay, and no sync brings them back. */
import { beforeAll, expect, test } from "vitest";
import type { Receipt } from "../../schema/wire/capture.ts";
import { erasedSince } from "../../worker/flows/marks.ts";
import { forgetOld } from "../../worker/flows/retention.ts";
import { rollUp } from "../../worker/flows/rollup.ts";
import { call, capture, document, publish, submission, testEnv } from "./support/workspace.ts";

const EMAIL = "Robin.Sekretova@hidden-firm.example";
const WORDS = /robin|sekretova|hidden-firm|\+49 ?30|quite private|Moabit/i;
const deps = { db: testEnv.DB, now: () => Date.now() };

const all = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await testEnv.DB.prepare(sql).all()).results;

const sync = (line: Record<string, unknown>) =>
  call("PUT", "/v1/contacts", `${JSON.stringify(line)}\n`, {
    authorization: "Bearer lc_test",
    "content-type": "application/x-ndjson",
  });

const ask = (what: string, body: Record<string, unknown> = { email: EMAIL }) =>
  call<Record<string, Record<string, unknown>[]>>("POST", `/v1/privacy/${what}`, body);

/** Every table, as text. */
const everything = async (): Promise<string> => {
  const tables = await all(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_cf%' AND name NOT LIKE 'd1_%'",
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => JSON.stringify(await all(`SELECT * FROM ${String(name)}`))),
  );
  return texts.join("\n");
};

const figures = () =>
  all(
    "SELECT leads, complete, touched, contacted, attempts, promised, kept, speed_ms FROM report_cells WHERE dimension = 'all' AND grain = 0 AND leads > 0",
  );

const filled = submission({
  email: EMAIL,
  name: "Robin Sekretova",
  company: "Hidden Firm",
  phone: "+49 30 901820",
  message: "This is quite private.",
  city: "Moabit",
});
let leadId = "";
let receipt = "";

beforeAll(async () => {
  await publish(
    document({
      notifications: [
        {
          id: "ops",
          channel: "webhook",
          url: "https://hooks.acme.example/l",
          secretRef: "OPS_SECRET",
          events: ["*"],
        },
      ],
    }),
  );
  expect((await sync({ id: "c1", email: EMAIL, name: "Robin Sekretova", title: "CTO" })).body).toMatchObject({
    upserted: 1,
  });
  const captured = await capture(filled);
  ({ leadId, receipt } = captured.body);
  await capture(submission({ email: EMAIL, name: "Robin Sekretova", message: "Also quite private." }));
  await call("POST", `/v1/leads/${leadId}/touches`, {
    channel: "call",
    by: "ben",
    outcome: "Talked to Robin Sekretova",
    body: "Robin said it is quite private.",
  });
  await capture(submission({ email: "somebody@else.example", name: "Alex Else" }));
  await rollUp(deps, 60_000);
});

test("export gives out everything", async () => {
  const { status, body } = await ask("export");
  expect(status).toBe(200);
  const count = Object.fromEntries(
    Object.entries(body).map(([name, list]) => [name, Array.isArray(list) ? list.length : list]),
  );
  expect(count).toMatchObject({ contacts: 1, leads: 1, submissions: 2, touches: 1, erasedAt: null });
  expect(JSON.stringify(body["submissions"])).toContain("This is quite private.");
  expect(body["events"]?.length).toBeGreaterThan(3);
  expect(JSON.stringify(body)).not.toContain("somebody@else.example");
  const nobody = await ask("export", { email: "nobody@nowhere.example" });
  expect(nobody.body).toMatchObject({ leads: [], contacts: [] });
  expect((await ask("export", { email: "no address" })).status).toBe(422);
});

test("erasing leaves no trace of the person in any table, and the figures as they were", async () => {
  const before = await figures();
  expect(await everything()).toMatch(WORDS);
  const { status, body } = await ask("erase");
  expect([status, body]).toEqual([200, { leads: 1, contacts: 1 }]);
  expect((await everything()).match(WORDS)).toBeNull();
  await rollUp(deps, 60_000);
  expect(await figures()).toEqual(before);
  expect((await everything()).includes("somebody@else.example")).toBe(true);
  const { body: report } = await call<{ rows: { key: string; label: string }[] }>(
    "GET",
    "/v1/reports/dispositions",
  );
  expect(report.rows.map(({ key, label }) => [key, label])).toEqual([
    ["erased", "Erased at the person's request"],
  ]);
});

test("the lead is still a lead: closed, with its history and its owner", async () => {
  const { status, body } = await call<{
    status: string;
    timeline: { type: string }[];
    owner: unknown;
    person: unknown;
  }>("GET", `/v1/leads/${leadId}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: "disqualified",
    owner: { id: expect.any(String) as string },
    person: { name: null, email: "" },
  });
  expect(body.timeline.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["lead.captured", "lead.touched", "lead.closed", "privacy.erased"]),
  );
  expect((await call<Receipt>("GET", `/v1/receipts/${receipt}`)).status).toBe(404);
  expect(
    await all(
      `SELECT 1 FROM outbox WHERE lead_id = '${leadId}' AND status IN ('pending', 'leased') AND kind <> 'event'`,
    ),
  ).toEqual([]);
});

test("the same again changes nothing, and a late repeat of the submission brings nobody back", async () => {
  const before = await all("SELECT count(*) AS n FROM events");
  expect((await ask("erase")).body).toEqual({ leads: 0, contacts: 0 });
  expect(await all("SELECT count(*) AS n FROM events")).toEqual(before);
  expect((await capture(filled)).status).toBe(409);
  expect((await everything()).match(WORDS)).toBeNull();
});

test("no sync brings an erased contact back, and what was held for them is dropped", async () => {
  const { body } = await sync({ id: "c1", email: EMAIL, name: "Robin Sekretova" });
  expect(body).toMatchObject({ upserted: 0, rejectedCount: 1 });
  expect((await everything()).match(WORDS)).toBeNull();
  expect(await erasedSince(deps, EMAIL, Date.now() - 60_000)).toBe(true);
  expect(await erasedSince(deps, EMAIL, Date.now() + 60_000)).toBe(false);
  expect(await erasedSince(deps, "somebody@else.example", 0)).toBe(false);
});

test("who asked to be left alone stays so, whatever the CRM says", async () => {
  await sync({ id: "c2", email: "quiet@else.example", name: "Quiet" });
  expect((await ask("do-not-contact", { email: "quiet@else.example" })).body).toEqual({ openLeads: 0 });
  await sync({ id: "c2", email: "quiet@else.example", name: "Quiet Again", doNotContact: false });
  await sync({ id: "c3", email: "QUIET@else.example", doNotContact: false });
  expect(
    await all(
      "SELECT id, do_not_contact AS dnc FROM contacts WHERE email_norm = 'quiet@else.example' ORDER BY id",
    ),
  ).toEqual([
    { id: "c2", dnc: 1 },
    { id: "c3", dnc: 1 },
  ]);
  expect((await ask("do-not-contact", { email: "unknown@else.example" })).status).toBe(200);
  expect(
    await all("SELECT do_not_contact AS dnc FROM contacts WHERE email_norm = 'unknown@else.example'"),
  ).toEqual([{ dnc: 1 }]);
});

test("an open lead of who asks to be left alone goes by the rule for that; without one its owner hears", async () => {
  const open = async (email: string): Promise<string> => (await capture(submission({ email }))).body.leadId;
  const holds = (id: string) =>
    all(`SELECT queue_id, owner_id IS NULL AS free FROM leads WHERE id = '${id}'`);
  const told = (id: string) =>
    all(`SELECT recipient FROM outbox WHERE lead_id = '${id}' AND kind = 'privacy.do_not_contact'`);
  const kept = await open("kept@quiet-one.example");
  for (let times = 0; times < 2; times++)
    expect((await ask("do-not-contact", { email: "kept@quiet-one.example" })).body).toEqual({ openLeads: 1 });
  expect(await holds(kept)).toEqual([{ queue_id: null, free: 0 }]);
  expect(await told(kept)).toEqual([{ recipient: "owner" }]);

  const when = { field: "contact.doNotContact", op: "eq", value: true } as const;
  await publish(document({ suppression: [{ id: "dnc", when, to: { queue: "qualification" } }] }));
  const barred = await open("barred@quiet-two.example");
  expect(await holds(barred)).toEqual([{ queue_id: null, free: 0 }]);
  for (let times = 0; times < 2; times++) await ask("do-not-contact", { email: "barred@quiet-two.example" });
  expect(await holds(barred)).toEqual([{ queue_id: "qualification", free: 1 }]);
  expect(await told(barred)).toEqual([]);
  const noted = `SELECT count(*) AS n FROM events WHERE lead_id IN ('${kept}', '${barred}') AND type = 'privacy.do_not_contact'`;
  expect(await all(noted)).toEqual([{ n: 2 }]);
});

test("nobody forgets that somebody asked to be left alone: not an erasure, not a new lead", async () => {
  const suppression = [
    {
      id: "dnc",
      when: { field: "contact.doNotContact", op: "eq", value: true } as const,
      to: { queue: "qualification" },
    },
  ];
  await publish(document({ suppression }));
  const email = "leave.me@alone-firm.example";
  await capture(submission({ email }));
  expect((await ask("erase", { email, doNotContact: true })).status).toBe(200);
  expect(await all("SELECT 1 FROM contacts WHERE email_norm LIKE '%alone-firm%'")).toEqual([]);
  const queued = async (fields: object) => {
    const { body } = await capture(submission({ email, ...fields }));
    return all(`SELECT queue_id, owner_id FROM leads WHERE id = '${body.leadId}'`);
  };
  const barred = [{ queue_id: "qualification", owner_id: null }];
  expect(await queued({})).toEqual(barred);
  // What looks at the lead later sees it on the contact; who erases again starts over.
  expect(
    await all("SELECT do_not_contact AS dnc FROM contacts WHERE email_norm = 'leave.me@alone-firm.example'"),
  ).toEqual([{ dnc: 1 }]);
  expect((await ask("erase", { email })).body).toEqual({ leads: 1, contacts: 1 });
  expect(await queued({})).toEqual(barred);
  // A contact that came past the sync's check carries no mark; the person's word counts all the same.
  await testEnv.DB.prepare("UPDATE contacts SET do_not_contact = 0 WHERE email_norm = ?1").bind(email).run();
  await testEnv.DB.prepare(
    "UPDATE leads SET open = 0, status = 'disqualified', generation = generation + 1 WHERE email_norm = ?1",
  )
    .bind(email)
    .run();
  expect(await queued({})).toEqual(barred);
  await publish(document());
});

test("who is asked for by the address first given is found, though it was corrected since", async () => {
  const [first, second, third] = [
    "typo@secrt-firm.example",
    "tipo@secrt-firm.example",
    "right@right-firm.example",
  ];
  const { body } = await capture(submission({ email: first, name: "Toni Typo" }));
  for (const email of [second, third])
    expect((await call("PATCH", `/v1/leads/${body.leadId}`, { email })).status).toBe(200);
  for (const email of [first, second, third]) {
    const held = await ask("export", { email });
    expect(held.body["leads"]?.map(({ id }) => id)).toEqual([body.leadId]);
    expect(JSON.stringify(held.body["submissions"])).toContain(first);
  }
  expect((await ask("erase", { email: first })).body).toMatchObject({ leads: 1 });
  expect((await everything()).match(/secrt-firm|right-firm|Toni/i)).toBeNull();
  expect((await ask("erase", { email: second })).body).toMatchObject({ leads: 0 });
});

test("a request without the address says what is missing, in words", async () => {
  const { status, body } = await ask("export", { mail: EMAIL });
  expect(status).toBe(422);
  expect(body).toMatchObject({ detail: '/email: "email" is missing: add it.' });
  expect(await ask("export", { email: 7 })).toMatchObject({
    body: { detail: "/email: Write a string here, not a number." },
  });
});

test("only those who may", async () => {
  const key = await call<{ key: string }>("POST", "/v1/keys", { name: "leads only", scopes: ["leads:read"] });
  const answer = await call(
    "POST",
    "/v1/privacy/erase",
    { email: EMAIL },
    { authorization: `Bearer ${key.body.key}` },
  );
  expect(answer.status).toBe(403);
});

test("retention forgets what the document says, no more", async () => {
  const old = await capture(submission({ email: "old@past.example", name: "Olga Oldname" }));
  const young = await capture(submission({ email: "young@past.example", name: "Yuri Youngname" }));
  await call("POST", `/v1/leads/${old.body.leadId}/disposition`, { code: "not_a_fit" });
  await call("POST", `/v1/leads/${young.body.leadId}/disposition`, { code: "not_a_fit" });
  await testEnv.DB.batch(
    ["gone", "kept"].map((which, at) =>
      testEnv.DB.prepare(
        "INSERT INTO companies (domain, provider, facts, fetched_at, expires_at) VALUES (?1, 'p', NULL, 0, ?2)",
      ).bind(`${which}.example`, Date.now() + (at === 0 ? -1 : 60 * 86_400_000)),
    ),
  );
  expect((await forgetOld(deps)).companies).toBe(1);
  expect(await all("SELECT domain FROM companies")).toEqual([{ domain: "kept.example" }]);
  expect(await forgetOld(deps)).toEqual({ leads: 0, submissions: 0, deliveries: 0, companies: 0 });
  await publish(document({ retention: { closedLeads: "P30D", submissions: "P10D", deliveries: "P20D" } }));
  const later = { db: testEnv.DB, now: () => Date.now() + 15 * 86_400_000 };
  expect(await forgetOld(later)).toMatchObject({ leads: 0, submissions: await countOf("submissions") });
  const much = { db: testEnv.DB, now: () => Date.now() + 31 * 86_400_000 };
  expect((await forgetOld(much)).leads).toBe(2);
  expect(await forgetOld(much)).toMatchObject({ leads: 0, submissions: 0 });
  expect(
    await all("SELECT 1 FROM leads WHERE email_norm IN ('old@past.example', 'young@past.example')"),
  ).toEqual([]);
});

test("retention leaves what is still owed and what comes back, and nothing that was given up", async () => {
  await testEnv.DB.prepare("DELETE FROM outbox").run();
  await testEnv.DB.prepare("DELETE FROM retention_state").run();
  const owe = (id: string, status: string) =>
    testEnv.DB.prepare(
      `INSERT INTO outbox (id, kind, channel, recipient, data, status, next_attempt_at, created_at)
       VALUES (?1, 'test', 'email', 'nobody', '{"word": "private"}', ?2, 9e15, ?3)`,
    )
      .bind(id, status, Date.now() - 21 * 86_400_000)
      .run();
  for (const [id, status] of [
    ["a", "sent"],
    ["b", "dead"],
    ["c", "pending"],
    ["d", "sent"],
  ] as const)
    await owe(id, status);
  const blanked = async () =>
    (await all("SELECT id FROM outbox WHERE data = '{}' ORDER BY id")).map(({ id }) => id).join("");
  await forgetOld(deps);
  expect(await blanked()).toBe("ab");
  await testEnv.DB.prepare("UPDATE outbox SET status = 'sent' WHERE id = 'c'").run();
  await forgetOld(deps);
  expect(await blanked()).toBe("abcd");

  const { body } = await capture(submission({ email: "later@past.example" }));
  const recycleOn = new Date(Date.now() + 60 * 86_400_000).toISOString();
  const closing = { code: "not_a_fit", nextStep: "later", recycleOn };
  expect((await call("POST", `/v1/leads/${body.leadId}/disposition`, closing)).status).toBe(200);
  const at = (days: number) => ({ db: testEnv.DB, now: () => Date.now() + days * 86_400_000 });
  await forgetOld(at(40));
  const person = () => all(`SELECT email_norm FROM leads WHERE id = '${body.leadId}'`);
  expect(await person()).toEqual([{ email_norm: "later@past.example" }]);
  await forgetOld(at(62));
  expect(await person()).toEqual([{ email_norm: `erased:${body.leadId}` }]);
});

const countOf = async (table: string): Promise<number> =>
  Number((await all(`SELECT count(*) AS n FROM ${table}`))[0]?.["n"]);
