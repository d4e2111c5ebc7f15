/** Bulk upserts against a real D1: streams, broken lines, repeats, races, removal and merging. */
import { beforeAll, describe, expect, test } from "vitest";
import { call, capture, document, publish, rows, submission, testEnv } from "./support/workspace.ts";
import worker from "../../worker/index.ts";
import { readForUpsert } from "../../worker/store/crm.ts";
import { createExecutionContext } from "cloudflare:test";

interface Upserted {
  received: number;
  upserted: number;
  rejectedCount: number;
  rejected: { line: number; error: string }[];
}

beforeAll(async () => {
  await publish(document());
});

const put = async (
  path: string,
  body: BodyInit | ReadableStream,
  type = "application/x-ndjson",
): Promise<{ status: number; body: Upserted }> => {
  const request = new Request(`https://leads.acme.example${path}`, {
    method: "PUT",
    headers: { authorization: "Bearer lc_test", "content-type": type },
    body: body as BodyInit,
  });
  const response = await worker.fetch(request, testEnv, createExecutionContext());
  return { status: response.status, body: await response.json() };
};

const lines = (...records: unknown[]): string => records.map((each) => JSON.stringify(each)).join("\n");

const account = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (await rows("SELECT * FROM accounts WHERE id = ?", id))[0];

const keys = async (id: string): Promise<unknown[]> =>
  (await rows("SELECT key FROM account_keys WHERE account_id = ? ORDER BY key", id)).map((row) => row["key"]);

