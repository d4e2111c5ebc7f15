/** Signing in and out. The library behind it is loaded here, on the first request that needs it. */
import { html } from "hono/html";
import * as z from "zod";
import { linkQuery, linkRequest, type LinkRequest } from "../../schema/wire/access.ts";
import { problem } from "../../schema/wire/common.ts";
import type { Env } from "../env.ts";
import type { Deps } from "../flows/deps.ts";
import { sendLink } from "../flows/session.ts";
import { isForeign } from "./edge.ts";
import { page } from "./page.ts";
import { HttpProblem } from "./problem.ts";
import { route, type AppContext, type Route } from "./route.ts";

const VERIFY = "/api/auth/magic-link/verify";
const ASKED = "leadclock.asked";
const RETRY_AFTER_S = 60;

/** Where links lead and cookies belong: the public origin, but on one machine whatever name it was called by. */
export const homeOrigin = (request: Request, env: Env): string => {
  const own = new URL(request.url);
  if (!env.PUBLIC_ORIGIN) return own.origin;
  const known = new URL(env.PUBLIC_ORIGIN);
  return env.LOCAL && own.host !== known.host ? own.origin : known.origin;
};

type OnLink = (email: string, token: string) => void;

const library = async (env: Env, request: Request, onLink: OnLink = () => undefined) => {
  if (!env.AUTH_SECRET)
    throw new HttpProblem(
      503,
      "Nobody can sign in here yet: this deployment has no AUTH_SECRET. Set one and deploy again.",
    );
  const { signInLibrary } = await import("../flows/signin.ts");
  return signInLibrary({
    db: env.DB,
    secret: env.AUTH_SECRET,
    origin: homeOrigin(request, env),
    trusted: [new URL(request.url).origin, ...(env.PUBLIC_ORIGIN ? [new URL(env.PUBLIC_ORIGIN).origin] : [])],
    onLink,
  });
};

/** Renews a session that is due: the cookies to set with the answer. */
export const renewSession = async (env: Env, request: Request): Promise<string[]> => {
  const { api } = await library(env, request);
  const { headers } = await api.getSession({ headers: request.headers, returnHeaders: true });
  return headers.getSetCookie();
};

const limit = async (env: Env, request: Request): Promise<void> => {
  if (env.LEADCLOCK_RATE_LIMIT === "off") return;
  const visitor = request.headers.get("cf-connecting-ip") ?? "local";
  const { success } = await env.SUBMISSION_LIMIT.limit({ key: `signin:${visitor}` });
  if (!success)
    throw new HttpProblem(429, "Too many sign-in requests from here; try again in a minute.", [], {
      "retry-after": String(RETRY_AFTER_S),
    });
};

const sameSite = (request: Request, env: Env): void => {
  if (isForeign(request, env)) throw new HttpProblem(403, "Sign in from Leadclock's own pages.");
};

const linkTo = (origin: string, token: string, { callbackURL, errorCallbackURL }: LinkRequest): string => {
  const url = new URL(`/signin/${encodeURIComponent(token)}`, origin);
  url.searchParams.set("callbackURL", callbackURL ?? "/board");
  url.searchParams.set("errorCallbackURL", errorCallbackURL ?? "/board/signin");
  return url.href;
};

/**
 * The same work and the same answer for every address: whether it is known is looked up after the answer.
 * Where the mail carries no link (unknown address) the token stays unguessed until it expires.
 */
const askForLink = async (deps: Deps, context: AppContext, body: LinkRequest): Promise<Response> => {
  const { env } = context;
  const request = context.req.raw;
  sameSite(request, env);
  await limit(env, request);
  const { handler } = await library(env, request, (email, token) => {
    const url = linkTo(homeOrigin(request, env), token, body);
    deps.defer(
      sendLink(deps, email, url, env.LEADCLOCK_RATE_LIMIT === "off").catch((error: unknown) => {
        deps.alert("A sign-in link could not be put on its way.", error);
      }),
    );
  });
  const answer = await handler(
    new Request(request.url, { method: "POST", headers: request.headers, body: JSON.stringify(body) }),
  );
  if (!answer.ok) throw new HttpProblem(answer.status, "The link could not be made; nothing was sent.");
  const secure = homeOrigin(request, env).startsWith("https:") ? "; Secure" : "";
  return Response.json(
    { status: true },
    {
      headers: {
        "cache-control": "no-store",
        "set-cookie": `${ASKED}=1; Path=/signin; Max-Age=600; HttpOnly; SameSite=Lax${secure}`,
      },
    },
  );
};

