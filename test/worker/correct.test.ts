/** A person says which account a lead belongs to: used from then on, whatever the CRM or a provider says later. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lead } from "../../schema/wire/lead.ts";
import { refine } from "../../worker/flows/refine.ts";
import { depsFor } from "../../worker/ports.ts";
import { ORIGIN, signIn, using } from "./support/signin.ts";
import { call, capture, document, publish, submission, testEnv } from "./support/workspace.ts";

const policy = document();
beforeAll(async () => {
  await publish({
    ...policy,
    routing: {
      ...policy.routing,
      rules: [
        {
          id: "customers",
          when: { field: "account.lifecycle", op: "eq", value: "customer" },
          to: { person: "mia" },
        },
        { id: "rest", to: { team: "smb" } },
      ],
    },
  });
});

interface Problem {
  detail: string;
  errors?: { pointer: string; detail: string }[];
}

const upsert = (...records: unknown[]) => call("PUT", "/v1/accounts", records);
const view = async (id: string): Promise<Lead> => (await call<Lead>("GET", `/v1/leads/${id}`)).body;
const correct = (id: string, body: Record<string, unknown>) =>
  call<Lead & Problem>("POST", `/v1/leads/${id}/account`, body);

const matched = async (lead: Record<string, unknown>) => {
  const { body } = await call<{ results: { account: { id: string } | null; method: string }[] }>(
    "POST",
    "/v1/match",
    { leads: [lead] },
  );
  return { account: body.results[0]?.account?.id ?? null, method: body.results[0]?.method };
};

const learnedOf = async (id: string): Promise<[string, string][]> => {
  const { body } = await call<{ learned: { kind: string; value: string }[] }>("GET", `/v1/accounts/${id}`);
  return body.learned.map(({ kind, value }) => [kind, value]);
};

const eventsOf = async (type: string, about: string): Promise<Record<string, unknown>[]> => {
  const { results } = await testEnv.DB.prepare(
    "SELECT actor, data FROM events WHERE type = ?1 AND instr(data, ?2) > 0 ORDER BY seq",
  )
    .bind(type, about)
    .all<{ actor: string; data: string }>();
  return results.map(({ actor, data }) => ({ actor, ...(JSON.parse(data) as object) }));
};

let n = 0;
/** Of one test: an account A with a domain of its own, another B, and a lead that matches neither. */
let a: string;
let b: string;
let mail: string;
let company: string;
const NAMES = [
  "Kestrel",
  "Plover",
  "Curlew",
  "Dunlin",
  "Avocet",
  "Godwit",
  "Whimbrel",
  "Turnstone",
  "Sanderling",
];
const nameOf = (): string =>
  `${NAMES[n % NAMES.length]}${NAMES[(n * 7 + 3) % NAMES.length]?.toLowerCase()}${n}`;

const ask = async (fields: Record<string, unknown> = {}): Promise<string> =>
  (await capture(submission({ email: `visitor@${mail}`, company, ...fields }))).body.leadId;

beforeEach(async () => {
  n++;
  [a, b, mail, company] = [`A${n}`, `B${n}`, `qz${n}x.example`, `Zyqua ${nameOf()}`];
  await upsert(
    { id: a, name: `${nameOf()} Robotics`, domain: `kes${n}.example`, lifecycle: "customer" },
    { id: b, name: `Brambling ${nameOf()}x Foods`, domain: `bram${n}.example` },
  );
});

