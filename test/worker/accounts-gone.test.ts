/** Accounts that were merged away or removed: what their ids mean afterwards, and work that is more than one request does. */
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { continueMoves } from "../../worker/flows/accounts.ts";
import { rekey } from "../../worker/flows/rekey.ts";
import { depsFor } from "../../worker/ports.ts";
import { call, capture, document, publish, rows, submission, testEnv } from "./support/workspace.ts";

beforeAll(async () => {
  await publish(document());
});

const put = (kind: string, ...records: unknown[]) =>
  call<{ upserted: number }>("PUT", `/v1/${kind}`, records.map((each) => JSON.stringify(each)).join("\n"), {
    authorization: "Bearer lc_test",
    "content-type": "application/x-ndjson",
  });

const deps = () => depsFor(testEnv, () => undefined);

const match = async (lead: Record<string, unknown>): Promise<string | null> => {
  const { body } = await call<{ results: { account: { id: string } | null }[] }>("POST", "/v1/match", {
    leads: [lead],
  });
  return body.results[0]?.account?.id ?? null;
};

let n = 0;
/** Ids and domains of one test. */
let of: (id: string) => string;
beforeEach(() => {
  const run = ++n;
  of = (id) => `${id}${run}`;
});

const pair = async (): Promise<[string, string]> => {
  const [stays, goes] = [of("S"), of("G")];
  await put(
    "accounts",
    { id: stays, name: `Kestrel ${stays} Robotics`, domain: `${stays}.example` },
    { id: goes, name: `Plover ${goes} Dynamics`, domain: `${goes}.example`, city: "Bath" },
  );
  return [stays, goes];
};

describe("merged", () => {
  test("the old id means the account that stayed, in every kind of record", async () => {
    const [stays, goes] = await pair();
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    await put("contacts", { id: of("C"), email: `c@${of("c")}.example`, accountId: goes });
    await put("opportunities", { id: of("O"), accountId: goes, open: true });
    await put("accounts", { id: of("K"), name: "A child", parentId: goes });
    expect(await rows("SELECT account_id FROM contacts WHERE id = ?", of("C"))).toEqual([
      { account_id: stays },
    ]);
    expect(await rows("SELECT account_id FROM opportunities WHERE id = ?", of("O"))).toEqual([
      { account_id: stays },
    ]);
    expect(await rows("SELECT parent_id FROM accounts WHERE id = ?", of("K"))).toEqual([
      { parent_id: stays },
    ]);
    expect(await match({ email: `c@${of("c")}.example` })).toBe(stays);
  });

  test("its record, still sent by the CRM, adds names and domains and overwrites nothing", async () => {
    const [stays, goes] = await pair();
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    const sent = {
      id: goes,
      name: "Plover Reborn",
      domain: `${of("n")}.example`,
      owner: "cleo",
      employees: 7,
    };
    expect((await put("accounts", sent)).body.upserted).toBe(1);
    const before = await rows("SELECT * FROM accounts WHERE id = ?", stays);
    expect(before[0]).toMatchObject({ name: `Kestrel ${stays} Robotics`, owner: null, employees: null });
    expect(JSON.parse(String(before[0]?.["domains"]))).toContain(`${of("n")}.example`);
    expect(JSON.parse(String(before[0]?.["other_names"]))).toEqual([
      `Plover ${goes} Dynamics`,
      "Plover Reborn",
    ]);
    expect(await rows("SELECT id FROM accounts WHERE id = ?", goes)).toEqual([]);
    expect(await match({ email: `x@${of("n")}.example` })).toBe(stays);
    await put("accounts", sent);
    expect(await rows("SELECT * FROM accounts WHERE id = ?", stays)).toEqual(before);
  });

  test("the name of the one that went is found from anywhere", async () => {
    const [stays, goes] = await pair();
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    expect(await match({ email: "x@agency.example", company: `Plover ${goes} Dynamics`, city: "Bath" })).toBe(
      stays,
    );
  });

  test("both records in one body: the one that stays keeps its word", async () => {
    const [stays, goes] = await pair();
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    const { body } = await put(
      "accounts",
      { id: goes, name: "Other" },
      { id: stays, city: "Bonn" },
      { id: goes, domain: `${of("z")}.example` },
    );
    expect(body).toMatchObject({ received: 3, upserted: 3 });
    const [row] = await rows("SELECT name, city, domains, other_names FROM accounts WHERE id = ?", stays);
    expect(row).toMatchObject({ name: `Kestrel ${stays} Robotics`, city: "Bonn" });
    expect(String(row?.["domains"])).toContain(`${of("z")}.example`);
    expect(String(row?.["other_names"])).toContain("Other");
  });

  test("chains end at the last one; the id stands for itself again once it is removed", async () => {
    const [stays, goes] = await pair();
    const last = of("L");
    await put("accounts", { id: last, name: `Osprey ${last}` });
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    await call("POST", `/v1/accounts/${stays}/merge`, { into: last });
    expect(await rows("SELECT account_id FROM account_aliases WHERE id IN (?, ?)", goes, stays)).toEqual([
      { account_id: last },
      { account_id: last },
    ]);
    expect((await call("POST", `/v1/accounts/${goes}/merge`, { into: of("S") })).body).toMatchObject({
      account: { id: last },
    });
    expect((await call("DELETE", `/v1/accounts/${goes}`)).status).toBe(204);
    await put("accounts", { id: goes, name: "On its own again" });
    await continueMoves(deps());
    expect(await rows("SELECT name FROM accounts WHERE id = ?", goes)).toEqual([
      { name: "On its own again" },
    ]);
  });

  test("undone minutes later: what is sent of it from then on stays its own, and it is found again", async () => {
    const [stays, goes] = await pair();
    const sent = { id: goes, name: `Plover ${goes} Dynamics`, domain: `${goes}.example`, city: "Bath" };
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    await call("DELETE", `/v1/accounts/${goes}`);
    await put("accounts", sent);
    await put("contacts", { id: of("C"), email: "x@elsewhere.example", accountId: goes });
    await continueMoves(deps());
    expect(await rows("SELECT account_id FROM contacts WHERE id = ?", of("C"))).toEqual([
      { account_id: goes },
    ]);
    expect(await rows("SELECT id FROM accounts WHERE id = ?", goes)).toHaveLength(1);
    expect(
      await rows("SELECT actor FROM events WHERE type = 'account.parted' AND data ->> 'from' = ?", goes),
    ).toEqual([{ actor: "key:admin" }]);
  });

  test("into another than before is refused", async () => {
    const [stays, goes] = await pair();
    await put("accounts", { id: of("X"), name: `Heron ${of("X")}` });
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    expect((await call("POST", `/v1/accounts/${goes}/merge`, { into: of("X") })).status).toBe(409);
  });

  test("a contact sent while the merge runs ends at the account that stayed", async () => {
    const [stays, goes] = await pair();
    await Promise.all([
      call("POST", `/v1/accounts/${goes}/merge`, { into: stays }),
      ...[...Array(5).keys()].map((at) =>
        put("contacts", { id: of(`R${at}-`), email: `r${at}@${of("r")}.example`, accountId: goes }),
      ),
    ]);
    expect(
      await rows("SELECT count(*) AS n FROM contacts WHERE id LIKE ? AND account_id = ?", `R%-${n}`, stays),
    ).toEqual([{ n: 5 }]);
  });
});

