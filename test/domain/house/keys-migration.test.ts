/** Migration 0003 puts the match keys into one tree: every key stays, and each account says which are its own. */
import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";

const FOLDER = new URL("../../../schema/migrations/", import.meta.url);

const apply = (database: DatabaseSync, keep: (name: string) => boolean): void => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".sql") && keep(name));
  for (const name of names.sort()) database.exec(readFileSync(new URL(name, FOLDER), "utf8"));
};

test("a database of the release before keeps its keys", () => {
  const database = new DatabaseSync(":memory:");
  apply(database, (name) => name < "0003");
  const insert = database.prepare("INSERT INTO accounts (id, name, updated_at) VALUES (?, ?, 0)");
  const key = database.prepare("INSERT INTO account_keys (key, account_id) VALUES (?, ?)");
  for (const id of ["b", "a", "c"]) insert.run(id, id);
  for (const [name, id] of [
    ["d:x.example", "a"],
    ["n:x", "a"],
    ["n:x", "b"],
  ] as const)
    key.run(name, id);
  const before = database.prepare("SELECT key, account_id FROM account_keys ORDER BY 1, 2").all();
  apply(database, (name) => name >= "0003");
  expect(database.prepare("SELECT key, account_id FROM account_keys ORDER BY 1, 2").all()).toEqual(before);
  expect(database.prepare("SELECT id, keys, keys_version FROM accounts ORDER BY id").all()).toMatchObject([
    { id: "a", keys: '["d:x.example","n:x"]', keys_version: 0 },
    { id: "b", keys: '["n:x"]', keys_version: 0 },
    { id: "c", keys: "[]", keys_version: 0 },
  ]);
  expect(database.prepare("SELECT count(*) AS n FROM account_keys_until_0003").get()).toEqual({ n: 0 });
  expect(() => database.prepare("SELECT rowid FROM account_keys")).toThrow(/no such column/);
});
