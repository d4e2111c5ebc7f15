/**
 * The floor: the least that any Worker of this kind must do, on the same runtime as the product, for ratios that mean
 * the same on every machine.
 *
 * - `POST /write`: one indexed select and one insert in a D1 batch
 * - `POST /armed`: the same, and one new Durable Object that sets an alarm
 * - `POST /alarm`: a bare alarm at `{ at }`, epoch milliseconds; `POST /rung` answers how late each one rang
 */
import { DurableObject } from "cloudflare:workers";
import type { D1Database, DurableObjectNamespace } from "@cloudflare/workers-types/experimental";
import { Hono } from "hono";

interface Env {
  DB: D1Database;
  BELL: DurableObjectNamespace<Bell>;
}

interface Body {
  submissionId: string;
  fields: { email: string };
}

/** How late the alarms of this process rang; all objects of a class share one isolate. */
const lateness: number[] = [];

export class Bell extends DurableObject<Env> {
  async arm(at: number): Promise<void> {
    await this.ctx.storage.setAlarm(at);
  }

  /** As `arm`, with what is needed to tell how late it rang. */
  async ring(at: number): Promise<void> {
    await Promise.all([this.ctx.storage.put("at", at), this.ctx.storage.setAlarm(at)]);
  }

  rung(): number[] {
    return lateness.splice(0);
  }

  override async alarm(): Promise<void> {
    lateness.push(Date.now() - ((await this.ctx.storage.get<number>("at")) ?? 0));
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

app.post("/alarm", async (context) => {
  const body = await context.req.json<{ id: string; at: number }>();
  await context.env.BELL.getByName(body.id).ring(body.at);
  return context.json({ id: body.id }, 201);
});

app.post("/rung", async (context) => context.json(await context.env.BELL.getByName("any").rung()));

export default { fetch: app.fetch };
