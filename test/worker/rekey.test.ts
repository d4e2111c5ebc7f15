/** Accounts are keyed anew after a release that finds them by other rules, while everything goes on. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { ImportOnWire } from "../../schema/wire/imports.ts";
import { KEYS_VERSION } from "../../worker/domain/matching/keys.ts";
import { keysOfAccount } from "../../worker/flows/account-keys.ts";
import { rekey } from "../../worker/flows/rekey.ts";
import { depsFor } from "../../worker/ports.ts";
import { readKeyless, writeKeys } from "../../worker/store/rekey.ts";
import { call, document, publish, rows, testEnv } from "./support/workspace.ts";

beforeAll(async () => {
  await publish(document());
});

const get = async (id: string) => (await call<ImportOnWire>("GET", `/v1/imports/${id}`)).body;

describe("keys after a release", () => {
  const id = `keys-version-${KEYS_VERSION}`;
  const deps = () => depsFor(testEnv, () => undefined);
  const outdate = async (where: string) => {
    await testEnv.DB.batch([
      testEnv.DB.prepare(
        `DELETE FROM account_keys WHERE account_id IN (SELECT id FROM accounts WHERE ${where}) AND key LIKE 'n:%'`,
      ),
      testEnv.DB.prepare(`INSERT INTO account_keys SELECT 'old:' || id, id FROM accounts WHERE ${where}`),
      testEnv.DB.prepare(
        `UPDATE accounts SET keys_version = 0, keys = (SELECT json_group_array(key) FROM account_keys WHERE account_id = accounts.id) WHERE ${where}`,
      ),
    ]);
  };
  const keysLike = (like: string) => rows("SELECT account_id FROM account_keys WHERE key LIKE ?", like);

  test("accounts are keyed anew in slices, also those written by the release before, until a pass finds none", async () => {
    const body = [...Array(2500).keys()]
      .map((at) => JSON.stringify({ id: `Z${at}`, name: `Zander ${at} Works` }))
      .join("\n");
    await call("PUT", "/v1/accounts", body, {
      authorization: "Bearer lc_test",
      "content-type": "application/x-ndjson",
    });
    const before = await rows("SELECT key, account_id FROM account_keys ORDER BY key, account_id");
    await outdate("id LIKE 'Z%'");
    expect(await keysLike("old:Z%")).toHaveLength(2500);
    vi.useFakeTimers({ toFake: ["Date"] });
    const start = Date.now();
    await rekey(deps());
    expect(await rows("SELECT key, account_id FROM account_keys ORDER BY key, account_id")).toEqual(before);
    expect(await get(id)).toMatchObject({ kind: "keys", status: "running", upserted: 2500 });
    // An isolate of the release before writes once more, behind the cursor.
    await outdate("id = 'Z7'");
    await rekey(deps());
    expect(await keysLike("old:Z7")).toHaveLength(1);
    for (const minutes of [11, 12, 13]) {
      vi.setSystemTime(start + minutes * 60_000);
      await rekey(deps());
    }
    vi.useRealTimers();
    expect(await keysLike("old:%")).toEqual([]);
    expect(await get(id)).toMatchObject({ status: "done", upserted: 2501 });
    expect(await rekey(deps())).toBe(0);
  });

  test("long accounts are keyed anew in smaller slices, and only their keys are written", async () => {
    const domains = [...Array(200).keys()].map((at) => `${"x".repeat(50)}.d${at}.example`);
    const extra = { note: "y".repeat(2000) };
    const sent = [...Array(120).keys()].map((at) => ({
      id: `Y${at}`,
      name: `Yarrow ${at} Works`,
      domains,
      extra,
    }));
    await call("PUT", "/v1/accounts", sent.map((each) => JSON.stringify(each)).join("\n"), {
      authorization: "Bearer lc_test",
      "content-type": "application/x-ndjson",
    });
    await testEnv.DB.prepare("UPDATE accounts SET keys_version = 0 WHERE id LIKE 'Y%'").run();
    const first = await readKeyless(testEnv.DB, KEYS_VERSION, "Y", 1000);
    expect(first.rows.length).toBeGreaterThan(10);
    expect(first.rows.length).toBeLessThan(100);
    expect(first.looked).toBe(first.rows.length);
    expect(Object.keys(first.rows[0]?.row ?? {})).not.toContain("extra");
    const all: string[] = [];
    for (let after: string | null = "Y"; after !== null;) {
      const { rows: found, last } = await readKeyless(testEnv.DB, KEYS_VERSION, after, 1000);
      all.push(...found.map(({ row }) => String(row["id"])));
      await writeKeys(
        testEnv.DB,
        found.map((each) => ({ ...each, keyed: keysOfAccount(each.row) })),
      );
      after = last;
    }
    expect(all.filter((each) => each.startsWith("Y"))).toHaveLength(120);
    expect(await rows("SELECT 1 FROM accounts WHERE id LIKE 'Y%' AND keys_version = 0")).toEqual([]);
    const stale = { ...first.rows[0]!, print: "[]", keyed: { keys: [], version: 0 } };
    await expect(writeKeys(testEnv.DB, [stale])).rejects.toThrow(/revisions/);
  });

  test("an account that is sent again is keyed by today's rules at once, though nothing of it changed", async () => {
    await outdate("id = 'Z9'");
    await call("PUT", "/v1/accounts", '{"id":"Z9","name":"Zander 9 Works"}\n', {
      authorization: "Bearer lc_test",
      "content-type": "application/x-ndjson",
    });
    expect(await keysLike("old:Z9")).toEqual([]);
    expect(await rows("SELECT keys_version FROM accounts WHERE id = 'Z9'")).toEqual([
      { keys_version: KEYS_VERSION },
    ]);
  });
});
