/**
 * The floor: the least that any Worker of this kind must do, on the same runtime as the product, for ratios that mean
 * the same on every machine.
 *
 * - `POST /write`: one indexed select and one insert in a D1 batch
 * - `POST /armed`: the same, and one new Durable Object that sets an alarm
 * - `POST /rows`: accounts with the product's columns, by a prepared statement each, in batches; `POST /row`: one by its key
 * - `POST /compile`, `POST /verify`: a configuration document read and compiled; read and verified
 * - `POST /decide`: `{ document, decisions }`: read, compiled, and so many leads of all kinds decided in memory
 * - `POST /alarm`: a bare alarm at `{ at }`, epoch milliseconds; `POST /rung` answers how late each one rang
 */
import { DurableObject } from "cloudflare:workers";
import type { D1Database, DurableObjectNamespace } from "@cloudflare/workers-types/experimental";
import { Hono } from "hono";
import { compileConfig } from "../worker/domain/config/compiled.ts";
import { assembleFacts, type KnownAbout } from "../worker/domain/routing/facts.ts";
import { pick } from "../worker/domain/routing/pick.ts";
import { planRoute } from "../worker/domain/routing/plan.ts";
import { expandHolidays } from "../worker/domain/verification/calendars.ts";
import { parseDocument } from "../worker/domain/verification/parse.ts";
import { verifyWhole } from "../worker/domain/verification/verify.ts";

interface Env {
  DB: D1Database;
  BELL: DurableObjectNamespace<Bell>;
}

interface Body {
  submissionId: string;
  fields: { email: string };
}

/** When the alarms of this process were to ring, and how much later they did; all objects of a class share one isolate. */
const rung: { at: number; late: number }[] = [];

export class Bell extends DurableObject<Env> {
  async arm(at: number): Promise<void> {
    await this.ctx.storage.setAlarm(at);
  }

  /** As `arm`, with what is needed to tell how late it rang. */
  async ring(at: number): Promise<void> {
    await Promise.all([this.ctx.storage.put("at", at), this.ctx.storage.setAlarm(at)]);
  }

  rung(): typeof rung {
    return rung.splice(0);
  }

  override async alarm(): Promise<void> {
    const at = (await this.ctx.storage.get<number>("at")) ?? 0;
    rung.push({ at, late: Date.now() - at });
    await this.ctx.storage.deleteAll();
  }
}

const write = async (db: D1Database, body: Body): Promise<void> => {
  await db.batch([
    db.prepare("SELECT id FROM floor WHERE email = ?1").bind(body.fields.email),
    db
      .prepare("INSERT INTO floor (id, email, body) VALUES (?1, ?2, ?3)")
      .bind(body.submissionId, body.fields.email, JSON.stringify(body)),
  ]);
};

const app = new Hono<{ Bindings: Env }>();

app.post("/setup", async (context) => {
  const db = context.env.DB;
  await db.batch([
    db.prepare(
      "CREATE TABLE IF NOT EXISTS floor (id TEXT PRIMARY KEY, email TEXT NOT NULL, body TEXT NOT NULL)",
    ),
    db.prepare("CREATE INDEX IF NOT EXISTS floor_by_email ON floor (email)"),
  ]);
  return context.json({});
});

app.post("/write", async (context) => {
  const body = await context.req.json<Body>();
  await write(context.env.DB, body);
  return context.json({ id: body.submissionId }, 201);
});

app.post("/armed", async (context) => {
  const body = await context.req.json<Body>();
  await write(context.env.DB, body);
  await context.env.BELL.getByName(body.submissionId).arm(Date.now() + 600_000);
  return context.json({ id: body.submissionId }, 201);
});

interface Rows {
  table: string;
  rows: { id: string; name: string; domain: string; city: string; country: string; employees: number }[];
}

/** As usual a batch is as hosts recommend: large enough that the round trip doesn't count. */
const ROWS_A_BATCH = 1_000;

const tableNamed = (name: string): string => {
  if (!/^rows_\d+$/.test(name)) throw new Error("no such table");
  return name;
};