describe("accounts", () => {
  test("are created with their keys; a parent may come later", async () => {
    const { status, body } = await put(
      "/v1/accounts",
      lines(
        { id: "K1", name: "Kestrel Labs GmbH", domain: "kestrel.example", parentId: "K0", csm: "mia" },
        { id: "K0", name: "Kestrel Group", domain: "kestrel-group.example", domains: ["kestrel.test"] },
      ),
    );
    expect(status).toBe(200);
    expect(body).toEqual({ received: 2, upserted: 2, rejectedCount: 0, rejected: [] });
    expect(await account("K1")).toMatchObject({ parent_id: "K0", roles: '{"csm":"mia"}' });
    expect(await keys("K1")).toContain("d:kestrel.example");
    expect(await keys("K0")).toEqual(expect.arrayContaining(["d:kestrel-group.example", "a:kestrel.test"]));
  });

  test("keep what isn't sent, lose what is null, and drop keys that no longer hold", async () => {
    await put(
      "/v1/accounts",
      lines({ id: "P1", name: "Plover", domain: "plover.example", owner: "ben", city: "Bonn" }),
    );
    await put("/v1/accounts", lines({ id: "P1", owner: null, domain: "plover.test" }));
    expect(await account("P1")).toMatchObject({
      name: "Plover",
      owner: null,
      city: "Bonn",
      domain: "plover.test",
    });
    expect(await keys("P1")).toContain("d:plover.test");
    expect(await keys("P1")).not.toContain("d:plover.example");
  });

  test("sent again are not written again", async () => {
    const body = lines({ id: "S1", name: "Siskin", domain: "siskin.example", tier: "1" });
    await put("/v1/accounts", body);
    await testEnv.DB.prepare("UPDATE accounts SET updated_at = 7 WHERE id = 'S1'").run();
    expect((await put("/v1/accounts", body)).body.upserted).toBe(1);
    expect((await account("S1"))?.["updated_at"]).toBe(7);
  });

  test("twice in one body: the later line wins", async () => {
    const { body } = await put(
      "/v1/accounts",
      lines({ id: "T1", name: "First" }, { id: "T1", name: "Second" }),
    );
    expect(body).toMatchObject({ received: 2, upserted: 2 });
    expect((await account("T1"))?.["name"]).toBe("Second");
  });

  test("a bad line never stops the good ones", async () => {
    const { body } = await put(
      "/v1/accounts",
      [
        '{"id":"B1","name":"Bunting"}',
        '{"id":"B2"',
        "",
        '{"id":"B3","owner":"ben"}',
        '{"name":"x"}',
        "x".repeat(70_000),
        '{"id":"B4","name":"\\ud800 Brambling"}',
      ].join("\r\n"),
    );
    expect(body.rejected.map((each) => each.line)).toEqual([2, 4, 5, 6]);
    expect(body).toMatchObject({ received: 6, upserted: 2, rejectedCount: 4 });
    expect(body.rejected[1]?.error).toContain("name: is required");
    expect(await account("B1")).toBeDefined();
    expect(await account("B4")).toBeDefined();
  });

  test.each([
    ["a list", '[{"id":"J1","name":"Jay"},{"id":"J2"}]'],
    ["in an envelope", '{"accounts":[{"id":"J1","name":"Jay"},{"id":"J2"}]}'],
    ["lines after all", '{"id":"J1","name":"Jay"}\n{"id":"J2"}\n'],
  ])("application/json: %s", async (_, sent) => {
    const { body } = await put("/v1/accounts", sent, "application/json");
    expect(body).toMatchObject({ received: 2, upserted: 1, rejected: [{ line: 2 }] });
  });

  test("CSV with semicolons in UTF-16, told by nobody", async () => {
    const text =
      '\ufeffId;Name;Website;Aliases;Parent Account ID;Owner Email\r\nU1;"Ümlaut ""x""; AG";www.uml.example;a.uml.test|b.test;;ben@acme.example\r\n';
    const bytes = new Uint8Array(text.length * 2);
    for (let at = 0; at < text.length; at++)
      new DataView(bytes.buffer).setUint16(at * 2, text.charCodeAt(at), true);
    const { body } = await put("/v1/accounts", bytes, "text/csv");
    expect(body).toMatchObject({ received: 1, upserted: 1 });
    expect(await account("U1")).toMatchObject({
      name: 'Ümlaut "x"; AG',
      domain: "uml.example",
      owner: "ben@acme.example",
      parent_id: null,
    });
    expect(
      (await put("/v1/accounts", "id,name\nU2,Wren\n", "application/x-www-form-urlencoded")).body.upserted,
    ).toBe(1);
  });

  test("gzip", async () => {
    const zipped = new Response(lines({ id: "G1", name: "Godwit" })).body!.pipeThrough(
      new CompressionStream("gzip"),
    );
    const request = new Request("https://leads.acme.example/v1/accounts", {
      method: "PUT",
      headers: {
        authorization: "Bearer lc_test",
        "content-type": "application/x-ndjson",
        "content-encoding": "gzip",
      },
      body: zipped,
    });
    const response = await worker.fetch(request, testEnv, createExecutionContext());
    expect(await response.json()).toMatchObject({ upserted: 1 });
  });

  test("what can't be read at all is said", async () => {
    expect((await put("/v1/accounts", "name,domain\nx,y\n", "text/csv")).status).toBe(422);
    expect((await put("/v1/accounts", "<xml/>", "application/xml")).status).toBe(415);
    expect((await put("/v1/accounts", "[{]", "application/json")).status).toBe(400);
    expect((await call("PUT", "/v1/accounts", "{}", {})).status).toBe(401);
  });

  test("50,000 in one stream, cut anywhere, some hundreds in memory at a time", async () => {
    let sent = 0;
    let most = 0;
    const encoder = new TextEncoder();
    let held = new Uint8Array(0);
    const body = new ReadableStream({
      async pull(controller) {
        if (sent >= 50_000 && held.length === 0) {
          controller.close();
          return;
        }
        while (held.length < 8191 && sent < 50_000) {
          const more = encoder.encode(
            `${JSON.stringify({ id: `N${sent}`, name: `Nuthatch ${sent} Übersee`, domain: `n${sent}.example` })}\n`,
          );
          const both = new Uint8Array(held.length + more.length);
          both.set(held);
          both.set(more, held.length);
          held = both;
          sent++;
        }
        const { n } = (await testEnv.DB.prepare(
          "SELECT count(*) AS n FROM accounts WHERE id LIKE 'N%'",
        ).first<{ n: number }>())!;
        most = Math.max(most, sent - n);
        controller.enqueue(held.slice(0, 8191));
        held = held.slice(8191);
      },
    });
    const answer = await put("/v1/accounts", body);
    expect(answer.body).toEqual({ received: 50_000, upserted: 50_000, rejectedCount: 0, rejected: [] });
    expect(most).toBeLessThan(2000);
    expect(await keys("N49999")).toContain("d:n49999.example");
  }, 120_000);

  test("rows that are long are read some at a time, and nothing of them is lost", async () => {
    const long = "z".repeat(1990);
    const extra = Object.fromEntries([...Array(14).keys()].map((at) => [`note${at}`, long]));
    const ids = [...Array(150).keys()].map((at) => `W${at}`);
    await put("/v1/accounts", lines(...ids.map((id) => ({ id, name: `Wagtail ${id}`, extra }))));
    const { unread, rows: read } = await readForUpsert(testEnv.DB, "accounts", ids, ids);
    expect([unread.size > 0, read.size + unread.size]).toEqual([true, 150]);
    const { body } = await put("/v1/accounts", lines(...ids.map((id) => ({ id, city: "Bonn" }))));
    expect(body).toMatchObject({ received: 150, upserted: 150, rejectedCount: 0 });
    const whole = await rows(
      "SELECT 1 FROM accounts WHERE id LIKE 'W%' AND city = 'Bonn' AND length(extra) > 27000",
    );
    expect(whole).toHaveLength(150);
  });

  test("two uploads at once lose nothing of each other", async () => {
    await put(
      "/v1/accounts",
      lines(...[...Array(100).keys()].map((at) => ({ id: `R${at}`, name: `Redstart ${at}` }))),
    );
    const cities = lines(...[...Array(100).keys()].map((at) => ({ id: `R${at}`, city: "Bonn", a: 1 })));
    const owners = lines(
      ...[...Array(100).keys()].map((at) => ({ id: `R${at}`, owner: "ben", domain: `r${at}.example`, b: 2 })),
    );
    const answers = await Promise.all([put("/v1/accounts", cities), put("/v1/accounts", owners)]);
    expect(answers.map(({ body }) => body.upserted)).toEqual([100, 100]);
    const whole = await rows(
      "SELECT id FROM accounts WHERE id LIKE 'R%' AND city = 'Bonn' AND owner = 'ben' AND extra ->> 'a' = 1 AND extra ->> 'b' = 2",
    );
    expect(whole).toHaveLength(100);
    expect(await keys("R7")).toContain("d:r7.example");
  });
});

