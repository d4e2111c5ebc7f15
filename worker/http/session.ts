/** Signed-in people as callers: `GET /v1/session`, the guard against foreign pages, and renewal. */
import type { Env } from "../env.ts";
import { sessionAnswer, type SessionAnswer } from "../../schema/wire/access.ts";
import { sessionToken } from "../flows/cookie.ts";
import { liveConfig, personBySession, readingZone } from "../flows/session.ts";
import { ROLE_SCOPES } from "./access.ts";
import { isForeign } from "./edge.ts";
import { FRESH } from "./fresh.ts";
import { HttpProblem } from "./problem.ts";
import { route, type AppContext, type Caller, type Route } from "./route.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Cookies go along with requests that any page starts. Browsers name the page's origin wherever something is changed,
 * so a change without our own origin isn't ours. Scripts use a key instead.
 */
const refuseForeign = (request: Request, env: Env): void => {
  if (SAFE.has(request.method)) return;
  const named = request.headers.has("origin") || request.headers.get("sec-fetch-site") === "same-origin";
  if (!named || isForeign(request, env))
    throw new HttpProblem(403, "A session works only from Leadclock's own pages; use an API key elsewhere.");
};

/** The signed-in person; null without a (valid) session. One statement, and nothing of it is cached. */
export const callerBySession = async (
  env: Env,
  request: Request,
  now = Date.now(),
): Promise<{ caller: Caller; stale: boolean } | null> => {
  if (!env.AUTH_SECRET) return null;
  const token = await sessionToken(request.headers.get("cookie"), env.AUTH_SECRET);
  const signedIn = token === null ? null : await personBySession(env.DB, token, now);
  if (!signedIn) return null;
  refuseForeign(request, env);
  const { person, stale } = signedIn;
  const scopes = new Set(ROLE_SCOPES[person.role]);
  return { caller: { kind: "person", id: person.id, name: person.name, scopes, role: person.role }, stale };
};

const describe = async (context: AppContext): Promise<SessionAnswer> => {
  const caller = context.get("caller");
  const compiled = await liveConfig(context.env.DB);
  const person = caller?.kind === "person" ? compiled?.people.get(caller.id) : undefined;
  const workspace = compiled?.document.workspace;
  return {
    person:
      compiled && person
        ? {
            id: person.id,
            name: person.name,
            email: person.email,
            role: person.role,
            timezone: readingZone(compiled, person),
          }
        : null,
    workspace: { name: workspace?.name ?? "Leadclock", timezone: workspace?.timezone ?? "UTC" },
    empty: compiled === null,
    local: context.env.LOCAL !== undefined,
    scopes: [...(caller?.scopes ?? [])],
  };
};

export const sessionRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/session",
      operation: "getSession",
      summary: "Who is signed in, in which workspace, and what they may do",
      tag: "Access",
      scope: null,
      responses: {
        200: {
          description: "The session; `person` is null where nobody is signed in",
          schema: sessionAnswer,
        },
      },
    },
    async (_input, context) => Response.json(await describe(context), FRESH),
  ),
];