describe("a correction", () => {
  test("names the account, scores again, tells who said it and what was so before", async () => {
    const id = await ask();
    expect((await view(id)).account).toBeNull();
    const { status, body } = await correct(id, { account: a, reason: "They told me" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ account: { id: a }, match: { accountId: a, confidence: 1 } });
    expect(body.match.corrected).toMatchObject({
      by: expect.stringMatching(/^key:/),
      reason: "They told me",
    });
    expect(body.match.method).not.toBe("none");
    const events = body.timeline.filter(({ type }) => type === "lead.matched");
    expect(events.at(-1)?.data).toMatchObject({
      corrected: true,
      account: { id: a },
      previous: { accountId: null, method: "none" },
    });
    // Its owner had it before, and nobody asked for more.
    expect(body.owner?.id).toMatch(/ben|cleo/);
  });

  test("again changes nothing", async () => {
    const id = await ask();
    await correct(id, { account: a, learn: ["domain"] });
    const first = await view(id);
    const again = await correct(id, { account: a, learn: ["domain"] });
    expect(again.status).toBe(200);
    expect(again.body.timeline).toEqual(first.timeline);
    expect(await learnedOf(a)).toEqual([["domain", mail]]);
  });

  test("to none takes the account away and keeps it away", async () => {
    const id = await ask({ email: `x@kes${n}.example` });
    expect((await view(id)).account?.id).toBe(a);
    const { body } = await correct(id, { account: null, reason: "A competitor" });
    expect(body).toMatchObject({ account: null, match: { accountId: null, method: "none" } });
    expect(body.match.candidates.map(({ accountId }) => accountId)).toContain(a);
  });

  test("isn't overwritten by what a data provider says later", async () => {
    const [corrected, other] = [await ask(), await ask({ email: `y${n}@other${n}.example`, company: "" })];
    await correct(corrected, { account: b });
    const facts = { name: `${nameOf()} Robotics`, employees: 12, industry: null, country: null, city: null };
    const deps = depsFor(testEnv, () => undefined);
    for (const id of [corrected, other]) await refine(deps, id, facts);
    expect((await view(other)).account?.id).toBe(a);
    const kept = await view(corrected);
    expect(kept.account?.id).toBe(b);
    expect(kept.timeline.map(({ type }) => type)).toContain("lead.enriched");
  });

  test("routes again when asked to, while nobody has acted", async () => {
    const id = await ask();
    const moved = await correct(id, { account: a, reroute: true });
    expect(moved.body).toMatchObject({
      owner: { id: "mia" },
      routing: { ruleId: "customers" },
      reassignments: 1,
    });
    const again = await correct(id, { account: a, reroute: true });
    expect(again.status).toBe(200);
    expect(again.body.assignments).toHaveLength(2);
    const touched = await ask({ email: `z${n}@late${n}.example`, company: "" });
    const owner = (await view(touched)).owner?.id;
    await call("POST", `/v1/leads/${touched}/touches`, { channel: "call", by: owner, outcome: "reached" });
    const refused = await correct(touched, { account: a, reroute: true });
    expect(refused.status).toBe(409);
    expect(refused.body.errors?.[0]?.pointer).toBe("/reroute");
    expect((await view(touched)).account).toBeNull();
    expect((await correct(touched, { account: a })).body.owner?.id).toBe(owner);
  });

  test("is refused for an unknown account, a closed lead, an unknown lead, and a lead of somebody else", async () => {
    const id = await ask();
    const unknown = await correct(id, { account: "nobody" });
    expect([unknown.status, unknown.body.errors?.[0]?.pointer]).toEqual([422, "/account"]);
    expect((await correct("lead_none", { account: a })).status).toBe(404);
    expect((await correct(id, { account: null, learn: ["name"] })).body.errors?.[0]?.pointer).toBe("/learn");
    const owner = (await view(id)).owner?.id;
    for (const rep of ["ben", "cleo"]) {
      const headers = { cookie: await signIn(`${rep}@acme.example`), origin: ORIGIN };
      const { status } = await call("POST", `/v1/leads/${id}/account`, { account: a }, headers, using);
      expect([rep, status]).toEqual([rep, rep === owner ? 200 : 403]);
    }
    expect((await view(id)).match.corrected?.by).toBe(`person:${owner}`);
    await call("POST", `/v1/leads/${id}/disposition`, { code: "won", nextStep: "x" });
    expect((await correct(id, { account: b })).status).toBe(409);
  });
});