/** What the library answered, failures as problem documents. */
const passOn = (answer: Response): Response => {
  if (answer.status >= 400)
    throw new HttpProblem(answer.status, "This could not be done; sign in again and retry.");
  const passed = new Response(answer.body, answer);
  passed.headers.set("cache-control", "no-store");
  return passed;
};

const confirmPage = (token: string, to: string, back: string): Promise<Response> =>
  page(
    200,
    "Sign in to Leadclock",
    html`<h1>Sign in to Leadclock</h1>
      <p>The link works once. Go on here, in the browser you want to work in.</p>
      <form method="get" action="${VERIFY}">
        <input type="hidden" name="token" value="${token}" />
        <input type="hidden" name="callbackURL" value="${to}" />
        <input type="hidden" name="errorCallbackURL" value="${back}" />
        <p><button>Sign in</button></p>
      </form>`,
  );

/**
 * The mailed link. Mail scanners open links before people do and would use up one that works once, so only the browser
 * that asked for it (and this machine's own inbox) goes straight on; any other is asked to press a button.
 */
export const openLink = (context: AppContext): Promise<Response> | Response => {
  const token = context.req.param("token") ?? "";
  const query = linkQuery.safeParse({ ...context.req.query(), token });
  if (!query.success) return context.redirect("/board/signin?error=INVALID_TOKEN", 302);
  const { callbackURL = "/board", errorCallbackURL = "/board/signin" } = query.data;
  const asked = /(?:^|; *)leadclock\.asked=1/.test(context.req.header("cookie") ?? "");
  if (!asked && !context.env.LOCAL) return confirmPage(token, callbackURL, errorCallbackURL);
  return context.redirect(
    `${VERIFY}?${new URLSearchParams({ token, callbackURL, errorCallbackURL }).toString()}`,
    302,
  );
};

export const authRoutes: Route[] = [
  route(
    {
      method: "post",
      path: "/api/auth/sign-in/magic-link",
      operation: "askForLink",
      summary:
        "Ask for a link that signs in once; the answer is the same whether or not the address is known",
      tag: "Access",
      scope: null,
      body: linkRequest,
      maxBytes: 8192,
      responses: {
        200: {
          description: "If the address belongs to the workspace, a link is on its way",
          schema: z.object({ status: z.literal(true) }),
        },
        403: { description: "Asked from a foreign page", schema: problem },
        422: { description: "No e-mail address, or a path that leads elsewhere", schema: problem },
        429: { description: "Too many requests", schema: problem },
        503: { description: "This deployment has no AUTH_SECRET", schema: problem },
      },
    },
    ({ deps, body }, context) => askForLink(deps, context, body),
  ),
  route(
    {
      method: "get",
      path: VERIFY,
      operation: "useLink",
      summary: "Use a link: sets the session's cookie and leads on; works once, for ten minutes",
      tag: "Access",
      scope: null,
      query: linkQuery,
      responses: {
        302: { description: "To `callbackURL`, or to `errorCallbackURL` with `error`" },
        422: { description: "Not such a link", schema: problem },
      },
    },
    async (_input, context) => {
      const { handler } = await library(context.env, context.req.raw);
      return passOn(await handler(context.req.raw));
    },
  ),
  route(
    {
      method: "post",
      path: "/api/auth/sign-out",
      operation: "signOut",
      summary: "End the session",
      tag: "Access",
      scope: null,
      responses: {
        200: { description: "Signed out", schema: z.object({ success: z.boolean() }) },
        403: { description: "Asked from a foreign page", schema: problem },
      },
    },
    async (_input, context) => {
      const request = context.req.raw;
      sameSite(request, context.env);
      const { handler } = await library(context.env, request);
      return passOn(
        await handler(new Request(request.url, { method: "POST", headers: request.headers, body: "{}" })),
      );
    },
  ),
];
