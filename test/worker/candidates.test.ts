/** Candidates by key, at capture (one statement) and for many leads (two): the same accounts by the same rule. */
import { beforeAll, expect, test } from "vitest";
import { KEY_BOUND, MAX_CANDIDATES } from "../../worker/domain/matching/candidates.ts";
import { HITS } from "../../worker/store/candidate-sql.ts";
import { readCandidates } from "../../worker/store/candidates.ts";
import { readForCapture } from "../../worker/store/known.ts";
import { document, publish, testEnv } from "./support/workspace.ts";

const pad = (n: number): string => String(n).padStart(3, "0");

const captured = async (keys: readonly string[], emailNorm = "x@nowhere.example") => {
  return (await known(keys, emailNorm)).accounts;
};

const known = (keys: readonly string[], emailNorm: string, db = testEnv.DB) =>
  readForCapture(db, {
    submissionKey: "none",
    emailNorm,
    emailHash: "none",
    corporateDomain: null,
    accountKeys: keys,
    now: 0,
  });

const ids = (accounts: readonly { id: string }[]): string[] => accounts.map(({ id }) => id).sort();

beforeAll(async () => {
  await publish(document());
  const db = testEnv.DB;
  const accounts = Array.from({ length: 200 }, (_, n) => `A${pad(n)}`);
  await db.batch([
    ...accounts.map((id) =>
      db.prepare("INSERT INTO accounts (id, name, updated_at) VALUES (?1, ?1, 0)").bind(id),
    ),
    ...accounts.flatMap((id, n) =>
      [
        "t:everywhere",
        "n:everywhere",
        ...(n < KEY_BOUND ? ["t:full"] : []),
        ...(n < KEY_BOUND + 1 ? ["t:overfull"] : []),
        `t:group${n % 20}`,
        ...(n === 150 ? ["n:rare", "t:rare"] : []),
      ].map((key) => db.prepare("INSERT INTO account_keys (key, account_id) VALUES (?1, ?2)").bind(key, id)),
    ),
    db.prepare(
      "INSERT INTO contacts (id, email, email_norm, account_id, updated_at) VALUES ('C1', 'ana@gmail.com', 'ana@gmail.com', 'A199', 0)",
    ),
  ]);
});

const GROUPS = Array.from({ length: 20 }, (_, n) => `t:group${n}`);

test.each([
  ["nothing", [], 0],
  ["a word that too many share brings none", ["t:everywhere"], 0],
  ["a name that many share brings one more than the bound", ["n:everywhere"], KEY_BOUND + 1],
  ["a word that just fits", ["t:full"], KEY_BOUND],
  ["a word that just does not", ["t:overfull"], 0],
  ["never more than are compared", GROUPS, MAX_CANDIDATES],
  ["a common key beside a rare one", ["t:everywhere", "n:rare"], 1],
])("%s", async (_, keys, count) => {
  const accounts = await captured(keys);
  expect(accounts).toHaveLength(count);
  const [found] = await readCandidates(testEnv.DB, [{ emailNorm: "x@nowhere.example", keys }]);
  expect(ids(found?.accounts ?? [])).toEqual(ids(accounts));
  for (const { id, matchedKeys, crowdedKeys } of accounts) {
    const same = found?.accounts.find((each) => each.id === id);
    expect(same?.matchedKeys.toSorted()).toEqual(matchedKeys.toSorted());
    expect(same?.crowdedKeys).toEqual(crowdedKeys);
    expect(crowdedKeys).toEqual(matchedKeys.filter((key) => key === "n:everywhere"));
  }
});

test("of several contacts with one address, one of an account speaks; the accounts that exist are known as theirs", async () => {
  await testEnv.DB.batch(
    [
      ["C9", null, 9],
      ["C8", "gone", 8],
      ["C7", "A007", 7],
      ["C6", "A150", 6],
    ].map(([id, account, at]) =>
      testEnv.DB.prepare(
        "INSERT INTO contacts (id, email, email_norm, account_id, updated_at, do_not_contact) VALUES (?1, 'info@b.example', 'info@b.example', ?2, ?3, ?3 = 9)",
      ).bind(id, account, at),
    ),
  );
  const atCapture = await known(["n:rare", "t:full"], "info@b.example");
  const [found] = await readCandidates(testEnv.DB, [
    { emailNorm: "info@b.example", keys: ["n:rare", "t:full"] },
  ]);
  for (const { contact, accounts } of [atCapture, found!]) {
    expect(contact).toMatchObject({ id: "C8", accountId: "gone", doNotContact: true });
    const theirs = accounts.filter(({ ofContact }) => ofContact);
    expect(
      theirs
        .map(({ id, matchedKeys }) => [id, matchedKeys])
        .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    ).toEqual([
      ["A007", ["t:full"]],
      ["A150", ["n:rare"]],
    ]);
    expect(accounts).toHaveLength(KEY_BOUND + 1);
  }
});

test("a look-up reads nothing that only policies ask", async () => {
  await testEnv.DB.prepare(
    `UPDATE accounts SET extra = '{"a":1}', roles = '{"csm":"x"}' WHERE id = 'A150'`,
  ).run();
  const asked = [{ emailNorm: null, keys: ["n:rare"] }];
  const [[facts], [lookUp]] = [
    await readCandidates(testEnv.DB, asked),
    await readCandidates(testEnv.DB, asked, "lookUp"),
  ];
  expect(facts?.accounts[0]).toMatchObject({ id: "A150", extra: { a: 1 }, roles: { csm: "x" } });
  expect(lookUp?.accounts[0]).toEqual({ ...facts?.accounts[0], extra: {}, roles: {} });
});

test("the strongest are kept, and the contact's own account is never cut", async () => {
  const keys = [...GROUPS, "n:rare", "t:rare"];
  for (const accounts of [
    await captured(keys, "ana@gmail.com"),
    (await readCandidates(testEnv.DB, [{ emailNorm: "ana@gmail.com", keys }]))[0]?.accounts ?? [],
  ]) {
    expect(accounts).toHaveLength(MAX_CANDIDATES + 1);
    expect(ids(accounts)).toContain("A150");
    expect(ids(accounts)).toContain("A199");
  }
});

test("a common key costs no more rows than the bound", async () => {
  const plan = await testEnv.DB.prepare(`EXPLAIN QUERY PLAN ${HITS}`)
    .bind('["t:everywhere"]')
    .all<{ detail: string }>();
  expect(plan.results.map(({ detail }) => detail).join("\n")).toContain("(key=? AND account_id=?)");
});

test("no column of a lead has the name of one that is read beside it", async () => {
  const asked: string[] = [];
  const { DB } = testEnv;
  const prepare = (sql: string) => (asked.push(sql), DB.prepare(sql));
  const batch = (statements: D1PreparedStatement[]) => DB.batch(statements);
  await known([], "x@nowhere.example", { prepare, batch } as unknown as typeof DB);
  const [names] = await DB.prepare(asked[0] ?? "")
    .bind(0, "none", "x@nowhere.example", null, "none")
    .raw({ columnNames: true });
  expect(names).toContain("open_lead_busy");
  expect(names).toContain("email_norm");
  expect(names).toEqual([...new Set(names)]);
});