describe("contacts and opportunities", () => {
  test("from CSV, by the names of a CRM", async () => {
    const contacts = await put(
      "/v1/contacts",
      "Record ID,Email,First Name,Last Name,Associated Company ID\nC1,Ana@Kestrel.example,Ana,Ox,K1\nC2,nobody,,,\n",
      "text/csv",
    );
    expect(contacts.body).toMatchObject({
      received: 2,
      upserted: 1,
      rejected: [{ line: 3, error: expect.stringContaining("email:") as string }],
    });
    expect((await rows("SELECT * FROM contacts WHERE id = 'C1'"))[0]).toMatchObject({
      email_norm: "ana@kestrel.example",
      name: "Ana Ox",
      account_id: "K1",
    });
    const deals = await put(
      "/v1/opportunities",
      'id,accountId,stage,amount\nO1,K1,Closed Won,"1,200.50"\nO2,K1,Demo,\nO3,,Demo,\n',
      "text/csv",
    );
    expect(deals.body).toMatchObject({
      upserted: 2,
      rejected: [{ line: 4, error: expect.stringContaining("accountId:") as string }],
    });
    expect(await rows("SELECT id, open, amount FROM opportunities ORDER BY id")).toEqual([
      { id: "O1", open: 0, amount: 1200.5 },
      { id: "O2", open: 1, amount: null },
    ]);
  });
});

describe("accounts that go", () => {
  test("merged: everything follows, old leads too, and the domain still finds", async () => {
    await put(
      "/v1/accounts",
      lines(
        { id: "M1", name: "Merlin", domain: "merlin.example" },
        { id: "M2", name: "Merlin Ltd", domain: "merlin.test", city: "Bath" },
        { id: "M3", name: "Merlin Child", parentId: "M2" },
      ),
    );
    await put("/v1/contacts", lines({ id: "MC", email: "x@merlin.test", accountId: "M2" }));
    await put("/v1/opportunities", lines({ id: "MO", accountId: "M2", open: true }));
    const lead = await capture(submission({ email: "y@merlin.test" }));
    expect((await rows("SELECT account_id FROM leads WHERE id = ?", lead.body.leadId))[0]).toEqual({
      account_id: "M2",
    });
    const merged = await call("POST", "/v1/accounts/M2/merge", { into: "M1" });
    expect(merged.body).toEqual({
      account: { id: "M1", name: "Merlin" },
      contacts: 1,
      opportunities: 1,
      children: 1,
      leads: 1,
      complete: true,
    });
    expect(await account("M2")).toBeUndefined();
    expect(await account("M1")).toMatchObject({ domains: '["merlin.test"]', city: "Bath" });
    expect(await account("M3")).toMatchObject({ parent_id: "M1" });
    expect(
      (await rows("SELECT account_id, generation FROM leads WHERE id = ?", lead.body.leadId))[0],
    ).toEqual({ account_id: "M1", generation: 2 });
    const found = await call<{ results: { account: unknown }[] }>("POST", "/v1/match", {
      leads: [{ email: "z@merlin.test" }],
    });
    expect(found.body.results[0]?.account).toEqual({ id: "M1", name: "Merlin" });
    expect((await call("POST", "/v1/accounts/M1/merge", { into: "M1" })).status).toBe(422);
    const again = await call("POST", "/v1/accounts/M2/merge", { into: "M1" });
    expect(again).toMatchObject({ status: 200, body: { account: { id: "M1" }, leads: 0, complete: true } });
    expect((await call("POST", "/v1/accounts/M1/merge", { into: "M2" })).status).toBe(422);
    expect((await call("POST", "/v1/accounts/M3/merge", { into: "M9" })).status).toBe(404);
  });

  test("removed: its open leads stay without it", async () => {
    await put("/v1/accounts", lines({ id: "D1", name: "Dotterel", domain: "dotterel.example" }));
    const lead = await capture(submission({ email: "y@dotterel.example" }));
    expect((await call("DELETE", "/v1/accounts/D1")).status).toBe(204);
    expect((await call("DELETE", "/v1/accounts/D1")).status).toBe(204);
    expect((await call("DELETE", "/v1/accounts/never")).status).toBe(404);
    expect(
      (
        await rows(
          "SELECT account_id, owner_id IS NOT NULL AS owned FROM leads WHERE id = ?",
          lead.body.leadId,
        )
      )[0],
    ).toEqual({ account_id: null, owned: 1 });
    expect(await keys("D1")).toEqual([]);
  });
});