const manyContacts = (count: number, account: string) =>
  testEnv.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT INTO contacts (id, email, email_norm, account_id, updated_at) SELECT ?2 || i, ?2 || i, ?2 || i, ?2, 0 FROM n`,
  ).bind(count, account);

describe("more than one request does", () => {
  test("a merge answers that the rest follows; the account finds until it has", async () => {
    const [stays, goes] = await pair();
    await manyContacts(4_000, goes).run();
    const { body } = await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    expect(body).toMatchObject({ contacts: 2_500, complete: false });
    expect(await rows("SELECT id FROM accounts WHERE id = ?", goes)).toHaveLength(1);
    // A release in between gives it no keys either.
    await testEnv.DB.prepare("UPDATE accounts SET keys_version = 0 WHERE id = ?1").bind(goes).run();
    await rekey(deps());
    expect(await rows("SELECT key FROM account_keys WHERE account_id = ?", goes)).toEqual([]);
    await continueMoves(deps());
    expect(await rows("SELECT id FROM accounts WHERE id = ?", goes)).toEqual([]);
    expect(await rows("SELECT count(*) AS n FROM contacts WHERE account_id = ?", stays)).toEqual([
      { n: 4_000 },
    ]);
    expect(await rows("SELECT key FROM account_keys WHERE account_id = ?", goes)).toEqual([]);
  });

  test("what a late capture still wrote is found within minutes, and then the job is over", async () => {
    const [stays, goes] = await pair();
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    const lead = await capture(submission());
    await testEnv.DB.prepare("UPDATE leads SET account_id = ?1, generation = generation + 1 WHERE id = ?2")
      .bind(goes, lead.body.leadId)
      .run();
    await continueMoves(deps());
    expect(await rows("SELECT account_id FROM leads WHERE id = ?", lead.body.leadId)).toEqual([
      { account_id: stays },
    ]);
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(Date.now() + 600_000);
    await continueMoves(deps());
    vi.useRealTimers();
    expect(await rows("SELECT 1 FROM account_moves WHERE from_id = ? AND done_at IS NULL", goes)).toEqual([]);
  });
});

describe("undone", () => {
  test("while a large merge runs: what hasn't followed stays, the account is found again and is not deleted", async () => {
    const [stays, goes] = await pair();
    await manyContacts(3_000, goes).run();
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    expect(await rows("SELECT 1 FROM account_keys WHERE account_id = ?", goes)).toEqual([]);
    expect((await call("DELETE", `/v1/accounts/${goes}`)).status).toBe(204);
    const sent = { id: goes, name: `Plover ${goes} Dynamics`, domain: `${goes}.example`, city: "Bath" };
    await put("accounts", sent);
    await continueMoves(deps());
    expect(await rows("SELECT count(*) AS n FROM contacts WHERE account_id = ?", goes)).toEqual([{ n: 500 }]);
    expect(await rows("SELECT key FROM account_keys WHERE account_id = ?", goes)).toContainEqual({
      key: `d:${goes}.example`.toLowerCase(),
    });
  });

  test("by the removal of the account that stayed: the id, sent again, is an account as any other", async () => {
    const [stays, goes] = await pair();
    await call("POST", `/v1/accounts/${goes}/merge`, { into: stays });
    expect((await call("DELETE", `/v1/accounts/${stays}`)).status).toBe(204);
    await put("accounts", { id: goes, name: "On its own again" });
    await put("contacts", { id: of("C"), email: "x@elsewhere.example", accountId: goes });
    await continueMoves(deps());
    expect(await rows("SELECT name FROM accounts WHERE id = ?", goes)).toEqual([
      { name: "On its own again" },
    ]);
    expect(await rows("SELECT account_id FROM contacts WHERE id = ?", of("C"))).toEqual([
      { account_id: goes },
    ]);
  });
});

describe("removed", () => {
  test("closed leads keep it, with its name; open leads, contacts and children lose it", async () => {
    const [stays] = await pair();
    await put("accounts", { id: of("K"), name: "A child", parentId: stays });
    await put("contacts", { id: of("C"), email: `c@${stays}.example`, accountId: stays });
    const closed = await capture(submission({ email: `a@${stays}.example` }));
    await call("POST", `/v1/leads/${closed.body.leadId}/disposition`, {
      code: "won",
      nextStep: "none",
      by: "mia",
    });
    const open = await capture(submission({ email: `b@${stays}.example` }));
    expect(await rows("SELECT open FROM leads WHERE id = ?", closed.body.leadId)).toEqual([{ open: 0 }]);
    expect((await call("DELETE", `/v1/accounts/${stays}`)).status).toBe(204);
    const seen = await call<{ account: unknown }>("GET", `/v1/leads/${closed.body.leadId}`);
    expect(seen.body.account).toEqual({ id: stays, name: `Kestrel ${stays} Robotics` });
    expect((await call("GET", `/v1/leads/${open.body.leadId}`)).body).toMatchObject({ account: null });
    expect(await rows("SELECT account_id FROM contacts WHERE id = ?", of("C"))).toEqual([
      { account_id: null },
    ]);
    expect(await rows("SELECT parent_id FROM accounts WHERE id = ?", of("K"))).toEqual([{ parent_id: null }]);
    expect(
      await rows("SELECT actor FROM events WHERE type = 'account.removed' AND data ->> 'from' = ?", stays),
    ).toEqual([{ actor: "key:admin" }]);
  });

  test("sent again, it is an account as any other", async () => {
    const [stays] = await pair();
    await call("DELETE", `/v1/accounts/${stays}`);
    await put("accounts", { id: stays, name: `Kestrel ${stays} Robotics`, domain: `${stays}.example` });
    await put("contacts", { id: of("C"), email: "x@elsewhere.example", accountId: stays });
    await continueMoves(deps());
    expect(await rows("SELECT account_id FROM contacts WHERE id = ?", of("C"))).toEqual([
      { account_id: stays },
    ]);
    expect(await match({ email: `x@${stays}.example` })).toBe(stays);
  });
});

test("no statement of a merge or a removal looks through a table", async () => {
  const plans = await Promise.all(
    [
      "SELECT rowid FROM contacts WHERE account_id = 'x' LIMIT 500",
      "SELECT rowid FROM opportunities WHERE account_id = 'x' LIMIT 500",
      "SELECT id FROM accounts WHERE parent_id = 'x' LIMIT 500",
      "SELECT rowid FROM leads WHERE account_id = 'x' AND open = 1 LIMIT 500",
      "SELECT from_id FROM account_moves INDEXED BY account_moves_pending WHERE done_at IS NULL ORDER BY at LIMIT 9",
      "DELETE FROM account_keys WHERE (key, account_id) IN (SELECT k.value, a.id FROM accounts a CROSS JOIN json_each(a.keys) k WHERE a.id = 'x')",
    ].map((sql) => rows(`EXPLAIN QUERY PLAN ${sql}`)),
  );
  const scans = plans
    .flat()
    .map(({ detail }) => String(detail))
    .filter((detail) => /^SCAN (contacts|opportunities|accounts|leads|account_keys|a\b)/.test(detail));
  expect(scans).toEqual([]);
});