describe("what it teaches", () => {
  test("is used from the next match on, at capture and in a look-up", async () => {
    const id = await ask();
    await correct(id, { account: a, learn: ["domain", "name"] });
    expect(await matched({ email: `other@eu.${mail}` })).toEqual({ account: a, method: "alias" });
    expect(await matched({ email: "somebody@gmail.com", company })).toEqual({ account: a, method: "name" });
    const next = (await capture(submission({ email: `next@${mail}` }))).body.leadId;
    expect(await view(next)).toMatchObject({ account: { id: a }, match: { method: "alias" } });
    const events = await eventsOf("account.alias_learned", mail);
    expect(events).toMatchObject([{ actor: expect.stringMatching(/^key:/), kind: "domain", leadId: id }]);
  });

  test("may be a domain that only looks like a misspelt mail provider's, on a person's word", async () => {
    const id = await ask({ email: "x@navex.com" });
    expect((await correct(id, { account: a, learn: ["domain"] })).status).toBe(200);
    expect(await matched({ email: "other@navex.com" })).toEqual({ account: a, method: "alias" });
    await call("DELETE", `/v1/accounts/${a}/aliases/navex.com`);
  });

  test("survives what the CRM sends, even a list of other domains", async () => {
    await correct(await ask(), { account: a, learn: ["domain", "name"] });
    await upsert({
      id: a,
      name: "Renamed Robotics",
      domain: `new${n}.example`,
      domains: [`more${n}.example`],
    });
    await upsert({ id: a, domain: null, domains: [], learned: "[]" });
    expect(await matched({ email: `x@${mail}` })).toEqual({ account: a, method: "alias" });
    expect(await matched({ email: "x@gmail.com", company })).toEqual({ account: a, method: "name" });
  });

  test("follows a merge, and lead and lesson with it; goes with a deletion", async () => {
    const id = await ask();
    await correct(id, { account: a, learn: ["domain"] });
    await call("POST", `/v1/accounts/${a}/merge`, { into: b });
    expect(await matched({ email: `x@${mail}` })).toEqual({ account: b, method: "alias" });
    expect(await learnedOf(b)).toEqual([["domain", mail]]);
    expect(await learnedOf(a)).toEqual([["domain", mail]]);
    expect((await view(id)).account?.id).toBe(b);
    // The old id still means the account that stayed.
    expect((await correct(id, { account: a })).body.account?.id).toBe(b);
    await call("DELETE", `/v1/accounts/${b}`);
    expect(await matched({ email: `x@${mail}` })).toMatchObject({ account: null });
    const left = await view(id);
    expect([left.account, left.match.corrected]).toEqual([null, undefined]);
    const keys = await testEnv.DB.prepare("SELECT * FROM account_keys WHERE key = ?1")
      .bind(`a:${mail}`)
      .all();
    expect(keys.results).toEqual([]);
  });

  test("a rep corrects their lead and doesn't teach: that holds for everybody's", async () => {
    const id = await ask();
    const owner = (await view(id)).owner?.id ?? "";
    const rep = { cookie: await signIn(`${owner}@acme.example`), origin: ORIGIN };
    const say = (learn: string[]) =>
      call<Lead & Problem>("POST", `/v1/leads/${id}/account`, { account: a, learn }, rep, using);
    const refused = await say(["domain"]);
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([403, "/learn"]);
    expect((await view(id)).match.corrected).toBeUndefined();
    expect(await learnedOf(a)).toEqual([]);
    expect((await say([])).status).toBe(200);
  });

  test("can be taken back, by managers, and what the CRM says stays", async () => {
    await correct(await ask(), { account: a, learn: ["domain", "name"] });
    await upsert({ id: a, domains: [mail] });
    const path = (value: string) => `/v1/accounts/${a}/aliases/${encodeURIComponent(value)}`;
    const rep = { cookie: await signIn("ben@acme.example"), origin: ORIGIN };
    expect((await call("DELETE", path(mail), undefined, rep, using)).status).toBe(403);
    expect((await call("DELETE", path(mail.toUpperCase()))).status).toBe(204);
    expect((await call("DELETE", path(mail))).status).toBe(404);
    expect(await matched({ email: `x@${mail}` })).toEqual({ account: a, method: "alias" });
    await upsert({ id: a, domains: [] });
    expect((await matched({ email: `x@${mail}` })).account).toBeNull();
    expect((await call("DELETE", path(company))).status).toBe(204);
    expect((await matched({ email: "x@gmail.com", company })).account).toBeNull();
    expect(await eventsOf("account.alias_dropped", mail)).toMatchObject([{ kind: "domain", value: mail }]);
    expect((await call("DELETE", "/v1/accounts/none/aliases/x")).status).toBe(404);
  });

  test.each([
    ["domain", { email: "x@gmail.com" }, 422, /free mail/],
    ["domain", { email: "x@mailinator.com" }, 422, /throw-away/],
    ["domain", { email: "x@gmial.com" }, 422, /misspelt/],
    ["name", { company: "n/a" }, 422, /not a company's name/],
    ["name", { company: "" }, 422, /gave no company/],
    ["name", { company: "Consulting Group" }, 422, /only words that many companies use/],
  ])("is refused: the %s of %j", async (kind, fields, status, why) => {
    const id = await ask(fields);
    const refused = await correct(id, { account: a, learn: [kind] });
    expect(refused.status).toBe(status);
    expect(refused.body.errors).toEqual([{ pointer: "/learn", detail: expect.stringMatching(why) }]);
    // Nothing of it was done.
    expect((await view(id)).match.corrected).toBeUndefined();
    expect(await learnedOf(a)).toEqual([]);
  });

  test("is refused where another account goes by it, which is named; not where the account does itself", async () => {
    const id = await ask({ email: `x@bram${n}.example`, company: `Brambling ${nameOf()}x Foods GmbH` });
    for (const kind of ["domain", "name"]) {
      const refused = await correct(id, { account: a, learn: [kind] });
      expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining(b)]);
    }
    expect((await correct(id, { account: b, learn: ["domain", "name"] })).status).toBe(200);
    expect(await learnedOf(b)).toEqual([]);
  });
});

