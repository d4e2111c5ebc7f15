/** A browser, as far as signing in needs one: asks for a link, opens it, keeps the cookie. */
import type { SessionAnswer } from "../../../schema/wire/access.ts";
import type { Env } from "../../../worker/env.ts";
import { call, testEnv, type Answer } from "./workspace.ts";

export const ORIGIN = "https://leads.acme.example";
export const using = { ...testEnv, AUTH_SECRET: "a secret of thirty-two characters or more" } as Env;

export const ask = (
  email: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  env = using,
) => call("POST", "/api/auth/sign-in/magic-link", { email, ...more }, { origin: ORIGIN, ...headers }, env);

export const get = <T = Record<string, unknown>>(
  path: string,
  cookie = "",
  env = using,
): Promise<Answer<T>> => call<T>("GET", path, undefined, cookie ? { cookie } : {}, env);

export const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

/** The links owed to an address, oldest first. */
export const linksTo = async (email: string): Promise<string[]> => {
  const { results } = await testEnv.DB.prepare(
    "SELECT data FROM outbox WHERE kind = 'signin.link' AND channel = 'email' AND recipient = ?1 ORDER BY rowid",
  )
    .bind(`address:${email}`)
    .all<{ data: string }>();
  return results.map(({ data }) => (JSON.parse(data) as { url: string }).url);
};

export const pathOf = (url: string): string => url.slice(new URL(url).origin.length);

/** Opens the newest link in the browser that asked for it: the answer of the page it leads through. */
export const openNewest = async (email: string): Promise<Answer> => {
  const url = (await linksTo(email)).at(-1) ?? "";
  const opened = await get(pathOf(url), "leadclock.asked=1");
  return get(opened.headers.get("location") ?? "");
};

export const signIn = async (email: string): Promise<string> => {
  await ask(email);
  return cookieOf((await openNewest(email)).headers);
};

export const whoIs = async (cookie: string): Promise<SessionAnswer> =>
  (await get<SessionAnswer>("/v1/session", cookie)).body;

export const deactivate = (id: string) =>
  testEnv.DB.prepare("INSERT INTO people_state (person_id, deactivated_at, updated_at) VALUES (?1, 1, 1)")
    .bind(id)
    .run();
export const reactivate = (id: string) =>
  testEnv.DB.prepare("DELETE FROM people_state WHERE person_id = ?1").bind(id).run();
