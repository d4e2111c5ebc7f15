/**
 * Stands in for wrangler 4.156: the commands a deployment uses, answered with the shapes and words of the real one, on an account
 * that is a folder. Databases are SQLite files and take the real migrations. Plain JavaScript, as it starts 60 times a test run.
 */
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse } from "smol-toml";

const cloud = process.env["CLOUD"];
const stateFile = join(cloud, "state.json");
const state = JSON.parse(readFileSync(stateFile, "utf8"));
const migrationsDir = fileURLToPath(new URL("../../schema/migrations/", import.meta.url));
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: "string" },
    json: { type: "boolean" },
    remote: { type: "boolean" },
    command: { type: "string" },
    "secrets-file": { type: "string" },
  },
});
const config = JSON.parse(JSON.stringify(parse(readFileSync(flags.config, "utf8"))));
const name = positionals.slice(0, 3).join(" ").replace(" leadclock", "");

function save() {
  writeFileSync(stateFile, JSON.stringify(state));
}

function record(entry) {
  const file = process.env["WRANGLER_OUTPUT_FILE_PATH"];
  if (file) appendFileSync(file, `${JSON.stringify({ version: 1, ...entry })}\n`);
}

function fail(message) {
  record({ type: "command-failed", message });
  console.error(`\x1b[31m✘ \x1b[41;31m[\x1b[41;97mERROR\x1b[41;31m]\x1b[0m \x1b[1m${message}\x1b[0m\n`);
  process.exit(1);
}

function banner() {
  console.log("\n ⛅️ wrangler 4.156.2\n────────────────────");
}

/** The database that the configuration names by id; the name alone is not enough on Cloudflare either. */
function database() {
  const id = config.d1_databases[0].database_id;
  if (!state.databases.some(({ uuid }) => uuid === id)) {
    fail(`A request to the Cloudflare API (/accounts/acc/d1/database/${id}/query) failed.`);
  }
  return new DatabaseSync(join(cloud, `${id}.sqlite`));
}

function whoami() {
  if (state.signedIn) {
    console.log(
      JSON.stringify({ loggedIn: true, authType: "OAuth Token", accounts: state.accounts }, null, 2),
    );
    return;
  }
  console.log('\n{"loggedIn":false}');
  record({ type: "command-failed", message: '{"loggedIn":false}' });
  process.exit(1);
}

function create() {
  banner();
  if (state.databases.some((found) => found.name === positionals[2]))
    fail("A database with that name already exists");
  const uuid = randomUUID();
  state.databases.push({ uuid, name: positionals[2], version: "production" });
  save();
  if (state.killAt === "create") process.kill(process.ppid, "SIGKILL");
  console.log(
    `✅ Successfully created DB '${positionals[2]}' in region WEUR\nCreated your new D1 database.\n`,
  );
  console.log(
    "To access your new D1 Database in your Worker, add the following snippet to your configuration file:",
  );
  console.log(`[[d1_databases]]\nbinding = "${positionals[2]}"\ndatabase_name = "${positionals[2]}"`);
  console.log(`database_id = "${uuid}"`);
}

function apply() {
  banner();
  const db = database();
  db.exec("CREATE TABLE IF NOT EXISTS d1_migrations (name TEXT UNIQUE)");
  const applied = new Set(
    db
      .prepare("SELECT name FROM d1_migrations")
      .all()
      .map((row) => row.name),
  );
  const open = readdirSync(migrationsDir).filter((file) => file.endsWith(".sql") && !applied.has(file));
  if (open.length === 0) console.log("✅ No migrations to apply!");
  for (const file of open.sort()) {
    if (state.failMigration === file) fail('near "TABEL": syntax error at offset 7: SQLITE_ERROR');
    db.exec(`BEGIN; ${readFileSync(join(migrationsDir, file), "utf8")}; COMMIT`);
    db.prepare("INSERT INTO d1_migrations VALUES (?)").run(file);
    console.log(`${file} ✅`);
  }
}

function execute() {
  const results = database().prepare(flags.command).all();
  console.log(JSON.stringify([{ results, success: true, meta: {} }], null, 2));
}

function secrets() {
  if (!state.worker) {
    fail(
      `Worker "${config.name}" not found.\n\nIf this is a new Worker, run \`wrangler deploy\` first to create it.\nOtherwise, check that the Worker name is correct and you're logged into the right account.`,
    );
  }
  const list = Object.keys(state.worker.secrets).map((secret) => ({ name: secret, type: "secret_text" }));
  console.log(JSON.stringify(list, null, "  "));
}

async function deploy() {
  banner();
  const file = flags["secrets-file"];
  const given = file === undefined ? {} : JSON.parse(readFileSync(file, "utf8"));
  if (file !== undefined && (statSync(file).mode & 0o077) !== 0) fail(`others can read ${file}`);
  const tables = database().prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'leads'").get();
  state.worker = { secrets: { ...state.worker?.secrets, ...given }, migrated: tables.n === 1 };
  if (state.slowDeploy) {
    writeFileSync(join(cloud, "deploying"), "");
    await sleep(10_000);
  }
  save();
  console.log(
    `Uploaded ${config.name} (3.10 sec)\nDeployed ${config.name} triggers (0.61 sec)\n  ${state.address}`,
  );
  console.log("  schedule: * * * * *\nCurrent Version ID: 5b3c");
  record({ type: "deploy", worker_name: config.name, targets: [state.address, "schedule: * * * * *"] });
}

const commands = {
  whoami,
  "d1 list": () => console.log(JSON.stringify(state.databases, null, 2)),
  "d1 create": create,
  "d1 migrations apply": apply,
  "d1 execute": execute,
  "secret list": secrets,
  deploy,
};

appendFileSync(join(cloud, "calls"), `${name}\n`);
if (!existsSync(stateFile) || commands[name] === undefined) fail(`Unknown argument: ${name}`);
if (!state.signedIn && name !== "whoami")
  fail("In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN");
await commands[name]();
