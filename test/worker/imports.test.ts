/** Imports in parts: counted once whatever is sent again, lines of the file, what is refused; and keys after a release. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { ImportOnWire } from "../../schema/wire/imports.ts";
import { KEYS_VERSION } from "../../worker/domain/matching/keys.ts";
import { forgetImports } from "../../worker/flows/forget-imports.ts";
import { rekey } from "../../worker/flows/rekey.ts";
import { depsFor } from "../../worker/ports.ts";
import { call, document, publish, rows, testEnv } from "./support/workspace.ts";

beforeAll(async () => {
  await publish(document());
});

interface Upserted {
  received: number;
  upserted: number;
  rejectedCount: number;
  rejected: { line: number; error: string }[];
}

const open = (id: string, more: object = {}) =>
  call<ImportOnWire>("PUT", `/v1/imports/${id}`, {
    kind: "accounts",
    name: "accounts.csv",
    size: 1000,
    ...more,
  });

const get = async (id: string) => (await call<ImportOnWire>("GET", `/v1/imports/${id}`)).body;

interface Part {
  part: number;
  firstLine: number;
  nextLine: number;
  position: number;
}

const send = (id: string, { part, firstLine, nextLine, position }: Part, body: string, type = "text/csv") =>
  call<Upserted>(
    "PUT",
    `/v1/accounts?import=${id}&part=${part}&firstLine=${firstLine}&nextLine=${nextLine}&position=${position}`,
    body,
    { authorization: "Bearer lc_test", "content-type": type },
  );

const FIRST: Part = { part: 0, firstLine: 2, nextLine: 6, position: 400 };
const SECOND: Part = { part: 1, firstLine: 6, nextLine: 8, position: 1000 };
const HEADER = "id,name\n";

describe("an import in parts", () => {
  test("says how far it came, in lines of the file, and ends with its last part", async () => {
    const id = "imp-parts-1";
    expect((await open(id)).body).toMatchObject({
      status: "running",
      parts: 0,
      position: 0,
      startedBy: "key:admin",
    });
    const first = await send(id, FIRST, `${HEADER}I1,"Two\nlines"\nI2\nI3,Ibis\n`);
    expect(first.body).toMatchObject({ received: 3, upserted: 2, rejected: [{ line: 4 }] });
    expect(await get(id)).toMatchObject({
      received: 3,
      upserted: 2,
      rejected: 1,
      parts: 1,
      position: 400,
      nextLine: 6,
    });
    const second = await send(id, SECOND, `${HEADER}\nI4,\n`);
    expect(second.body.rejected.map(({ line }) => line)).toEqual([7]);
    expect((await call("POST", `/v1/imports/${id}/finish`, { parts: 3 })).status).toBe(409);
    const done = await call("POST", `/v1/imports/${id}/finish`, { parts: 2 });
    expect(done.body).toMatchObject({ status: "done", received: 4, upserted: 2, rejected: 2, errorsKept: 2 });
    const csv = (await call<{ text: string }>("GET", `/v1/imports/${id}/errors`)).body.text;
    expect(csv).toMatch(/^line,error\r\n4,"record: [^\r]*"\r\n7,"name: is required[^\r]*"\r\n$/);
  });

  test("a part sent again answers the same and is counted once, also after the end", async () => {
    const id = "imp-parts-2";
    await open(id);
    const body = `${HEADER}A1,Avocet\nA2\n`;
    const first = await send(id, FIRST, body);
    const again = await send(id, FIRST, `${HEADER}A1,Something else\n`);
    expect(again.body).toEqual(first.body);
    expect(await rows("SELECT name FROM accounts WHERE id = 'A1'")).toEqual([{ name: "Avocet" }]);
    await Promise.all([send(id, SECOND, `${HEADER}A3,Auk\n`), send(id, SECOND, `${HEADER}A3,Auk\n`)]);
    expect(await get(id)).toMatchObject({ received: 3, upserted: 2, rejected: 1, parts: 2 });
    await call("POST", `/v1/imports/${id}/finish`, { parts: 2 });
    await call("POST", `/v1/imports/${id}/finish`, { parts: 2 });
    expect((await send(id, FIRST, body)).body).toEqual(first.body);
    expect((await send(id, { ...SECOND, part: 2 }, body)).status).toBe(409);
    expect(await rows("SELECT type FROM events WHERE data ->> 'importId' = ? ORDER BY seq", id)).toEqual([
      { type: "import.started" },
      { type: "import.finished" },
    ]);
  });

  test("NDJSON counts its lines from the part's first", async () => {
    const id = "imp-parts-3";
    await open(id);
    const lines = '{"id":"N1","name":"Nightjar"}\n{oops\n';
    const { body } = await send(
      id,
      { part: 0, firstLine: 501, nextLine: 503, position: 9 },
      lines,
      "application/x-ndjson",
    );
    expect(body.rejected.map(({ line }) => line)).toEqual([502]);
  });

  test("every refused line of a part is listed; lines kept are bounded, the count is not", async () => {
    const id = "imp-parts-4";
    await open(id);
    for (let part = 0; part < 3; part++) {
      const firstLine = 2 + part * 8000;
      const body = HEADER + "X\n".repeat(8000);
      const answer = await send(
        id,
        { part, firstLine, nextLine: firstLine + 8000, position: part + 1 },
        body,
      );
      expect(answer.body.rejected).toHaveLength(8000);
    }
    expect(await get(id)).toMatchObject({ rejected: 24_000, errorsKept: 20_000 });
    const csv = (await call<{ text: string }>("GET", `/v1/imports/${id}/errors`)).body.text;
    expect(csv.trim().split("\r\n")).toHaveLength(20_001);
  });
});

describe("what is refused", () => {
  test.each([
    [
      "an import nobody opened",
      "import=imp-nowhere&part=0&firstLine=2&nextLine=3&position=1",
      404,
      /open it with PUT/,
    ],
    ["a part without its place", "import=imp-bad-1&part=0", 422, /firstLine, nextLine and position/],
    [
      "a part out of order",
      "import=imp-bad-1&part=4&firstLine=2&nextLine=3&position=1",
      409,
      /Part 0 comes before part 4/,
    ],
    [
      "a part that is no number",
      "import=imp-bad-1&part=x&firstLine=2&nextLine=3&position=1",
      422,
      /the part's place, from 0/,
    ],
    ["an id that is none", "import=a/b&part=0&firstLine=2&nextLine=3&position=1", 422, /8 to 64/],
  ])("%s", async (_, query, status, said) => {
    await open("imp-bad-1");
    const answer = await call<{ detail: string }>("PUT", `/v1/accounts?${query}`, "id,name\n", {
      authorization: "Bearer lc_test",
      "content-type": "text/csv",
    });
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({
      status,
      detail: expect.stringMatching(said) as string,
    });
  });

  test("another kind under the same id", async () => {
    await open("imp-bad-2");
    expect((await open("imp-bad-2", { kind: "contacts" })).status).toBe(409);
    const answer = await call(
      "PUT",
      "/v1/contacts?import=imp-bad-2&part=0&firstLine=2&nextLine=3&position=1",
      "id,email\n",
      {
        authorization: "Bearer lc_test",
        "content-type": "text/csv",
      },
    );
    expect(answer.status).toBe(409);
  });

  test("a header that can't be read leaves the part open", async () => {
    await open("imp-bad-3");
    expect((await send("imp-bad-3", FIRST, "name\nx\n")).status).toBe(422);
    expect(await get("imp-bad-3")).toMatchObject({ parts: 0 });
  });

  test("who may not write records sees nothing of it", async () => {
    expect((await call("GET", "/v1/imports", undefined, {})).status).toBe(401);
  });
});

test("the list is newest first and goes on page by page; what nobody goes on sending waits", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const begin = Date.now() + 1_000_000;
  for (let at = 0; at < 3; at++) {
    vi.setSystemTime(begin + at * 1000);
    await open(`imp-list-${at}`);
  }
  vi.setSystemTime(begin + 200_000);
  type List = { imports: ImportOnWire[]; next: string | null };
  const page = (await call<List>("GET", "/v1/imports?limit=2")).body;
  vi.useRealTimers();
  expect(page.imports.map(({ id, status }) => [id, status])).toEqual([
    ["imp-list-2", "waiting"],
    ["imp-list-1", "waiting"],
  ]);
  const rest = (await call<List>("GET", `/v1/imports?limit=2&before=${page.next}`)).body;
  expect(rest.imports[0]?.id).toBe("imp-list-0");
});

describe("imports of long ago", () => {
  const DAY = 86_400_000;
  const at = (now: number) => ({ ...depsFor(testEnv, () => undefined), now: () => now });
  const left = async (id: string): Promise<number[]> => {
    const counts = ["imports WHERE id", "import_parts WHERE import_id", "import_errors WHERE import_id"].map(
      async (where) => Number((await rows(`SELECT count(*) AS n FROM ${where} = ?`, id))[0]?.["n"]),
    );
    return Promise.all(counts);
  };

  test("are removed with their parts and refused lines, what they brought and the keys' version stay", async () => {
    const [done, stopped] = ["imp-old-done", "imp-old-stopped"];
    for (const id of [done, stopped]) {
      await open(id);
      await send(id, FIRST, `${HEADER}${id},Old heron\nX1\n`);
    }
    await call("POST", `/v1/imports/${done}/finish`, { parts: 1 });
    const now = Date.now();
    await rekey(at(now));
    await forgetImports(at(now + 89 * DAY));
    expect([await left(done), await left(stopped)]).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    // What other tests left is older, and goes first.
    for (let minutes = 0; minutes < 30 && (await left(stopped))[0] === 1; minutes++)
      await forgetImports(at(now + 91 * DAY));
    expect([await left(done), await left(stopped)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(await rows("SELECT name FROM accounts WHERE id = ?", done)).toEqual([{ name: "Old heron" }]);
    expect((await rows("SELECT id FROM imports WHERE kind = 'keys'")).map(({ id }) => id)).toContain(
      `keys-version-${KEYS_VERSION}`,
    );
    expect((await call("GET", `/v1/imports/${done}`)).status).toBe(404);
    // The same file may be sent again: it is a new import, and nothing of it is written twice.
    expect((await open(done)).body).toMatchObject({ status: "running", parts: 0 });
  });

  test("go a piece at a time, the import itself last; as long as the policy says, and not while there is news", async () => {
    // The piece is shared by all that is old: what other tests left would take its part.
    await testEnv.DB.prepare("DELETE FROM imports WHERE kind <> 'keys'").run();
    const id = "imp-old-large";
    await open(id);
    await send(id, FIRST, `${HEADER}L1,Lapwing\n`);
    const many = JSON.stringify(Array.from({ length: 12_000 }, (_, line) => line));
    await testEnv.DB.prepare(
      "INSERT INTO import_errors (import_id, line, error) SELECT ?1, value, 'x' FROM json_each(?2)",
    )
      .bind(id, many)
      .run();
    const policy = document();
    await publish({ ...policy, retention: { imports: "P2D" } });
    const now = Date.now();
    expect(await forgetImports(at(now + DAY))).toBe(0);
    expect(await left(id)).toEqual([1, 1, 12_000]);
    await forgetImports(at(now + 3 * DAY));
    expect(await left(id)).toEqual([1, 0, 2_000]);
    await testEnv.DB.prepare("UPDATE imports SET updated_at = ?1 WHERE id = ?2")
      .bind(now + 3 * DAY, id)
      .run();
    await forgetImports(at(now + 3 * DAY));
    expect(await left(id)).toEqual([1, 0, 2_000]);
    await forgetImports(at(now + 6 * DAY));
    expect(await left(id)).toEqual([0, 0, 0]);
    await publish(policy);
  });
});
