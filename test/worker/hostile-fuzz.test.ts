/** Random nonsense, by a seed: requests that nobody thought of. Never a failure of ours, never half a lead. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import example from "../cases/config-example.json" with { type: "json" };
import { capture, document, publish, submission } from "./support/workspace.ts";
import {
  expectHandled,
  expectStored,
  expectWhole,
  FORM,
  JSON_TYPE,
  KEY,
  post,
  send,
} from "./support/hostile.ts";

const SEED = 20261122;
/**
 * Each property stops here, however slow the machine; what it found until then counts. Where only some of what is tried gets
 * far, enough of it must: of a full run so many, of a shorter one in proportion.
 */
const BUDGET = { seed: SEED, numRuns: 250, interruptAfterTimeLimit: 5000 };
const enough = (most: number, tried: number): number => Math.min(most, (4 * most * tried) / BUDGET.numRuns);
console.info(`fast-check seed ${SEED}`);

let leadId = "";
beforeAll(async () => {
  await publish(document());
  leadId = (await capture(submission())).body.leadId;
});
afterAll(expectWhole);

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "",
    "\u0000",
    "\ud800",
    "__proto__",
    "constructor",
    "1e999",
    "-0",
    "null",
    "Mars/Base",
    "+1 415 555 0100",
    "a@b.example",
    "2037-11-22T10:00:00Z",
    "x".repeat(600),
  ),
);
const scalar = fc.oneof(
  text,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.bigInt().map(Number),
);
const anything = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 4 }) },
);

const NAMES = [
  "email",
  "name",
  "company",
  "phone",
  "title",
  "country",
  "city",
  "region",
  "timezone",
  "language",
  "website",
  "message",
  "first_name",
  "__proto__",
  "constructor",
];
const fields = fc.oneof(
  fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), text), anything, { maxKeys: 12 }),
  fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), text), text, { maxKeys: 12 }),
);
const around = fc.record(
  {
    page: fc.oneof(
      anything,
      fc.record(
        { url: anything, referrer: anything, timezone: text, language: text, title: text },
        { requiredKeys: [] },
      ),
    ),
    attribution: fc.oneof(
      anything,
      fc.dictionary(
        fc.oneof(text, fc.constantFrom("utm_source", "landing", "clickIds", "utm", "referrer")),
        anything,
      ),
    ),
    consent: anything,
  },
  { requiredKeys: [] },
);

let made = 0;
test("submissions are stored or refused", async () => {
  let [stored, tried] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fields, around, fc.boolean(), async (given, more, addressed) => {
      tried++;
      const body = {
        submissionId: `fuzz-${++made}`,
        fields: addressed ? { ...given, email: `f${made}@fuzz${made}.example` } : given,
        ...more,
      };
      const answer = await post(FORM, body, {});
      expectHandled(answer, JSON.stringify(body));
      if (answer.status < 300) {
        stored++;
        await expectStored(answer);
      }
    }),
    BUDGET,
  );
  expect(stored).toBeGreaterThan(enough(5, tried));
});

test("servers' leads, dry runs and matches are answered or refused", async () => {
  await fc.assert(
    fc.asyncProperty(fields, around, text, anything, async (given, more, source, other) => {
      const lead = {
        submissionId: `server-${++made}`,
        source,
        fields: made % 2 === 0 ? given : { ...given, email: `s${made}@fuzz${made}.example` },
        edge: { country: "DE", timezone: source.slice(0, 60), ...(made % 3 === 0 ? { city: other } : {}) },
        ...more,
      };
      const created = await post("/v1/leads", lead);
      expectHandled(created, JSON.stringify(lead));
      if (created.status < 300) await expectStored(created);
      expectHandled(
        await post("/v1/route", { leads: [{ ...lead, submissionId: undefined }, given, other] }),
        JSON.stringify(lead),
      );
      expectHandled(
        await post("/v1/match", { leads: [given, { id: 1, company: other }] }),
        JSON.stringify(given),
      );
    }),
    BUDGET,
  );
});