describe("two people at once", () => {
  test.each(["domain", "name"] as const)(
    "teach a %s to one account only; the other is told whose it is",
    async (kind) => {
      const ids = [await ask(), await ask({ email: `second@${mail}` })];
      const said = await Promise.all(
        [a, b].map((account, i) => correct(String(ids[i]), { account, learn: [kind] })),
      );
      expect(new Set(said.map(({ status }) => status))).toEqual(new Set([200, 409]));
      const winner = said[0]?.status === 200 ? a : b;
      const loser = winner === a ? b : a;
      const refused = said.find(({ status }) => status === 409);
      expect(refused?.body.detail).toContain(`(${winner})`);
      expect(refused?.body.errors?.[0]?.pointer).toBe("/learn");
      expect((await learnedOf(winner)).map(([of]) => of)).toEqual([kind]);
      expect(await learnedOf(loser)).toEqual([]);
    },
  );
});

describe("accounts", () => {
  const find = async (q: string): Promise<string[]> => {
    const path = `/v1/accounts?q=${encodeURIComponent(q)}`;
    const { body } = await call<{ accounts: { id: string }[] }>("GET", path);
    return body.accounts.map(({ id }) => id);
  };

  test.each([
    ["its id", () => a],
    ["its name as typed so far", () => nameOf().slice(0, -1)],
    ["its name, misspelt", () => `${nameOf()} Robtics`],
    ["its domain as typed so far", () => `kes${n}.ex`],
    ["an address there", () => `ana@kes${n}.example`],
    ["its website", () => `https://www.kes${n}.example/contact`],
  ])("are found by %s", async (_, q) => {
    expect(await find(q())).toContain(a);
  });

  test("are found by what they learned, not by nothing, and never by reading all of them", async () => {
    await correct(await ask(), { account: a, learn: ["domain"] });
    expect(await find(mail.slice(0, -4))).toContain(a);
    expect(await find("qqqqqqq")).toEqual([]);
    expect((await call("GET", "/v1/accounts?q=x")).status).toBe(422);
    const { results } = await testEnv.DB.prepare(
      "EXPLAIN QUERY PLAN SELECT account_id FROM account_keys WHERE key >= 'n:k' AND key < 'n:l' ORDER BY key, account_id LIMIT 40",
    ).all<{ detail: string }>();
    expect(results.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^SEARCH .* PRIMARY KEY/)]);
  });

  test("are shown one at a time", async () => {
    const { body } = await call("GET", `/v1/accounts/${a}`);
    expect(body).toMatchObject({ id: a, domain: `kes${n}.example`, lifecycle: "customer", learned: [] });
    expect((await call("GET", "/v1/accounts/none")).status).toBe(404);
  });
});
