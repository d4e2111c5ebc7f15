/** Publishing over HTTP, in workerd: what is refused, what becomes a version, what may race. */
import { beforeAll, describe, expect, test } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import { publishVersion } from "../../worker/store/config.ts";
import { configDocument } from "../../schema/config/document.ts";
import { call, capture, document, person, submission, testEnv } from "./support/workspace.ts";
import example from "../cases/config-example.json" with { type: "json" };

interface Found {
  version: number;
  verification: {
    errors: { pointer: string; code: string; message: string }[];
    warnings: { code: string }[];
  };
  errors?: { pointer: string; detail: string }[];
  status?: number;
  detail?: string;
}

const KEY = { authorization: "Bearer lc_test" };
const put = (body: unknown, query = "", headers: Record<string, string> = {}) =>
  call<Found>("PUT", `/v1/config${query}`, body, { ...KEY, ...headers });
const live = () => call<ConfigInput>("GET", "/v1/config");
const versionNow = async (): Promise<number> => Number((await live()).headers.get("x-config-version"));

beforeAll(async () => {
  expect((await live()).status).toBe(404);
  const first = await put(example, "?note=The%20first");
  expect(first).toMatchObject({
    status: 200,
    body: { version: 1, verification: { errors: [], undecided: [] } },
  });
});

test("holidays of a country are worked out when it is published", async () => {
  const row = await testEnv.DB.prepare("SELECT holidays FROM config_versions WHERE version = 1").first<{
    holidays: string;
  }>();
  const { us = [] } = JSON.parse(row?.holidays ?? "{}") as Record<string, string[]>;
  const year = new Date().getUTCFullYear();
  expect(us).toContain(`${year}-12-25`);
  expect(us).toContain(`${year + 2}-07-04`);
  expect(us).not.toContain(`${year}-07-14`);
});

test("what GET answers can be changed and put back", async () => {
  const read = await live();
  expect(read.headers.get("etag")).toBe(`"v${await versionNow()}"`);
  const changed = structuredClone(read.body);
  changed.workspace.name = "Acme Robots";
  const answer = await put(changed, "", { "if-match": read.headers.get("etag") ?? "" });
  expect(answer.status).toBe(200);
  expect((await live()).body).toEqual(changed);
  expect((await put(read.body, "", { "if-match": read.headers.get("etag") ?? "" })).status).toBe(412);
  expect((await put({ version: 1, document: read.body })).status).toBe(200);
  expect((await live()).body).toEqual(read.body);
});

test("publishing what is in force makes no version", async () => {
  const version = await versionNow();
  expect((await put(example)).body.version).toBe(version);
  expect(await versionNow()).toBe(version);
});

test("a dry run answers 200 with whatever it found, and publishes nothing", async () => {
  const version = await versionNow();
  const broken = { ...document(), routing: { rules: [], default: ["nobody"], defaultSla: "standard" } };
  const answer = await put(broken, "?dryRun=1");
  expect(answer.status).toBe(200);
  expect(answer.body.version).toBe(version);
  expect(answer.body.verification.errors.map(({ code }) => code)).toEqual([
    "unknown_person",
    "no_last_resort",
  ]);
  expect((await put({}, "?dryRun=true")).body.verification.errors.length).toBeGreaterThan(2);
  expect(await versionNow()).toBe(version);
});

test("a document with errors is refused with pointers, and what was in force stays", async () => {
  const version = await versionNow();
  const broken = { ...document(), slaRules: [{ when: {}, sla: "gold" }] };
  const answer = await put(broken);
  expect(answer.status).toBe(422);
  expect(answer.headers.get("content-type")).toContain("problem+json");
  expect(answer.body).toMatchObject({
    status: 422,
    version,
    verification: { errors: [{ pointer: "/slaRules/0/sla", code: "unknown_sla" }] },
    errors: [{ pointer: "/slaRules/0/sla" }],
  });
  expect((await put("{broken")).status).toBe(400);
  expect((await put(" ".repeat(4_300_000))).status).toBe(413);
  expect(await versionNow()).toBe(version);
});