app.post("/rows", async (context) => {
  const { table, rows } = await context.req.json<Rows>();
  const db = context.env.DB;
  const name = tableNamed(table);
  if (rows.length === 0) {
    await db.batch([
      db.prepare(
        `CREATE TABLE ${name} (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, domain TEXT, domains TEXT NOT NULL,
           parent_id TEXT, owner TEXT, roles TEXT NOT NULL, country TEXT, city TEXT, industry TEXT, employees INTEGER,
           lifecycle TEXT, extra TEXT NOT NULL, updated_at INTEGER NOT NULL)`,
      ),
      db.prepare(`CREATE INDEX ${name}_by_parent ON ${name} (parent_id)`),
    ]);
  }
  const insert = db.prepare(
    `INSERT INTO ${name} VALUES (?1, ?2, ?3, '[]', NULL, NULL, '{}', ?4, ?5, NULL, ?6, NULL, '{}', ?7)`,
  );
  const now = Date.now();
  for (let at = 0; at < rows.length; at += ROWS_A_BATCH)
    await db.batch(
      rows
        .slice(at, at + ROWS_A_BATCH)
        .map((row) => insert.bind(row.id, row.name, row.domain, row.country, row.city, row.employees, now)),
    );
  return context.json({}, 201);
});

app.post("/row", async (context) => {
  const { table, id } = await context.req.json<{ table: string; id: string }>();
  const select = context.env.DB.prepare(`SELECT * FROM ${tableNamed(table)} WHERE id = ?1`);
  return context.json(await select.bind(id).first());
});

const read = async (body: Promise<unknown>) => {
  const { document } = parseDocument(await body);
  if (!document) throw new Error("the document has no shape");
  const now = Date.now();
  return { document, holidays: expandHolidays(document.calendars, now), now };
};

app.post("/compile", async (context) => {
  const { document, holidays } = await read(context.req.json());
  compileConfig(document, 1, holidays);
  return context.json({ errors: 0, undecided: 0 });
});

app.post("/verify", async (context) => {
  const input = { ...(await read(context.req.json())), states: new Map(), holdings: new Map() };
  const { errors, undecided } = verifyWhole(input);
  return context.json({ errors: errors.length, undecided: undecided.length });
});

const COUNTRIES = ["US", "DE", "FR", "GB", "JP", "BR", "NL", "SE"];
const INDUSTRIES = ["Logistics", "Retail", "Energy", "Health", null];

/** Leads that differ in what the rules ask for. */
const known = (n: number): KnownAbout => ({
  lead: {
    email: `visitor${n}@company${n}.example`,
    country: COUNTRIES[n % COUNTRIES.length],
    seniority: n % 3 === 0 ? "vp" : "manager",
    language: n % 5 === 0 ? "de" : "en",
    freeMail: n % 7 === 0,
  },
  contact: null,
  match: { method: n % 2 === 0 ? "domain" : "none", confidence: 1, accountId: n % 2 === 0 ? "a" : null },
  account:
    n % 2 === 0
      ? {
          id: "a",
          name: "A",
          domain: `company${n}.example`,
          parentId: null,
          owner: null,
          roles: {},
          country: null,
          city: null,
          industry: INDUSTRIES[n % INDUSTRIES.length] ?? null,
          employees: (n % 11) * 600,
          lifecycle: null,
          extra: {},
        }
      : null,
  opportunity: null,
  page: { url: "https://acme.example/sorter" },
  attribution: {},
  custom: { product: n % 2 === 0 ? "picker" : "sorter" },
  formKey: "demo",
  source: null,
});

const NO_LOADS = { awaiting: new Map(), open: new Map(), credits: new Map() };

app.post("/decide", async (context) => {
  const body = await context.req.json<{ document: unknown; decisions: number }>();
  const { document, holidays, now } = await read(Promise.resolve(body.document));
  const compiled = compileConfig(document, 1, holidays);
  const people = { states: new Map(), timeOff: new Map() };
  let picked = 0;
  for (let n = 0; n < body.decisions; n++) {
    const plan = planRoute({
      compiled,
      people,
      scored: assembleFacts(compiled, known(n), now),
      relationship: null,
      now,
      visitorTimezone: "Europe/Berlin",
      hasPhone: false,
      event: "lead.assigned",
      cause: "capture",
      effects: [],
    });
    if (pick(plan.candidates, NO_LOADS)) picked++;
  }
  return context.json({ picked });
});

app.post("/alarm", async (context) => {
  const body = await context.req.json<{ id: string; at: number }>();
  await context.env.BELL.getByName(body.id).ring(body.at);
  return context.json({ id: body.id }, 201);
});

app.post("/rung", async (context) => context.json(await context.env.BELL.getByName("any").rung()));

export default { fetch: app.fetch };
