/** A small workspace for Worker tests: a document to publish, people, and calls against the real app. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { ConfigInput } from "../../../schema/config/document.ts";
import { configDocument } from "../../../schema/config/document.ts";
import type { Env } from "../../../worker/env.ts";
import type { Deps } from "../../../worker/flows/deps.ts";
import worker from "../../../worker/index.ts";
import { depsFor } from "../../../worker/ports.ts";
import { currentVersion, publishVersion } from "../../../worker/store/config.ts";

export const testEnv = {
  ...(env as unknown as Env),
  ADMIN_API_KEY: "lc_test",
  LEADCLOCK_RATE_LIMIT: "off",
} as Env;

/** Clocks that ring only when the test says so: time jumps about, and a breach would hand on what is looked at. */
export const quietEnv = {
  ...testEnv,
  LEAD_CLOCK: { getByName: () => ({ arm: () => Promise.resolve() }) },
} as unknown as Env;

const ALWAYS = {
  mon: [["00:00", "24:00"]],
  tue: [["00:00", "24:00"]],
  wed: [["00:00", "24:00"]],
  thu: [["00:00", "24:00"]],
  fri: [["00:00", "24:00"]],
  sat: [["00:00", "24:00"]],
  sun: [["00:00", "24:00"]],
} as ConfigInput["calendars"] extends (infer C)[] | undefined
  ? C extends { hours: infer H }
    ? H
    : never
  : never;

export const person = (
  id: string,
  more: Partial<ConfigInput["people"][number]> = {},
): ConfigInput["people"][number] => ({
  id,
  name: id[0]?.toUpperCase() + id.slice(1),
  email: `${id}@acme.example`,
  role: "rep",
  ...more,
});

/** Two reps, a manager and a last resort, always open; everything goes to the team. */
export const document = (more: Partial<ConfigInput> = {}): ConfigInput => ({
  workspace: { name: "Acme", timezone: "UTC" },
  people: [
    person("mia", { role: "manager" }),
    person("ben", { manager: "mia" }),
    person("cleo", { manager: "mia" }),
    person("last", { role: "manager" }),
  ],
  calendars: [{ id: "always", timezone: "UTC", hours: ALWAYS }],
  teams: [
    {
      id: "smb",
      name: "SMB",
      calendar: "always",
      manager: "mia",
      members: [{ person: "ben" }, { person: "cleo" }],
    },
  ],
  queues: [{ id: "qualification", name: "Qualification", steward: "mia" }],
  sla: [{ id: "standard" }],
  routing: { rules: [{ id: "rest", to: { team: "smb" } }], default: ["last"], defaultSla: "standard" },
  forms: [
    {
      key: "demo",
      name: "Demo",
      allowedOrigins: ["https://acme.example"],
      fields: [
        { name: "email", type: "email", label: "Work e-mail", required: true },
        { name: "name", label: "Name" },
        { name: "company", label: "Company" },
      ],
    },
  ],
  dispositions: [
    { code: "not_a_fit", label: "Not a fit", outcome: "rejected", recycle: true },
    { code: "won", label: "Qualified", outcome: "qualified" },
  ],
  ...more,
});

/** Publishes straight into the store, past the checks of the API. */
export const publish = async (input: ConfigInput): Promise<number> => {
  const after = await currentVersion(testEnv.DB);
  await publishVersion(testEnv.DB, {
    document: configDocument.parse(input),
    holidays: {},
    note: null,
    by: "system",
    at: Date.now(),
    after,
  });
  return after + 1;
};

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** Contexts of calls that weren't waited for. */
const waiting: ExecutionContext[] = [];

/** Until all that `hasty` calls deferred is done. */
export const settled = async (): Promise<void> => {
  await Promise.all(waiting.splice(0).map((context) => waitOnExecutionContext(context)));
};

/**
 * One call against the app, waiting for what it deferred; announcing alone takes a quarter of a second, so hundreds of calls
 * one after another are hasty, and `settled` waits for them all.
 */
export const call = async <T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { authorization: "Bearer lc_test" },
  using: Env = testEnv,
  hasty = false,
): Promise<Answer<T>> => {
  const context = createExecutionContext();
  const request = new Request(`https://leads.acme.example${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await worker.fetch(request, using, context);
  const text = await response.text();
  if (hasty) waiting.push(context);
  else await waitOnExecutionContext(context);
  return {
    status: response.status,
    headers: response.headers,
    body: (text.startsWith("{") ? JSON.parse(text) : { text }) as T,
  };
};

/** What the database answers. */
export const rows = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> =>
  (
    await testEnv.DB.prepare(sql)
      .bind(...values)
      .all<T>()
  ).results;

/** The same database, and how many rows it has read for whoever used it. */
export const countingRows = (own: Deps["db"]): { db: Deps["db"]; read: () => number } => {
  let rows = 0;
  const noted = <T extends { meta: { rows_read: number } }>(result: T): T => {
    rows += result.meta.rows_read;
    return result;
  };
  const watch = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get: (target, name) => {
        if (name === "bind") return (...values: unknown[]) => watch(target.bind(...values));
        if (name === "all") return async () => noted(await target.all());
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? (member.bind(target) as unknown) : member;
      },
    });
  const db = {
    prepare: (sql: string) => watch(own.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => (await own.batch(statements)).map(noted),
  } as unknown as typeof own;
  return { db, read: () => rows };
};

/** Work as the minute's cron does it, and whatever it defers. */
export const asCron = async <T>(work: (deps: Deps) => Promise<T>): Promise<T> => {
  const context = createExecutionContext();
  const result = await work(
    depsFor(testEnv, (deferred) => {
      context.waitUntil(deferred);
    }),
  );
  await waitOnExecutionContext(context);
  return result;
};

let counter = 0;
export const submission = (fields: Record<string, unknown> = {}, submissionId = `s-${++counter}`) => ({
  submissionId,
  fields: { email: `visitor${counter}@company${counter}.example`, name: "Robin Example", ...fields },
});

export interface Captured {
  leadId: string;
  acknowledgement: {
    kind: string;
    message: string;
    owner: { name: string } | null;
    promiseAt: string | null;
    timezone: string;
  };
  receipt: string;
}

export const capture = (body: unknown, using?: Env, hasty?: boolean): Promise<Answer<Captured>> =>
  call<Captured>("POST", "/v1/forms/demo/submissions", body, {}, using, hasty);