test("a document too big for a row of the database is refused, not half written", async () => {
  const people = Array.from({ length: 9500 }, (_, index) => person(`p${index}`, { name: "x".repeat(150) }));
  const answer = await put(document({ people: [...document().people, ...people] }));
  expect(answer.status).toBe(422);
  expect(answer.body.verification.errors).toMatchObject([{ code: "too_large" }]);
});

test("versions are listed, read and restored", async () => {
  const before = await versionNow();
  await put(document(), "?note=Simpler");
  const { body } = await call<{
    versions: { version: number; note: string; publishedAt: string; publishedBy: string }[];
  }>("GET", "/v1/config/versions");
  expect(body.versions[0]).toMatchObject({ version: before + 1, note: "Simpler", publishedBy: "key:admin" });
  expect(body.versions[0]?.publishedAt).toMatch(/Z$/);
  const first = await call<ConfigInput>("GET", "/v1/config/versions/1");
  expect(first.body.workspace.name).toBe("Acme Robotics");
  const restored = await call<Found>("POST", "/v1/config/versions/1/restore");
  expect(restored).toMatchObject({ status: 200, body: { version: before + 2 } });
  expect((await live()).body).toEqual(first.body);
  expect((await call("GET", "/v1/config?version=999")).status).toBe(404);
  expect((await call("POST", "/v1/config/versions/999/restore")).status).toBe(404);
});

test("publishing revives nobody, and refuses to leave the last resort to them", async () => {
  await put(document());
  await testEnv.DB.prepare(
    "INSERT INTO people_state (person_id, deactivated_at, updated_at) VALUES ('last', 1, 1)",
  ).run();
  const answer = await put(document({ workspace: { name: "Other", timezone: "UTC" } }));
  expect(answer.status).toBe(422);
  expect(answer.body.verification.errors).toMatchObject([
    { pointer: "/routing/default", code: "no_last_resort" },
  ]);
  const both = document({
    routing: {
      rules: [{ id: "rest", to: { team: "smb" } }],
      default: ["last", "mia"],
      defaultSla: "standard",
    },
  });
  const published = await put(both);
  expect(published.status).toBe(200);
  expect(published.body.verification.warnings.map(({ code }) => code)).toContain("inactive_person");
  const state = await testEnv.DB.prepare(
    "SELECT deactivated_at FROM people_state WHERE person_id = 'last'",
  ).first();
  expect(state).toEqual({ deactivated_at: 1 });
  await testEnv.DB.prepare("DELETE FROM people_state").run();
});

describe("people who hold leads", () => {
  const without = (id: string): ConfigInput => ({
    ...document(),
    people: document().people.filter((one) => one.id !== id),
    teams: [{ id: "smb", name: "SMB", manager: "mia", members: [{ person: id === "ben" ? "cleo" : "ben" }] }],
  });
  let owner = "";

  beforeAll(async () => {
    await put(document());
    const { body } = await capture(submission());
    const lead = await testEnv.DB.prepare("SELECT owner_id FROM leads WHERE id = ?1")
      .bind(body.leadId)
      .first<{ owner_id: string }>();
    owner = lead?.owner_id ?? "";
  });

  test("can't be left out of the document", async () => {
    const answer = await put(without(owner));
    expect(answer.status).toBe(422);
    expect(answer.body.verification.errors).toMatchObject([{ pointer: "/people", code: "holds_leads" }]);
    expect(answer.body.detail).toContain(`1 open lead is held by "${owner}"`);
  });

  test("not even when they got the lead after the check", async () => {
    const after = await versionNow();
    const revisions = await testEnv.DB.prepare("SELECT people FROM revisions").first<{ people: number }>();
    const publication = {
      holidays: {},
      note: null,
      by: "system",
      at: 1,
      after,
      peopleSeen: revisions?.people ?? 0,
    };
    const publishing = { ...publication, document: configDocument.parse(without(owner)) };
    expect(await publishVersion(testEnv.DB, publishing)).toBe(false);
    const stale = { ...publication, document: configDocument.parse(document()), peopleSeen: 99 };
    expect(await publishVersion(testEnv.DB, stale)).toBe(false);
    expect(await versionNow()).toBe(after);
  });
});

