/** The migration guard refuses what loses rows and what rewrites history, and lets the rest pass. */
import { describe, expect, test } from "vitest";
import { editedMigrations, forbiddenStatements } from "../../../scripts/migration-rules.ts";

const start = { name: "0000_start.sql", sql: "CREATE TABLE leads (id text);" };
const next = { name: "0001_next.sql", sql: "ALTER TABLE leads ADD at integer;" };

describe("forbidden statements", () => {
  test.each([
    ["DROP TABLE leads;", 1],
    ["drop\n  table IF EXISTS leads;", 1],
    ["CREATE TABLE t (l text REFERENCES leads(id) ON DELETE\tcascade);", 1],
    ["CREATE TABLE t (l text REFERENCES leads(id) ON DELETE no action);", 0],
    ["-- never DROP TABLE here\nDROP INDEX i;", 0],
    ["INSERT INTO notes VALUES ('it''s: DROP TABLE');", 0],
  ])("%j has %i", (sql, count) => {
    expect(forbiddenStatements({ name: "0002.sql", sql })).toHaveLength(count);
  });
});

describe("released migrations", () => {
  test.each([
    ["unchanged", [start, next], 0],
    ["one added after", [start, next, { name: "0002_more.sql", sql: "" }], 0],
    ["one edited", [{ ...start, sql: "CREATE TABLE leads (id integer);" }, next], 1],
    ["one removed", [start], 1],
    ["one slipped in before", [start, { name: "0000_zebra.sql", sql: "" }, next], 1],
  ])("%s", (_what, now, problems) => {
    expect(editedMigrations([start, next], now)).toHaveLength(problems);
  });
});
