/** Candidates by key, at capture (one statement) and for many leads (two): the same accounts by the same rule. */
import { beforeAll, expect, test } from "vitest";
import { KEY_BOUND, MAX_CANDIDATES } from "../../worker/domain/matching/candidates.ts";
import { HITS } from "../../worker/store/candidate-sql.ts";
import { readCandidates } from "../../worker/store/candidates.ts";
import { readForCapture } from "../../worker/store/capture.ts";
import { document, publish, testEnv } from "./support/workspace.ts";

const pad = (n: number): string => String(n).padStart(3, "0");

const captured = async (keys: readonly string[], emailNorm = "x@nowhere.example") => {
  const known = await readForCapture(testEnv.DB, {
    submissionKey: "none",
    emailNorm,
    emailHash: "none",
    corporateDomain: null,
    accountKeys: keys,
    now: 0,
  });
  return known.accounts;
};

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
  for (const { id, matchedKeys } of accounts)
    expect(found?.accounts.find((each) => each.id === id)?.matchedKeys.toSorted()).toEqual(
      matchedKeys.toSorted(),
    );
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
