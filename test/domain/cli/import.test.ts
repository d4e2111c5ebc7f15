/** The import command without a network: what it reads, what it asks for, what it says, and where it goes on. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { readOptions, type Options } from "../../../cli/import/args.ts";
import { ImportProblem } from "../../../cli/import/problem.ts";
import { progressOn } from "../../../cli/import/progress.ts";
import { runImport } from "../../../cli/import/run.ts";
import { FakeServer } from "./fake-server.ts";

const folder = mkdtempSync(join(tmpdir(), "leadclock-import-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

let server: FakeServer;
let said: string;
beforeEach(() => {
  server = new FakeServer();
  said = "";
});

const run = (file: string, more: Partial<Options> = {}): Promise<number> =>
  runImport({
    options: {
      file,
      kind: null,
      origin: "http://localhost:8787",
      found: "",
      key: "k",
      errors: `${file}.errors.csv`,
      again: false,
      map: [],
      ...more,
    },
    server,
    progress: progressOn({ write: (text: string) => (said += text) }, () => 0),
    stop: new AbortController().signal,
    now: () => 0,
    from: folder,
  });

const CSV = "id,name,domain\n1,Acme,acme.example\n2,Bolt,bolt.example\n";

describe("what is sent", () => {
  const utf16 = Buffer.from(`\ufeff${CSV}`, "utf16le");
  test.each([
    ["a CSV", "a1.csv", CSV],
    ["a packed one", "a2.csv.gz", gzipSync(CSV)],
    ["UTF-16", "a3.csv", utf16],
    ["with a byte order mark", "a4.csv", `\ufeff${CSV}`],
  ])("%s", async (_, name, content) => {
    expect(await run(fileOf(name, content))).toBe(0);
    expect(server.sent).toHaveLength(1);
    expect(server.sent[0]).toMatchObject({ kind: "accounts", body: CSV });
    expect(Object.fromEntries(server.sent[0]!.place)).toMatchObject({
      part: "0",
      firstLine: "2",
      nextLine: "4",
    });
    expect(said).toMatch(/^[^ ]+: accounts, 3 lines, [1-9]\d+ bytes, to /);
    expect(said).toContain("Done in 0 s: 2 read, 2 taken, 0 refused.");
  });

  test.each([
    ["NDJSON", "b1.ndjson", '{"id":"1","email":"a@b.example"}\n{"id":"2","email":"c@d.example"}\n'],
    ["a JSON list", "b2.json", '[{"id":"1","email":"a@b.example"},{"id":"2","email":"c@d.example"}]'],
  ])("%s", async (_, name, content) => {
    expect(await run(fileOf(name, content))).toBe(0);
    expect(server.sent[0]).toMatchObject({
      kind: "contacts",
      type: "application/x-ndjson",
      body: '{"id":"1","email":"a@b.example"}\n{"id":"2","email":"c@d.example"}\n',
    });
  });

  test("a large file in parts, the header with each; interrupted, it goes on with the same parts", async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `${n},"Two\nlines ${n}",d${n}.example\n`);
    const file = fileOf("large.csv", `id,name,domain\n${rows.join("")}`);
    server.failAfter = 2;
    await expect(run(file)).rejects.toThrow("can't be reached");
    expect(server.sent).toHaveLength(2);
    server.failAfter = Number.POSITIVE_INFINITY;
    said = "";
    expect(await run(file)).toBe(0);
    expect(said).toMatch(/Going on from line [\d,]+;/);
    expect(server.imports.size).toBe(1);
    const whole = server.sent.map(({ body }) => body.replace(/^id,name,domain\n/, "")).join("");
    expect(whole).toBe(rows.join(""));
    let line = 2;
    for (const [at, { place, body }] of server.sent.entries()) {
      expect(place.get("part")).toBe(String(at));
      expect(Number(place.get("firstLine"))).toBe(line);
      line += body.split("\n").length - 2;
      expect(Number(place.get("nextLine"))).toBe(line);
    }
  });

  test("columns get the names they are told; those that had them step aside", async () => {
    const csv = "\nAccount Key;Id;Company;Domain\n001;7;Acme;acme.example\n";
    const map = [
      ["account key", "id"],
      ["Company", "name"],
    ] as const;
    const file = fileOf("mapped.csv", csv);
    expect(await run(file, { map })).toBe(0);
    expect(server.sent[0]).toMatchObject({
      kind: "accounts",
      body: '"id";"Id";"name";"Domain"\n001;7;Acme;acme.example\n',
    });
    expect(server.sent[0]!.place.get("firstLine")).toBe("3");
    const lines = '{"key":"1","id":"x","email":"a@b.example"}\nnone\n';
    expect(await run(fileOf("mapped.ndjson", lines), { map: [["Key", "id"]] })).toBe(0);
    expect(server.sent[1]?.body).toBe('{"id":"1","id (in the file)":"x","email":"a@b.example"}\nnone\n');
    await expect(run(file, { map: [["Nope", "id"]] })).rejects.toThrow(
      /"Nope", which is no column[^]*Account Key/,
    );
    await expect(run(file, { map: [["Account Key", "key"]], kind: "accounts" })).rejects.toThrow(
      /one of them "id"|no such field/,
    );
    // Read by other names it is another import.
    expect(await run(file, { map: [["Id", "id"]] })).toBe(0);
    expect(server.imports.size).toBe(3);
  });

  test("a blank line before the header, and a header that begins as ZIPs do", async () => {
    expect(await run(fileOf("blank.csv", "\n  \nPK;Id;Domain\n1;2;acme.example\n"))).toBe(0);
    expect(await run(fileOf("pk.csv", "PK,Account ID,Domain\n1,2,acme.example\n"))).toBe(0);
    expect(server.sent.map(({ kind }) => kind)).toEqual(["accounts", "accounts"]);
  });

  test("refused lines go into a file, and the exit code says so", async () => {
    const file = fileOf("refused.csv", "id,name,domain\n1,Acme,\n2,bad,\n");
    expect(await run(file)).toBe(1);
    expect(readFileSync(`${file}.errors.csv`, "utf8")).toBe('line,error\r\n3,"bad"\r\n');
    expect(said).toContain("they are in refused.csv.errors.csv");
  });

  test("a file that was imported is sent again only when asked to, and that is resumed as well", async () => {
    const file = fileOf("twice.csv", CSV);
    await run(file);
    expect(await run(file)).toBe(0);
    expect(said).toContain("imported to its end on 2026-11-22 (2 accounts taken, 0 lines refused)");
    expect(server.sent).toHaveLength(1);
    server.failAfter = 0;
    await expect(run(file, { again: true })).rejects.toThrow("can't be reached");
    server.failAfter = 9;
    expect(await run(file)).toBe(0);
    expect(server.sent).toHaveLength(2);
    expect([...server.imports.keys()].map((id) => id.replace(/^[0-9a-f]{32}/, "id"))).toEqual(["id", "id-2"]);
  });
});

describe("what can't be read is said before anything is sent", () => {
  mkdirSync(join(folder, "a-folder"), { recursive: true });
  test.each([
    ["no file", () => join(folder, "none.csv"), /There is no file/],
    ["a folder", () => join(folder, "a-folder"), /is a folder/],
    ["nothing in it", () => fileOf("empty.csv", ""), /is empty/],
    ["a spreadsheet", () => fileOf("sheet.xlsx", "PK\u0003\u0004"), /save it as CSV/],
    ["a damaged gzip", () => fileOf("x.gz", Buffer.from([0x1f, 0x8b, 1, 2, 3])), /can't be read/],
    ["no id", () => fileOf("noid.csv", "name,domain\nA,b\n"), /one of them "id"[^]*it reads: name, domain/],
    ["no kind", () => fileOf("what.csv", "id,name\n1,A\n"), /add --kind/],
    ["a broken header", () => fileOf("head.csv", '"id" x,name\n1,A\n'), /first line of [^ ]+ can't be read/],
    ["a broken list", () => fileOf("list.json", "[{]"), /is no JSON list/],
  ])("%s", async (_, file, words) => {
    const failed = await run(file()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ImportProblem);
    expect(failed).toMatchObject({ exit: 2, message: expect.stringMatching(words) as string });
    expect(server.sent).toEqual([]);
    expect(server.imports.size).toBe(0);
  });
});

describe("what it is told", () => {
  const at = { from: "/somewhere", root: folder };
  const read = (args: string[], environment: Record<string, string> = {}) =>
    readOptions(args, environment, at);
  fileOf(".dev.vars", "ADMIN_API_KEY=lc_local\nPORT=9000\n");

  test("by default the Leadclock of this machine, with its key", () => {
    expect(read(["a.csv"])).toEqual({
      file: "/somewhere/a.csv",
      kind: null,
      origin: "http://localhost:9000",
      found: "PORT in .dev.vars says so",
      key: "lc_local",
      errors: "/somewhere/a.csv.errors.csv",
      again: false,
      map: [],
    });
  });
  test("PORT given with the command, else the one that runs from this folder", () => {
    mkdirSync(join(folder, "state"), { recursive: true });
    const running = { LEADCLOCK_DATA: "state" };
    const note = (origin: string, pid: number | undefined = process.pid) =>
      fileOf("state/instance.json", JSON.stringify({ pid, origin, runtimePid: null }));
    note("http://localhost:4321");
    expect(read(["a.csv"], running)).toMatchObject({
      origin: "http://localhost:4321",
      found: "the state folder of this repository names it",
    });
    expect(read(["a.csv"], { ...running, PORT: "5000" })).toMatchObject({
      origin: "http://localhost:5000",
      found: "PORT says so",
    });
    // The key of this machine is sent nowhere else, whatever stands there.
    note("https://leads.acme.example");
    expect(read(["a.csv"], running)).toMatchObject({ origin: "http://localhost:9000" });
    // One that was killed leaves its note behind.
    note("http://localhost:4321", spawnSync("true").pid);
    expect(read(["a.csv"], running)).toMatchObject({
      origin: "http://localhost:9000",
      found: "PORT in .dev.vars says so",
    });
  });
  test("this machine's key goes nowhere else", () => {
    expect(() => read(["a.csv", "--to", "https://leads.acme.example"])).toThrow(/No API key for https:/);
    expect(
      read(["a.csv", "--to", "https://leads.acme.example/board"], { LEADCLOCK_API_KEY: "x" }),
    ).toMatchObject({
      origin: "https://leads.acme.example",
      key: "x",
    });
  });
  test.each([
    [["a.csv", "b.csv"], /One file at a time/],
    [[], /Name a file/],
    [["a.csv", "--kind", "leads"], /--kind is "leads"/],
    [["a.csv", "--to", "leads.acme.example"], /"leads.acme.example" is no address \(--to says so\)/],
    [["a.csv", "--to", ""], /"" is no address \(--to says so\)/],
    [["a.csv", "--key", "a b"], /characters that no key has/],
    [["a.csv", "--map", "id"], /--map is "id"/],
    [["a.csv", "--nope"], /--nope/],
  ])("%j", (args, words) => expect(() => read(args)).toThrow(words));
  test.each([
    ["PORT", "eighty", /"http:\/\/localhost:eighty" is no address \(PORT says so\)/],
    ["LEADCLOCK_URL", "ftp://leads.acme.example", /"ftp:[^ ]+ is no address \(LEADCLOCK_URL says so\)/],
  ])("%s is %s", (name, value, words) => expect(() => read(["a.csv"], { [name]: value })).toThrow(words));
  test("help needs nothing", () => expect(read(["--help"])).toBeNull());
});

describe("progress", () => {
  const shown = (screen: { isTTY?: boolean; columns?: number }) => {
    let text = "";
    let time = 0;
    const progress = progressOn({ ...screen, write: (piece: string) => (text += piece) }, () => time);
    for (let step = 0; step <= 100; step += 10) {
      progress.show(step, 100, step * 10);
      time += 2_000;
    }
    progress.say("Done.");
    return text;
  };
  test("a bar at a terminal, never wider than it", () => {
    const text = shown({ isTTY: true, columns: 40 });
    expect(text).toContain("[████████████░░░░░░░░░░░░] 50 %");
    for (const line of text.split(/\r|\n/)) expect(line.replace("\x1b[K", "").length).toBeLessThan(40);
    expect(text.endsWith("\r\x1b[KDone.\n")).toBe(true);
  });
  test("a line now and then elsewhere", () => {
    const text = shown({});
    expect(text).not.toContain("\x1b");
    expect(text.trim().split("\n")).toEqual([
      "0 %, 0 records",
      "50 %, 500 records, 50 a second, 10 s left",
      "100 %, 1,000 records, 50 a second",
      "Done.",
    ]);
  });
});
