/** `npx leadclock policy`: what it says and the code it ends with, which scripts go by. */
import { describe, expect, test } from "vitest";
import type { PolicyOptions } from "../../../cli/policy/args.ts";
import { readPolicyOptions } from "../../../cli/policy/args.ts";
import { diff, publish, verify } from "../../../cli/policy/run.ts";
import { CannotRun, type PolicyAnswer, type PolicyServer } from "../../../cli/policy/server.ts";
import { example } from "../verification/support.ts";

const finding = (severity: string) => ({
  severity,
  pointer: "/people/0",
  code: "c",
  message: `An ${severity}.`,
});

const answer = (status: number, found: object = {}): PolicyAnswer => ({
  status,
  body: {
    version: 3,
    verification: { errors: [], warnings: [], notes: [], undecided: [], stats: null, ...found },
  },
});

const server = (given: Partial<Record<keyof PolicyServer, PolicyAnswer>>): PolicyServer => {
  const said = (name: keyof PolicyServer) => () =>
    given[name] ? Promise.resolve(given[name]) : Promise.reject(new Error(name));
  return {
    verify: said("verify"),
    publish: said("publish"),
    read: said("read"),
    backtest: said("backtest"),
    backtestNow: said("backtestNow"),
    cancelBacktest: said("cancelBacktest"),
    backtestCsv: () => Promise.resolve("leadId\r\nl1\r\n"),
  };
};

const options = (more: Partial<PolicyOptions> = {}): PolicyOptions => ({
  command: "verify",
  document: example(),
  other: null,
  origin: "http://localhost:8787",
  key: "lc_test",
  note: null,
  version: null,
  strict: false,
  json: false,
  period: null,
  csv: false,
  ...more,
});

const lines: string[] = [];
const tell = (line: string): void => void lines.push(line);

describe("verify", () => {
  test.each([
    ["nothing", {}, false, 0],
    ["warnings", { warnings: [finding("warning")] }, false, 0],
    ["warnings, strictly", { warnings: [finding("warning")] }, true, 1],
    ["errors", { errors: [finding("error")] }, false, 1],
  ])("%s", async (_what, found, strict, code) => {
    expect(await verify(options({ strict }), server({ verify: answer(200, found) }), tell)).toBe(code);
  });
});

describe("publish", () => {
  test.each([
    ["published", answer(200), 0],
    ["refused", answer(422, { errors: [finding("error")] }), 1],
    ["somebody else was first", { status: 412, body: { detail: "Version 4 is in force." } }, 1],
  ])("%s", async (_what, response, code) => {
    expect(await publish(options(), server({ publish: response }), tell)).toBe(code);
    expect(lines.at(-1)).toContain("in force");
  });

  test("an answer that is none can't run", async () => {
    const odd = server({ publish: { status: 503, body: { detail: "Not now." } } });
    await expect(publish(options(), odd, tell)).rejects.toThrow(CannotRun);
  });
});

describe("diff", () => {
  test("none, and one", async () => {
    const same = server({ read: { status: 200, body: example() } });
    expect(await diff(options(), same, tell)).toBe(0);
    const changed = { ...example(), workspace: { name: "Other", timezone: "UTC" } };
    expect(await diff(options({ document: changed }), same, tell)).toBe(1);
    expect(lines.at(-1)).toContain('name: "Acme Robotics" → "Other"');
  });
});

test("wrong usage can't run", () => {
  const places = { from: "/", root: "/nowhere" };
  for (const args of [[], ["verify"], ["mend", "x.json"], ["verify", "no-such.json", "--key", "k"]])
    expect(() => readPolicyOptions(args, {}, places)).toThrow(CannotRun);
  expect(readPolicyOptions(["--help"], {}, places)).toBeNull();
});
