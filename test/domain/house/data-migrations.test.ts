/** Migrations that carry over what a database of the release before holds. */
import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";

const FOLDER = new URL("../../../schema/migrations/", import.meta.url);

const apply = (database: DatabaseSync, keep: (name: string) => boolean): void => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".sql") && keep(name));
  for (const name of names.sort()) database.exec(readFileSync(new URL(name, FOLDER), "utf8"));
};

test("0003 puts the match keys into one tree: every key stays, and each account says which are its own", () => {
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

test("0018 gives first decisions of before the step of the fall-through as a code, from their words", () => {
  const database = new DatabaseSync(":memory:");
  apply(database, (name) => name < "0018");
  const insert = database.prepare(
    `INSERT INTO assignments (lead_id, seq, at, cause, policy_version, config_seen, people_seen, chosen, considered, trace)
     SELECT ?, ?, 0, 'capture', 1, config, people, ?, '[]', '[]' FROM revisions`,
  );
  const said: [reason: string, way: string][] = [
    ["Everybody else: SMB", "target"],
    ["Manager: Ana", "target"],
    ["rule's backup", "ruleBackup"],
    ["person's backup (SMB full)", "personBackup"],
    ["backup team Desk (SMB full)", "backupTeam"],
    ["manager", "manager"],
    ["default chain (manager full)", "defaultChain"],
    ["last resort", "lastResort"],
    ["Late: Late, following the sun to Desk", "sun"],
    ["rule's backup, following the sun to Desk", "ruleBackup"],
  ];
  for (const [reason] of said) insert.run(reason, 1, JSON.stringify({ reason, target: "person:ana" }));
  insert.run("kept", 1, JSON.stringify({ reason: "manager", way: "target", target: "team:smb" }));
  insert.run("later", 2, JSON.stringify({ reason: "manager" }));
  apply(database, (name) => name >= "0018");
  const ways = database.prepare("SELECT lead_id AS id, way, target FROM assignments ORDER BY rowid").all();
  expect(ways).toEqual([
    ...said.map(([id, way]) => ({ id, way, target: "person:ana" })),
    { id: "kept", way: "target", target: "team:smb" },
    { id: "later", way: null, target: null },
  ]);
});
