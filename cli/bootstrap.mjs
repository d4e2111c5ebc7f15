#!/usr/bin/env node
/**
 * What `npm start`, `npm test`, `npm run deploy` and `npx leadclock` run before anything is installed: makes sure
 * the dependencies match package-lock.json, then hands over to the command under the repository's own Node.
 * Plain JavaScript without imports from packages: the machine's Node 20 must be able to run it.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import os from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const bin = join(modules, ".bin");
const ownNode = join(bin, "node");
const commands = {
  start: "cli/start.ts",
  test: "cli/test.ts",
  deploy: "cli/deploy.ts",
  import: "cli/import.ts",
  policy: "cli/policy.ts",
};
const usage = `usage: npx leadclock <command>

  start   the whole product on one port, with a demo workspace (PORT, LEADCLOCK_DATA, LEADCLOCK_SEED=demo|none)
  test    every test; arguments go to vitest
  deploy  a first deployment on your Cloudflare account, and every later one; --dry-run lists the steps
  import  a CSV or NDJSON file of accounts, contacts or opportunities; import --help tells more
  policy  verify, publish, compare or back-test a policy; policy --help tells more
  help    this
`;
const oldestNode = 20;

/** Ways `npm ci` fails that a person can do something about, by npm's error code. */
const installErrors = [
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/,
    "the package registry can't be reached; check the network or `npm config get registry`",
  ],
  [/\b(EACCES|EPERM|EROFS)\b/, `no permission to write under ${root}`],
  [/\bENOSPC\b/, "the disk is full"],
  [/\bEUSAGE\b/, "package.json and package-lock.json disagree; run `npm install` and commit the lock file"],
];

function fail(message) {
  console.error(`leadclock: ${message}`);
  process.exit(1);
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return undefined;
  }
}

/** What is installed, as npm recorded it at the end of its last complete run, against what is locked. */
function isInstalled() {
  const locked = packagesIn(join(root, "package-lock.json"));
  const installed = packagesIn(join(modules, ".package-lock.json"));
  if (locked === undefined) fail("package-lock.json is missing or damaged; restore it from git");
  if (installed === undefined || !existsSync(ownNode)) return false;
  const same = Object.entries(locked).every(([path, entry]) => {
    if (path === "") return true;
    const found = installed[path];
    // Packages for other platforms are locked but never installed here.
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
  return same && Object.keys(installed).every((path) => path in locked);
}

/** The machine's own tools: an npm running on node_modules/.bin/node would delete the Node it runs on. */
function pathWithoutModules() {
  const entries = (process.env.PATH ?? "").split(delimiter);
  return entries.filter((entry) => !entry.endsWith(join("node_modules", ".bin"))).join(delimiter);
}

let child;
/** Signals received so far; each is sent on once. */
const received = new Set();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    // Ctrl-C at a terminal reaches the whole process group; sending it on would make it two.
    const delivered = signal === "SIGINT" && process.stdin.isTTY === true;
    if (!received.has(signal) && !delivered) child?.kill(signal);
    received.add(signal);
  });
}

// npm killed outright says nothing to us; without a parent to serve, stop what we started.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent && !received.has("SIGTERM")) process.kill(process.pid, "SIGTERM");
}, 1000).unref();

/** Runs a child in this process group to its end; resolves to its exit code as a shell would report it. */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    child = spawn(command, args, { cwd: root, ...options });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
  });
}

async function install() {
  try {
    accessSync(existsSync(modules) ? modules : root, constants.W_OK);
  } catch {
    fail(`no permission to write under ${root}`);
  }
  console.log("leadclock: installing dependencies (npm ci); this takes a minute the first time");
  let said = "";
  const env = { ...process.env, PATH: pathWithoutModules() };
  const args = ["ci", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];
  const running = run("npm", args, { env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += chunk));
  const code = await running.catch((error) => {
    fail(
      error.code === "ENOENT"
        ? "npm is missing; install Node.js with npm"
        : `npm can't be run: ${error.message}`,
    );
  });
  if (received.size > 0) process.exit(code === 0 ? 130 : code);
  if (code !== 0) failInstall(said);
  if (!existsSync(ownNode))
    fail("the `node` package installed no Node; run `npm ci --foreground-scripts` to see why");
}

function failInstall(said) {
  const known = installErrors.find(([pattern]) => pattern.test(said));
  if (known !== undefined) fail(`installing failed: ${known[1]}`);
  const lines = said.split("\n").filter((line) => line.startsWith("npm error"));
  fail(
    `installing failed: ${(lines[0] ?? "npm ci gave no reason").replace("npm error ", "")} (run \`npm ci\` to see it all)`,
  );
}

const [command, ...rest] = process.argv.slice(2);
if (command === "help" || command === "--help" || command === "-h") {
  console.log(usage);
  process.exit(0);
}
const major = Number(process.versions.node.split(".")[0]);
if (major < oldestNode)
  fail(`Node ${process.versions.node} is too old; Leadclock needs Node ${oldestNode} or newer`);
if (!Object.hasOwn(commands, command ?? ""))
  fail(`${command === undefined ? "no command given" : `there is no command ${command}`}\n${usage}`);
if (!isInstalled()) await install();

const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${pathWithoutModules()}`,
  // npm changes to the package's folder; files are named from where the person is.
  LEADCLOCK_FROM: process.env.INIT_CWD ?? process.cwd(),
};
process.exit(await run(ownNode, [commands[command], ...rest], { env, stdio: "inherit" }));
