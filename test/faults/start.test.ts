/** `npm start` under bad luck: each fault ends in one line that says what to do, or in a product that goes on. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Ended, type Product, runStart, startProduct, temporaryFolder } from "../support/product.ts";

const started: Product[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((product) => product.kill9()));
});

async function start(options: Parameters<typeof startProduct>[0] = {}): Promise<Product> {
  const product = await startProduct(options);
  started.push(product);
  return product;
}

function freshDir(): string {
  return join(temporaryFolder(), "state");
}

function databaseFile(dataDir: string): string {
  const folder = join(dataDir, "v3/d1/miniflare-D1DatabaseObject");
  const [name] = readdirSync(folder).filter((file) => file.endsWith(".sqlite") && file !== "metadata.sqlite");
  return join(folder, name!);
}

/** One line, code 1, nothing of a stack trace. */
function expectProblem({ code, stderr }: Ended, ...words: (string | RegExp)[]): void {
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).not.toMatch(/\n\s+at |node:|\.ts:\d/);
  for (const word of words) expect(stderr).toMatch(word);
  expect(code).toBe(1);
}

function runtimePid(dataDir: string): number {
  return (JSON.parse(readFileSync(join(dataDir, "instance.json"), "utf8")) as { runtimePid: number })
    .runtimePid;
}

const alive = (pid: number) => existsSync(`/proc/${pid}/exe`);

async function until(what: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (await what()) return true;
    await sleep(50);
  }
  return false;
}

async function say(product: Product, text: string): Promise<void> {
  const answer = await fetch(`${product.origin}/local/chat/test`, {
    method: "POST",
    body: JSON.stringify({ text }),
  });
  expect(answer.status).toBe(200);
}

async function heard(origin: string): Promise<string[]> {
  const answer = await fetch(`${origin}/inbox.json?kind=chat`);
  const { messages } = (await answer.json()) as { messages: { subject: string }[] };
  return messages.map((message) => message.subject);
}

async function serves(origin: string): Promise<boolean> {
  return fetch(`${origin}/inbox`).then(
    (answer) => answer.ok,
    () => false,
  );
}

describe("a start that can't be", () => {
  test("the port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    expectProblem(await runStart({ port, dataDir: freshDir() }), `Port ${port}`, `PORT=${port + 1}`);
    server.close();
  });

  test("a file stands where the state folder should", async () => {
    const path = freshDir();
    writeFileSync(path, "");
    expectProblem(await runStart({ dataDir: path }), path, "a file is in its way", "LEADCLOCK_DATA");
    expectProblem(
      await runStart({ dataDir: join(path, "below"), env: { LEADCLOCK_VARS: `${path}.vars` } }),
      "a file is in its way",
    );
  });

  test("nobody may write there", async () => {
    const env = { LEADCLOCK_VARS: join(freshDir(), "../vars") };
    expectProblem(await runStart({ dataDir: "/sys/leadclock", env }), "/sys/leadclock", "can't be written");
  });

  test.for([
    ["PORT", "eighty", "a number from 1 to 65535"],
    ["LEADCLOCK_SEED", "full", '"demo" or "none"'],
    ["HOST", "not a host", "0.0.0.0"],
    ["HOST", "203.0.113.7", "not an address of this machine"],
  ])("%s is %s", async ([name, value, advice]) => {
    expectProblem(await runStart({ dataDir: freshDir(), env: { [name!]: value! } }), name!, advice!);
  });

  test("the folder is another instance's", async () => {
    const first = await start();
    expectProblem(
      await runStart({ dataDir: first.dataDir }),
      "already running",
      String(first.pid),
      first.origin,
    );
    expect(await serves(first.origin)).toBe(true);
  });
});

describe("state that can't be served from", () => {
  let left = "";
  beforeAll(async () => {
    const product = await startProduct();
    expect(await product.stop()).toBe(0);
    left = product.dataDir;
  });
  /** What a product that was stopped leaves behind, to be spoilt. */
  const stateLeft = (): string => {
    const dataDir = freshDir();
    cpSync(left, dataDir, { recursive: true });
    return dataDir;
  };

  test.for([
    [
      "overwritten",
      (path: string) => writeFileSync(path, Buffer.alloc(40_000, "garbage ")),
      "is not a database",
    ],
    ["cut short", (path: string) => truncateSync(path, 8_192), "damaged"],
    ["overwritten further in", spoil, "damaged"],
  ] as const)("its database is %s", async ([, damage, words]) => {
    const dataDir = stateLeft();
    const path = databaseFile(dataDir);
    checkpoint(path);
    damage(path);
    expectProblem(await runStart({ dataDir }), words, path, "backup");
  });

  test("a newer version wrote it", async () => {
    const dataDir = stateLeft();
    const database = new DatabaseSync(databaseFile(dataDir));
    database.exec("INSERT INTO d1_migrations (name) VALUES ('9999_future.sql')");
    database.close();
    expectProblem(await runStart({ dataDir }), "newer Leadclock", "9999_future.sql");
  });
});

