/** `npm run deploy` without Cloudflare: a stand-in wrangler on the PATH, the real everything else. Each run must be able to go on. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../support/product.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const standIn = fileURLToPath(new URL("../support/wrangler.mjs", import.meta.url));
const PLACEHOLDER = "00000000-0000-0000-0000-000000000000";
const GIVEN = {
  ADMIN_API_KEY: "lc_a-key-for-this-test-only",
  MAIL_FROM: "Acme <leads@acme.example>",
  ALERT_EMAIL: "ops@acme.example",
};
/** All that a deployment with nothing left to do asks of Cloudflare, in order. */
const LATER = ["whoami", "secret list", "d1 migrations apply", "deploy", "d1 execute"];
const FIRST = ["whoami", "secret list", "d1 list", "d1 create", ...LATER.slice(2)];

let server: Server;
let address = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    const broken = request.url?.startsWith("/broken") === true;
    response.writeHead(broken ? 500 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify({ openapi: "3.1.0", info: { title: "Leadclock" } }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

interface Account {
  signedIn: boolean;
  accounts: { id: string; name: string }[];
  databases: { uuid: string; name: string }[];
  worker: { secrets: Record<string, string>; migrated: boolean } | null;
  killAt?: string;
  failMigration?: string;
  slowDeploy?: boolean;
  /** Where the Worker is found once it is up. */
  address?: string;
}

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** An account on Cloudflare and a clone's wrangler.toml, both in a folder of their own. */
class Cloud {
  readonly folder = temporaryFolder();
  readonly config = join(this.folder, "wrangler.toml");
  readonly #tmp = join(this.folder, "tmp");

  constructor() {
    mkdirSync(this.#tmp);
    mkdirSync(join(this.folder, "bin"));
    const command = join(this.folder, "bin/wrangler");
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" --no-warnings "${standIn}" "$@"\n`);
    chmodSync(command, 0o755);
    // The repository may be somebody's who has deployed already.
    const toml = readFileSync(join(root, "wrangler.toml"), "utf8");
    writeFileSync(this.config, toml.replace(/^database_id = .*/m, `database_id = "${PLACEHOLDER}"`));
    this.set({ signedIn: true, accounts: [{ id: "acc", name: "Acme" }], databases: [], worker: null });
  }

  get state(): Account {
    return JSON.parse(readFileSync(join(this.folder, "state.json"), "utf8")) as Account;
  }
  set(changes: Partial<Account>): void {
    const before = existsSync(join(this.folder, "state.json")) ? this.state : {};
    writeFileSync(join(this.folder, "state.json"), JSON.stringify({ address, ...before, ...changes }));
  }
  get toml(): string {
    return readFileSync(this.config, "utf8");
  }
  /** Commands since last asked. */
  calls(): string[] {
    const file = join(this.folder, "calls");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    writeFileSync(file, "");
    return lines.filter((line) => line !== "");
  }
  leftBehind(): string[] {
    return readdirSync(this.#tmp);
  }
  start(env: Record<string, string>) {
    const PATH = `${join(this.folder, "bin")}:${process.env["PATH"] ?? ""}`;
    return spawn(process.execPath, ["cli/deploy.ts", "--config", this.config, "--wait", "0"], {
      cwd: root,
      env: { PATH, CLOUD: this.folder, TMPDIR: this.#tmp, HOME: this.folder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
  run(env: Record<string, string> = GIVEN): Promise<Ran> {
    return ended(this.start(env));
  }
}

function ended(child: ReturnType<Cloud["start"]>): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  return new Promise((settle) => child.on("close", (code) => settle({ code, stdout, stderr })));
}

test.concurrent("a first deployment makes everything, a second one only what is new", async () => {
  const cloud = new Cloud();
  const before = cloud.toml;
  const first = await cloud.run();
  expect(first.stderr).toBe("");
  expect(first.code).toBe(0);
  expect(cloud.calls()).toEqual(FIRST);
  const { databases, worker } = cloud.state;
  expect(cloud.toml).toBe(before.replace(PLACEHOLDER, databases[0]!.uuid));
  expect(worker).toEqual({
    migrated: true,
    secrets: { ...GIVEN, AUTH_SECRET: expect.stringMatching(/^.{43}$/) },
  });
  expect(first.stdout).toContain(`${address}/board`);
  expect(first.stdout).toContain("publish a configuration");
  for (const secret of Object.values(worker!.secrets)) expect(first.stdout).not.toContain(secret);

  const [toml, state] = [cloud.toml, cloud.state];
  const second = await cloud.run({});
  expect(second).toMatchObject({ code: 0, stderr: "" });
  expect(cloud.calls()).toEqual(LATER);
  expect([cloud.toml, cloud.state]).toEqual([toml, state]);
  expect(second.stdout).not.toContain("publish a configuration");
  expect(cloud.leftBehind()).toEqual([]);
});

test.concurrent("not signed in: nothing happens, and it says how to", async () => {
  const cloud = new Cloud();
  cloud.set({ signedIn: false });
  const { code, stderr } = await cloud.run();
  expect(code).toBe(1);
  expect(stderr).toMatch(/isn't signed in.*npx wrangler login.*CLOUDFLARE_API_TOKEN/);
  expect(stderr).toContain("Done: nothing.");
  expect(cloud.calls()).toEqual(["whoami"]);
});

test.concurrent("secrets that nobody gave are named together, before anything is made", async () => {
  const cloud = new Cloud();
  const { code, stderr } = await cloud.run({ CI: "true", ALERT_EMAIL: GIVEN.ALERT_EMAIL });
  expect(code).toBe(1);
  expect(stderr).toMatch(/ADMIN_API_KEY .*, MAIL_FROM .*Set them in the environment/);
  expect(stderr).not.toMatch(/AUTH_SECRET|ALERT_EMAIL/);
  expect(cloud.state.databases).toEqual([]);
});

test.concurrent("a setting in wrangler.toml's [vars] isn't asked for", async () => {
  const cloud = new Cloud();
  writeFileSync(cloud.config, `${cloud.toml}\n[vars]\nMAIL_FROM = "leads@acme.example"\n`);
  const { MAIL_FROM: _, ...others } = GIVEN;
  expect(await cloud.run(others)).toMatchObject({ code: 0, stderr: "" });
  expect(Object.keys(cloud.state.worker!.secrets)).not.toContain("MAIL_FROM");
});

test.concurrent("several accounts and nobody to choose: their ids are named", async () => {
  const cloud = new Cloud();
  cloud.set({ accounts: [{ id: "a1", name: "Acme" }, { id: "b2", name: "Bolt" }] }); // prettier-ignore
  const { code, stderr } = await cloud.run();
  expect(code).toBe(1);
  expect(stderr).toMatch(/CLOUDFLARE_ACCOUNT_ID to one of a1 \(Acme\), b2 \(Bolt\)/);
  expect(await cloud.run({ ...GIVEN, CLOUDFLARE_ACCOUNT_ID: "b2" })).toMatchObject({ code: 0, stderr: "" });
});

test.concurrent("a migration that fails keeps the code from going up; the next run goes on", async () => {
  const cloud = new Cloud();
  cloud.set({ failMigration: "0001_guards.sql" });
  const { code, stderr } = await cloud.run();
  expect(code).toBe(1);
  expect(stderr).toContain('migrations: near "TABEL": syntax error');
  expect(stderr).toContain("Done: sign-in, secrets, build, database. Not done: migrations, Worker, check.");
  expect(cloud.state.worker).toBeNull();
  cloud.set({ failMigration: "" });
  expect(await cloud.run()).toMatchObject({ code: 0, stderr: "" });
  expect(cloud.state.databases).toHaveLength(1);
});

test.concurrent(
  "killed between making the database and writing its id down: the next run finds it",
  async () => {
    const cloud = new Cloud();
    cloud.set({ killAt: "create" });
    expect((await cloud.run()).code).toBeNull();
    expect(cloud.toml).toContain(`database_id = "${PLACEHOLDER}"`);
    cloud.set({ killAt: "" });
    const again = await cloud.run();
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(cloud.state.databases).toHaveLength(1);
    expect(cloud.toml).toContain(`database_id = "${cloud.state.databases[0]!.uuid}"`);
  },
);

test.concurrent("stopped while the code goes up: no secret stays on disk", async () => {
  const cloud = new Cloud();
  cloud.set({ slowDeploy: true });
  const child = cloud.start(GIVEN);
  const running = ended(child);
  while (!existsSync(join(cloud.folder, "deploying"))) await sleep(20);
  expect(cloud.leftBehind().join()).toContain("leadclock-secrets-");
  child.kill("SIGTERM");
  const { code, stderr } = await running;
  expect(code).toBe(130);
  expect(stderr).toBe("leadclock: stopped; run `npm run deploy` again to go on from here\n");
  expect(cloud.leftBehind()).toEqual([]);
});

test.concurrent("a Worker that doesn't answer is a failed deployment", async () => {
  const cloud = new Cloud();
  cloud.set({ address: `${address}/broken` });
  const { code, stderr } = await cloud.run();
  expect(code).toBe(1);
  expect(stderr).toContain(`check: ${address}/broken doesn't answer as it should (HTTP 500)`);
  expect(stderr).toContain("Not done: check.");
});

test.concurrent(
  "secrets that the live configuration signs with are mentioned until they are set",
  async () => {
    const cloud = new Cloud();
    await cloud.run();
    const database = new DatabaseSync(join(cloud.folder, `${cloud.state.databases[0]!.uuid}.sqlite`));
    const notifications = [{ secretRef: "OPS_HOOK" }, { secretRef: "OPS_HOOK" }, { channel: "email" }];
    database
      .prepare(
        "INSERT INTO config_versions (version, document, published_by, published_at) VALUES (1, ?, 'test', 0)",
      )
      .run(JSON.stringify({ notifications }));
    database.exec("INSERT OR REPLACE INTO revisions (id, config, people) VALUES (1, 1, 0)");
    database.close();
    expect((await cloud.run()).stdout.match(/npx wrangler secret put OPS_HOOK/g)).toHaveLength(1);
    cloud.set({ worker: { migrated: true, secrets: { ...cloud.state.worker!.secrets, OPS_HOOK: "x" } } });
    expect((await cloud.run()).stdout).not.toContain("OPS_HOOK");
  },
);