test("publications at the same time each get a version of their own, and the last one is in force", async () => {
  const before = await versionNow();
  const named = (name: string): ConfigInput => document({ workspace: { name, timezone: "UTC" } });
  const answers = await Promise.all(["a", "b", "c", "d"].map((name) => put(named(name))));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers.map(({ body }) => body.version).toSorted((a, b) => a - b)).toEqual(
    [1, 2, 3, 4].map((n) => before + n),
  );
  expect(await versionNow()).toBe(before + 4);
});

test("scopes: nobody reads or writes it without", async () => {
  expect((await call("GET", "/v1/config", undefined, {})).status).toBe(401);
  expect((await call("PUT", "/v1/config", document(), {})).status).toBe(401);
});

test("the JSON Schema is public and names itself", async () => {
  const answer = await call("GET", "/v1/config/schema.json", undefined, {});
  expect(answer.status).toBe(200);
  expect(answer.body["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(answer.body["$id"]).toBe("https://leads.acme.example/v1/config/schema.json");
  expect(answer.body["required"]).toEqual(["workspace", "people", "sla", "routing"]);
});

test("dispositions can be listed", async () => {
  const answer = await call<{ dispositions: { code: string }[] }>("GET", "/v1/dispositions");
  expect(answer.body.dispositions.map(({ code }) => code)).toEqual(["not_a_fit", "won"]);
});

describe("two editors", () => {
  interface Conflict extends Found {
    changes: { kind: string; pointer: string; text: string }[];
  }

  const renamed = async (name: string): Promise<ConfigInput> => {
    const { body } = await live();
    return { ...body, workspace: { ...body.workspace, name } };
  };

  test("who changed an older version is told what was published since, and nothing is overwritten", async () => {
    const base = await versionNow();
    const [hers, his] = [await renamed("Hers"), await renamed("His")];
    expect((await put(hers, `?baseVersion=${base}`)).status).toBe(200);
    const late = await call<Conflict>("PUT", "/v1/config", { document: his, baseVersion: base });
    expect(late.status).toBe(409);
    expect(late.body.version).toBe(base + 1);
    expect(late.body.changes).toEqual([
      { kind: "changed", pointer: "/workspace", text: expect.stringContaining('→ "Hers"') as string },
    ]);
    expect((await live()).body.workspace.name).toBe("Hers");
    const byHeader = await call<Conflict>("PUT", "/v1/config", his, { ...KEY, "if-match": `"v${base}"` });
    expect(byHeader).toMatchObject({ status: 412, body: { changes: late.body.changes } });
    expect((await call("PUT", "/v1/config", { document: his, baseVersion: "one" })).status).toBe(422);
    const restored = await call("POST", `/v1/config/versions/${base}/restore?baseVersion=${base}`);
    expect(restored.status).toBe(409);
  });

  test("versions are compared in sentences, with the one before or any other", async () => {
    const version = await versionNow();
    const diff = (path: string) =>
      call<{ against: number; changes: { text: string }[] }>("GET", `/v1/config/versions/${path}`);
    const last = await diff(`${version}/diff`);
    expect(last.body).toMatchObject({ against: version - 1 });
    expect(last.body.changes.map(({ text }) => text)).toEqual([expect.stringContaining("workspace")]);
    expect((await diff(`${version}/diff?against=${version}`)).body.changes).toEqual([]);
    expect((await diff(`${version}/diff?against=999`)).status).toBe(404);
    const older = await call<{ versions: { version: number }[] }>(
      "GET",
      `/v1/config/versions?before=${version}`,
    );
    expect(older.body.versions[0]?.version).toBe(version - 1);
  });
});
