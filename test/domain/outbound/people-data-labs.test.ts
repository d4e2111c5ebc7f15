/** The data provider's adapter against a receiver that checks what the provider checks. */
import { describe, expect, test } from "vitest";
import { answerCompanyData } from "../../../cli/local/companyData.ts";
import { peopleDataLabs, type DirectoryPorts } from "../../../worker/outbound/people-data-labs.ts";

const KEY = "a-key";
const NOW = Date.parse("2026-11-23T12:00:00.000Z");

const ports = (more: Partial<DirectoryPorts> = {}): DirectoryPorts => ({
  get: (url, init) =>
    Promise.resolve(
      answerCompanyData(new Request(url, { headers: init.headers }), KEY) ??
        new Response("", { status: 500 }),
    ),
  key: KEY,
  now: () => NOW,
  origin: "https://data.example/",
  ...more,
});

const answering = (body: unknown, init: ResponseInit = {}): Partial<DirectoryPorts> => ({
  get: () => Promise.resolve(Response.json(body, init)),
});

describe("asking", () => {
  test("finds a company, by its domain, as the provider describes it", async () => {
    const found = await peopleDataLabs(ports()).find("globex-robotics.example", 1);
    expect(found).toMatchObject({ kind: "found", facts: { name: "Globex Robotics" } });
    if (found.kind === "found") expect(found.facts.country).toMatch(/^[A-Z]{2}$/);
  });

  test("tells unknown from failed", async () => {
    const domains = Array.from({ length: 40 }, (_, n) => `company${n}.example`);
    const kinds = await Promise.all(
      domains.map(async (domain) => (await peopleDataLabs(ports()).find(domain, 1)).kind),
    );
    expect(new Set(kinds)).toEqual(new Set(["found", "unknown"]));
  });

  test("only takes what it is sure enough of", async () => {
    expect(await peopleDataLabs(ports()).find("globex-robotics.example", 10)).toEqual({ kind: "unknown" });
  });
});

describe("what can't be used", () => {
  test.each([
    ["nothing but a name", { name: "acme" }, { name: "acme", employees: null, country: null }],
    [
      "wrong types",
      { name: "acme", employee_count: "many", location: "Berlin" },
      { employees: null, city: null },
    ],
    ["a country by name", { location: { country: "united states" } }, { country: "US" }],
    ["a negative size", { name: "acme", employee_count: -4 }, { employees: null }],
    ["control characters", { display_name: "Ac\u0000me\n" }, { name: "Acme" }],
  ])("%s", async (_, body, facts) => {
    expect(await peopleDataLabs(ports(answering(body))).find("acme.example", 6)).toMatchObject({
      kind: "found",
      facts,
    });
  });
});

describe("failure", () => {
  test.each([
    [401, { retry: true, down: true, error: /key isn't accepted/ }],
    [402, { retry: true, down: true, error: /no credits/ }],
    [400, { retry: false, error: /400/ }],
    [429, { retry: true, down: true, error: /429/ }],
    [503, { retry: true, down: true, error: /503/ }],
    [302, { retry: false, error: /302/ }],
  ])("%i", async (status, { error, ...rest }) => {
    const found = await peopleDataLabs(
      ports({ get: () => Promise.resolve(new Response("{}", { status })) }),
    ).find("acme.example", 6);
    expect(found).toMatchObject({ kind: "failed", ...rest, error: expect.stringMatching(error) as string });
  });

  test("waits for the window that the provider names", async () => {
    const headers = { "x-ratelimit-reset": "2026-11-23T12:00:42Z" };
    expect(
      await peopleDataLabs(ports(answering({}, { status: 429, headers }))).find("acme.example", 6),
    ).toMatchObject({ retryAfterMs: 42_000 });
  });

  test.each([
    ["an answer that is no JSON", { get: () => Promise.resolve(new Response("<html>")) }],
    ["no way there", { get: () => Promise.reject(new TypeError("refused")) }],
    ["no key", { key: null }],
    ["a wrong key", { key: "another" }],
  ] satisfies [string, Partial<DirectoryPorts>][])("%s is tried again", async (_, more) => {
    expect(await peopleDataLabs(ports(more)).find("acme.example", 6)).toMatchObject({
      kind: "failed",
      retry: true,
      down: true,
    });
  });

  test("gives up on a provider that hangs", async () => {
    const hanging: Partial<DirectoryPorts> = {
      timeoutMs: 20,
      get: (_, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            reject(signal.reason as Error);
          });
        }),
    };
    expect(await peopleDataLabs(ports(hanging)).find("acme.example", 6)).toMatchObject({
      kind: "failed",
      retry: true,
      error: expect.stringContaining("TimeoutError") as string,
    });
  });
});