test("what is done to a lead is done or refused", async () => {
  const action = fc.constantFrom(
    "touches",
    "disposition",
    "reassign",
    "handoff",
    "bounces",
    "stage",
    "accept",
    "release",
  );
  const value = fc.oneof(
    anything,
    fc.constantFrom(
      "ben",
      "cleo",
      "zed",
      "call",
      "email",
      "phone",
      "outbound",
      "inbound",
      "not_a_fit",
      "mql",
      "sal",
      "sql",
    ),
  );
  const names = fc.constantFrom(
    "channel",
    "direction",
    "personal",
    "automated",
    "by",
    "outcome",
    "at",
    "id",
    "evidence",
    "code",
    "note",
    "recycleOn",
    "to",
    "reason",
    "stage",
    "nextAction",
    "nextActionAt",
    "kind",
    "body",
  );
  await fc.assert(
    fc.asyncProperty(action, fc.dictionary(names, value), async (path, body) => {
      const answer = await post(`/v1/leads/${leadId}/${path}`, body);
      expectHandled(answer, `${path} ${JSON.stringify(body)}`);
      if (path === "disposition" && answer.status === 200) leadId = (await capture(submission())).body.leadId;
      if (made++ % 20 === 0) expect((await send("GET", `/v1/leads/${leadId}`, null, KEY)).status).toBe(200);
    }),
    BUDGET,
  );
});

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Puts a value somewhere into a copy of a document, or takes something out of it. */
const mutate = (root: Json, steps: readonly number[], value: unknown): Json => {
  const copy = structuredClone(root);
  let holder: Json = copy;
  for (const [depth, step] of steps.entries()) {
    if (typeof holder !== "object" || holder === null) return copy;
    const keys: (string | number)[] = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder);
    const key = keys[step % Math.max(keys.length, 1)];
    if (key === undefined) return copy;
    const parent = holder as Record<string | number, Json>;
    if (depth === steps.length - 1 || typeof parent[key] !== "object" || parent[key] === null) {
      if (value === undefined) Reflect.deleteProperty(parent, key);
      else parent[key] = value as Json;
      return copy;
    }
    holder = parent[key] as Json;
  }
  return copy;
};

/** The specification's document with everybody of this file's workspace in it: who holds leads can't be dropped. */
const base = JSON.parse(
  JSON.stringify({
    ...example,
    people: [...example.people, ...document().people.filter(({ id }) => id !== "ben")],
  }),
) as Json;

const partAt = (root: Json, steps: readonly number[]): Json =>
  steps.reduce<Json>((at, step) => {
    const parts: Json[] = typeof at === "object" && at !== null ? Object.values(at) : [];
    return parts[step % Math.max(parts.length, 1)] ?? at;
  }, root);

test("broken documents are verified, never a failure; what is published can be captured under", async () => {
  const value = fc.oneof(
    anything,
    fc.constantFrom<unknown>(
      undefined,
      "ana",
      "ben",
      "smb",
      "PT0S",
      "P9999999999D",
      "PT1S",
      [],
      {},
      -1,
      1e308,
      0,
      ["00:00", "00:00"],
      { queue: "qualification" },
      { not: {} },
      { all: [] },
      "Mars/Base",
      "24:00",
    ),
  );
  const steps = fc.array(fc.nat(50), { minLength: 2, maxLength: 7 });
  // What stands elsewhere in the document often fits by type, and means something else.
  const elsewhere = steps.map((path) => partAt(base, path));
  const nearby = fc.oneof(fc.constant(undefined), elsewhere, fc.integer({ min: 0, max: 9 }), value);
  const mutation = fc.tuple(steps, nearby);
  let [published, tried] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      tried++;
      const broken = mutations.reduce<Json>((root, [steps, put]) => mutate(root, steps, put), base);
      const what = JSON.stringify(mutations);
      const dry = await send("PUT", "/v1/config?dryRun=1", JSON.stringify(broken), { ...JSON_TYPE, ...KEY });
      expectHandled(dry, what);
      const { verification } = dry.json as { verification?: { errors: unknown[] } };
      if (!verification || verification.errors.length > 0) return;
      expect(
        (await send("PUT", "/v1/config", JSON.stringify(broken), { ...JSON_TYPE, ...KEY })).status,
        what,
      ).toBe(200);
      published++;
      const lead = await post("/v1/leads", {
        submissionId: `under-${++made}`,
        source: "fuzz",
        fields: {
          email: `u${made}@under${made}.example`,
          phone: "+1 212 555 0123",
          title: "VP",
          country: "DE",
        },
      });
      await expectStored(lead);
      expect((await send("GET", `/v1/leads/${String(lead.json["leadId"])}`, null, KEY)).status, what).toBe(
        200,
      );
      expect((await send("GET", "/v1/board", null, KEY)).status, what).toBe(200);
    }),
    BUDGET,
  );
  expect(published).toBeGreaterThan(enough(3, tried));
}, 30_000);
