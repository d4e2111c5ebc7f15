/** `npx leadclock policy`: what it says and the code it ends with, which scripts go by. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { reservePort } from "../../../cli/host/port.ts";
import type { PolicyOptions } from "../../../cli/policy/args.ts";
import { readPolicyOptions } from "../../../cli/policy/args.ts";
import { backtest } from "../../../cli/policy/backtest.ts";
import { diff, publish, verify } from "../../../cli/policy/run.ts";
import { CannotRun, policyServer, type PolicyAnswer, type PolicyServer } from "../../../cli/policy/server.ts";
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
  found: "PORT is not set",
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

  test("says where it came into force", async () => {
    await publish(options({ origin: "https://leads.example" }), server({ publish: answer(200) }), tell);
    expect(lines.at(-1)).toBe("Version 3 is in force at https://leads.example.");
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

const running = (decided: number): PolicyAnswer => ({
  status: 200,
  body: { id: "b1", status: "running", progress: { decided, total: 400 } },
});

const NOTHING = { told: 6, decided: 4, kept: 3, waiting: 1, withdrawn: 1, wait: { p50: 300, p90: 9_000 } };

const done = (other: number, added = 0): PolicyAnswer => ({
  status: 200,
  body: {
    id: "b1",
    status: "done",
    progress: { decided: 400, total: 400 },
    summary: {
      leads: 400,
      owner: { same: 400 - other, other },
      intervened: 2,
      breached: { was: 1, would: 1 + added, avoided: 0, added },
      deadlines: { was: 2, would: 2 + added },
      promises: { was: NOTHING, would: { ...NOTHING, wait: { p50: null, p90: null } }, earlier: 0, later: 0 },
      people: [{ id: "ben", was: { leads: 10 }, would: { leads: 12 } }],
    },
  },
});

const away = (): never => {
  throw new CannotRun("can't be reached");
};

describe("backtest", () => {
  const period = { from: "2026-11-01", to: null };
  const asked = options({ command: "backtest", period });
  /** A server that answers these one after the other, the last for ever; what it was asked; what was shown on the way. */
  const world = (...answers: (PolicyAnswer | (() => never))[]) => {
    const [asks, shown, waits]: [string[], string[], number[]] = [[], [], []];
    const stopping = new AbortController();
    let turn = 0;
    const next = (name: string) => async (): Promise<PolicyAnswer> => {
      asks.push(name);
      const answer = answers[Math.min(turn++, answers.length - 1)];
      return typeof answer === "function" ? answer() : (answer ?? away());
    };
    const served: PolicyServer = {
      ...server({ cancelBacktest: { status: 200, body: { id: "b1", status: "cancelled" } } }),
      backtest: next("begin"),
      backtestNow: next("ask"),
    };
    const cancelled = vi.spyOn(served, "cancelBacktest");
    const around = {
      tell,
      progress: (line: string) => void shown.push(line),
      pause: async (ms: number): Promise<void> => {
        waits.push(ms);
      },
      stopped: stopping.signal,
    };
    return { served, around, asks, shown, waits, cancelled, stopping };
  };

  test.each([
    ["nobody else", done(0), 0],
    ["somebody else", done(3), 1],
    ["the same people, another breach", done(0, 1), 1],
  ])("%s", async (_what, answer, code) => {
    const { served, around } = world(answer);
    expect(await backtest(asked, served, around)).toBe(code);
  });

  test("says how far it is, asks ever more rarely, then what it comes to", async () => {
    const { served, around, shown, waits, asks } = world(running(0), running(100), running(399), done(3));
    lines.length = 0;
    expect(await backtest(asked, served, around)).toBe(1);
    expect(shown).toEqual(["0 of 400 leads (0 %)", "100 of 400 leads (25 %)", "399 of 400 leads (99 %)", ""]);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(asks).toEqual(["begin", "ask", "ask", "ask"]);
    expect(lines[0]).toBe("400 leads: 3 to somebody else, 397 as it was; 2 were moved by hand.");
    expect(lines.find((line) => line.startsWith("promised within, nine"))).toMatch(/2\.5 h +none$/);
    expect(lines.find((line) => line.startsWith("  ben"))).toMatch(/10 +12$/);
  });

  test("as JSON, as CSV", async () => {
    lines.length = 0;
    const { served, around } = world(done(1));
    expect(await backtest({ ...asked, json: true }, served, around)).toBe(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ id: "b1", status: "done" });
    expect(await backtest({ ...asked, csv: true }, served, around)).toBe(1);
    expect(lines.at(-1)).toBe("leadId\r\nl1");
  });

  test("who stops the command stops the back-test", async () => {
    const { served, around, stopping, cancelled } = world(running(1));
    around.pause = async () => {
      stopping.abort();
    };
    await expect(backtest(asked, served, around)).rejects.toThrow(/Stopped/);
    expect(cancelled).toHaveBeenCalledExactlyOnceWith("b1");
  });

  test("a server that is gone for a moment is asked again; for good, it can't run", async () => {
    const back = world(running(1), away, { status: 503, body: {} }, away, running(2), done(0));
    expect(await backtest(asked, back.served, back.around)).toBe(0);
    const gone = world(running(1), away);
    await expect(backtest(asked, gone.served, gone.around)).rejects.toThrow("can't be reached");
    expect(gone.asks).toHaveLength(6);
    const broken = world(running(1), { status: 500, body: {} });
    await expect(backtest(asked, broken.served, broken.around)).rejects.toThrow("/v1/backtests/b1");
  });

  test.each<[string, PolicyAnswer, string]>([
    [
      "a draft with errors",
      { status: 422, body: { detail: "It has errors.", errors: [{ pointer: "/document", detail: "Bad." }] } },
      "It has errors.\n  /document  Bad.",
    ],
    [
      "three at once",
      { status: 409, body: { detail: "3 back-tests are running." } },
      "3 back-tests are running.",
    ],
    ["an odd answer", { status: 500, body: null }, "the server answered 500"],
    [
      "cancelled by another hand",
      { status: 200, body: { id: "b1", status: "cancelled", error: null } },
      "The back-test was cancelled.",
    ],
    ["failed", { status: 200, body: { id: "b1", status: "failed", error: "It broke." } }, "It broke."],
  ])("%s can't run", async (_what, answer, words) => {
    const { served, around } = world(answer);
    const failed = backtest(asked, served, around);
    await expect(failed).rejects.toThrow(CannotRun);
    await expect(failed).rejects.toThrow(words);
  });
});

