import { beforeAll, describe, expect, test } from "vitest";
import type { Env } from "../../worker/env.ts";
import type { SessionAnswer } from "../../schema/wire/access.ts";
import { call, document, person, publish, testEnv, type Answer } from "./support/workspace.ts";

const ORIGIN = "https://leads.acme.example";
const using = { ...testEnv, AUTH_SECRET: "a secret of thirty-two characters or more" } as Env;
const JAR = new WeakMap<object, string>();

const ask = (email: string, more: Record<string, unknown> = {}, headers: Record<string, string> = { origin: ORIGIN }, env: Env = using) =>
  call("POST", "/api/auth/sign-in/magic-link", { email, ...more }, headers, env);

const get = <T = Record<string, unknown>>(path: string, cookie = "", env: Env = using): Promise<Answer<T>> =>
  call<T>("GET", path, undefined, cookie ? { cookie } : {}, env);

interface Owed {
  recipient: string;
  channel: string;
  data: { url: string; name: string };
}

const links = async (email: string): Promise<Owed[]> => {
  const { results } = await testEnv.DB.prepare("SELECT * FROM outbox WHERE kind = 'signin.link' AND recipient = ?1 ORDER BY rowid")
    .bind(`address:${email}`)
    .all<{ recipient: string; channel: string; data: string }>();
  return results.map((row) => ({ ...row, data: JSON.parse(row.data) as Owed["data"] }));
};

const pathOf = (url: string): string => url.slice(new URL(url).origin.length);
const cookieOf = (headers: Headers): string =>
  headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");

test("spike", async () => {
  await publish(document());
  const asked = await ask("ben@acme.example");
  console.log(asked.status, asked.body, asked.headers.getSetCookie());
  const [owed] = await links("ben@acme.example");
  console.log(owed);
  const opened = await get(pathOf(owed!.data.url), cookieOf(asked.headers));
  console.log(opened.status, opened.headers.get("location"));
  const used = await get(opened.headers.get("location")!);
  console.log(used.status, used.headers.get("location"), used.headers.getSetCookie());
  const t = performance.now();
  const me = await get<SessionAnswer>("/v1/session", cookieOf(used.headers));
  console.log(me.status, me.body);
  console.log(await testEnv.DB.prepare("select * from auth_sessions").first());
});
