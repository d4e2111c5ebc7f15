/** The wire contract, third part: publishing, matching and the calendar. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import example from "../cases/config-example.json" with { type: "json" };
import { get, publishExample, put } from "./support/contract.ts";
import { expectProblem, post } from "./support/hostile.ts";

beforeAll(publishExample);
afterAll(() => {
  vi.useRealTimers();
});

describe("configuration", () => {
  const broken = { ...example, routing: { ...example.routing, default: ["nobody"] } };

  test("a dry run is 200 whatever it finds; publishing errors is 422 with the same body", async () => {
    const dry = await put("/v1/config?dryRun=1", broken);
    expect(dry.status).toBe(200);
    const { version, verification } = dry.json as {
      version: number;
      verification: { errors: { pointer: string }[] };
    };
    expect(version).toBe(1);
    expect(verification.errors.map((each) => each.pointer)).toContain("/routing/default/0");
    const refused = await put("/v1/config", broken);
    expectProblem(refused, 422, "/routing/default/0");
    expect(refused.json).toMatchObject({ version, verification });
    expect((await get("/v1/config")).json).toMatchObject({ workspace: { name: "Acme Robotics" } });
  });
});

describe("match", () => {
  test.each<[string, object, string | null, string]>([
    ["a contact's e-mail", { email: "known@gmail.com" }, "A2", "contact"],
    ["a domain", { email: "x@globex.example" }, "A1", "domain"],
    ["a subdomain", { email: "x@mail.eu.globex.example" }, "A1", "domain"],
    ["a name", { email: "x@nowhere.example", company: "GLOBEX, Inc." }, "A1", "name"],
    ["free mail alone", { email: "x@gmail.com" }, null, "none"],
    ["a junk name", { company: "test" }, null, "none"],
    ["nothing", {}, null, "none"],
  ])("%s", async (_what, lead, account, method) => {
    const { results } = (await post("/v1/match", { leads: [{ id: "q", ...lead }] })).json as {
      results: Record<string, unknown>[];
    };
    expect(results).toHaveLength(1);
    expect(Object.keys(results[0] ?? {}).sort()).toEqual([
      "account",
      "candidates",
      "confidence",
      "id",
      "method",
      "reasons",
    ]);
    expect(results[0]).toMatchObject({ id: "q", method, account: account === null ? null : { id: account } });
  });
});

test("the calendar answers each case", async () => {
  const hours = {
    mon: [["09:00", "17:00"]],
    tue: [
      ["09:00", "12:00"],
      ["13:00", "17:00"],
    ],
  };
  const cases: [object, object][] = [
    [{ start: "2037-11-23T21:55:00Z", add: "PT10M" }, { due: "2037-11-24T14:05:00.000Z" }],
    [{ start: "2037-11-23T21:50:00Z", add: "PT10M" }, { due: "2037-11-23T22:00:00.000Z" }],
    [{ start: "2037-11-21T12:00:00Z", add: "PT0S" }, { due: "2037-11-23T14:00:00.000Z" }],
    [{ from: "2037-11-23T14:00:00Z", to: "2037-11-24T22:00:00Z" }, { seconds: 15 * 3600 }],
    [{ from: "2037-11-24T22:00:00Z", to: "2037-11-23T14:00:00Z" }, { seconds: 0 }],
    [{ at: "2037-11-24T17:00:00Z" }, { open: false }],
    [{ at: "2037-11-24T18:00:00Z" }, { open: true }],
    [{ at: "2037-12-28T15:00:00Z" }, { open: false }],
  ];
  const answer = await post("/v1/calendar", {
    timezone: "America/New_York",
    hours,
    holidays: ["2037-12-28"],
    cases: cases.map(([each]) => each),
  });
  expect(answer.json).toEqual({ results: cases.map(([, result]) => result) });
});