test("a back-test's period and place", () => {
  const places = { from: process.cwd(), root: "/nowhere" };
  const read = (...args: string[]) =>
    readPolicyOptions(["backtest", "package.json", "--key", "k", ...args], {}, places);
  const both = ["--from", "2026-11-01", "--to", "2026-11-21", "--to", "https://leads.example"];
  expect(read(...both)).toMatchObject({
    period: { from: "2026-11-01", to: "2026-11-21" },
    origin: "https://leads.example",
  });
  expect(read("--from", "2026-11-01T08:00:00Z", "--csv")).toMatchObject({
    period: { from: "2026-11-01T08:00:00Z", to: null },
    csv: true,
  });
  expect(() => read()).toThrow("--from");
  expect(() => read("--from", "yesterday")).toThrow("--from");
  const verifying = ["verify", "package.json", "--key", "k", "--from", "2026-11-01"];
  expect(() => readPolicyOptions(verifying, {}, places)).toThrow("Only a backtest");
});

test("leads that can't be had as CSV are no CSV", async () => {
  const answers = createServer((_request, response) => {
    response.writeHead(409, { "content-type": "application/problem+json" }).end('{"detail":"dropped"}');
  });
  await new Promise<void>((listening) => answers.listen(0, "127.0.0.1", listening));
  try {
    const { port } = answers.address() as AddressInfo;
    const gone = policyServer({ origin: `http://127.0.0.1:${port}`, found: "--to says so", key: "k" });
    await expect(gone.backtestCsv("b1")).rejects.toThrow("409");
  } finally {
    answers.close();
  }
});

describe("a Leadclock that can't be had: what named the address is said", () => {
  test("nothing listens there", async () => {
    const port = await reservePort("127.0.0.1", 0);
    const places = { from: process.cwd(), root: "/nowhere" };
    const asked = readPolicyOptions(["verify", "package.json", "--key", "k"], { PORT: String(port) }, places);
    await expect(policyServer(asked!).read()).rejects.toThrow(
      `Nothing answers at http://localhost:${port} (PORT says so). Start Leadclock there (npm start), or say where it runs: --to http://localhost:PORT.`,
    );
  });

  test.each([
    [403, "", "refuses the API key (403)."],
    [200, "<!doctype html>", "answered 200 and no JSON: is Leadclock there?"],
  ])("it answers %i %s", async (status, text, words) => {
    vi.stubGlobal("fetch", async () => new Response(text, { status }));
    const there = { origin: "https://leads.example", found: "LEADCLOCK_URL says so" };
    try {
      const asked = policyServer({ ...there, key: "k" }).read();
      await expect(asked).rejects.toThrow(`https://leads.example (LEADCLOCK_URL says so) ${words}`);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

test("wrong usage can't run", () => {
  const places = { from: "/", root: "/nowhere" };
  for (const args of [[], ["verify"], ["mend", "x.json"], ["verify", "no-such.json", "--key", "k"]])
    expect(() => readPolicyOptions(args, {}, places)).toThrow(CannotRun);
  expect(readPolicyOptions(["--help"], {}, places)).toBeNull();
});