/** Moves what the write-ahead log holds into the file, so that damage to the file is damage. */
function checkpoint(path: string): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

function spoil(path: string): void {
  const content = readFileSync(path);
  content.fill("garbage ", 4_096, 16_384);
  writeFileSync(path, content);
}

describe("an end", () => {
  test("Ctrl-C ends everything within two seconds, code 0", async () => {
    const product = await start();
    const runtime = runtimePid(product.dataDir);
    expect(alive(runtime)).toBe(true);
    const at = Date.now();
    expect(await product.stop()).toBe(0);
    expect(Date.now() - at).toBeLessThan(2_000);
    expect(alive(runtime)).toBe(false);
    expect(product.output()).not.toMatch(/unexpectedly|error/i);
    expect(product.output()).toMatch(/Leadclock has stopped; everything is kept\.\n$/);
    expect(product.output()).toMatch(/began empty.*policy publish/);
    expect(product.output()).not.toContain("/demo");
  });

  test("SIGTERM to the host alone does too", async () => {
    const product = await start();
    const runtime = runtimePid(product.dataDir);
    process.kill(product.pid, "SIGTERM");
    expect(await until(() => !alive(runtime) && !alive(product.pid), 2_000)).toBe(true);
  });

  test("the runtime doesn't outlive a host that is killed, and the next start is as ever", async () => {
    const product = await start();
    await say(product, "before");
    const runtime = runtimePid(product.dataDir);
    process.kill(product.pid, "SIGKILL");
    expect(await until(() => !alive(runtime), 2_000)).toBe(true);
    await product.restart();
    expect(await heard(product.origin)).toEqual(["before"]);
  });

  test("state survives kill -9 of everything, five times over", async () => {
    const product = await start();
    const said: string[] = [];
    for (let round = 0; round < 5; round++) {
      await say(product, `round ${round}`);
      said.unshift(`round ${round}`);
      await product.kill9();
      await product.restart();
      expect(await heard(product.origin)).toEqual(said);
    }
  });

  test("a runtime that crashes is brought back on the same port with its state", async () => {
    const product = await start();
    await say(product, "before");
    const runtime = runtimePid(product.dataDir);
    process.kill(runtime, "SIGKILL");
    expect(await until(() => runtimePid(product.dataDir) !== runtime && serves(product.origin))).toBe(true);
    expect(await heard(product.origin)).toEqual(["before"]);
    expect(product.output()).toMatch("restarted");
    expect(await product.stop()).toBe(0);
  });

  test("a runtime that keeps crashing ends the host, with a line", async () => {
    const product = await start();
    const ended = until(async () => {
      try {
        process.kill(runtimePid(product.dataDir), "SIGKILL");
      } catch {
        // Between two of them.
      }
      await sleep(150);
      return !alive(product.pid);
    }, 60_000);
    expect(await ended).toBe(true);
    expect(await product.stop()).toBe(1);
    expect(product.output()).toMatch(/keeps crashing|could not be restarted/);
  });
});

describe("what it is told", () => {
  test("the environment wins over the file, the file's other lines stay, secrets are made and kept private", async () => {
    const dataDir = freshDir();
    const vars = `${dataDir}.vars`;
    writeFileSync(
      vars,
      "# mine\nADMIN_API_KEY=lc_from_file\nMAIL_FROM=File <file@leadclock.example>\nPORT=1",
    );
    const product = await start({ dataDir, env: { ADMIN_API_KEY: "lc_from_environment" } });
    expect(product.output()).toMatch("lc_from_environment");
    const text = readFileSync(vars, "utf8");
    expect(text).toMatch(/^# mine\nADMIN_API_KEY=lc_from_file\nMAIL_FROM=/);
    expect(text).toMatch(/^AUTH_SECRET=.{40,}$/m);
    expect(text).toMatch(/^OPS_WEBHOOK_SECRET=whsec_.{40,}$/m);
    expect(execFileSync("stat", ["-c", "%a", vars], { encoding: "utf8" }).trim()).toBe("600");
    await product.restart();
    expect(readFileSync(vars, "utf8")).toBe(text);
  });

  test("a key is generated where nobody chose one", async () => {
    const dataDir = freshDir();
    mkdirSync(join(dataDir, ".."), { recursive: true });
    const product = await start({ dataDir, env: { ADMIN_API_KEY: "" } });
    expect(readFileSync(`${dataDir}.vars`, "utf8")).toMatch(/^ADMIN_API_KEY=lc_[A-Za-z0-9]{32}$/m);
    expect(product.output()).toMatch(/API key +lc_[A-Za-z0-9]{32}/);
  });

  test("a demo that was only half made is made again from nothing", async () => {
    const product = await start();
    await say(product, "left over");
    await product.stop();
    writeFileSync(join(product.dataDir, "seed"), "begun\n");
    await product.restart();
    expect(await heard(product.origin)).toEqual([]);
    expect(readFileSync(join(product.dataDir, "seed"), "utf8")).toBe("none\n");
  });
});
