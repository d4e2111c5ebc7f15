/** The HTTP app: who calls, which route, how failures look. Everything else stands in one file for each resource. */
import { Hono } from "hono";
import type { Env } from "../env.ts";
import { depsFor } from "../ports.ts";
import { callerByKey } from "./access.ts";
import { activityRoutes } from "./activities.ts";
import { accountRoutes } from "./accounts.ts";
import { authRoutes, openLink, renewSession } from "./auth.ts";
import { backtestRoutes } from "./backtests.ts";
import { boardRoutes } from "./board.ts";
import { docsPage } from "./docs-page.ts";
import { originOf } from "./edge.ts";
import { feedRoutes } from "./feed.ts";
import { replanRoutes } from "./replan.ts";
import { enforcementRoutes } from "./enforcement.ts";
import { timeOffFeedRoutes } from "./time-off-feeds.ts";
import { formRoutes, preflight } from "./forms.ts";
import { mailDomainRoutes } from "./mail-domains.ts";
import { keyRoutes } from "./keys.ts";
import { configRoutes } from "./config.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { calendarRoutes } from "./calendar.ts";
import { crmRoutes } from "./crm.ts";
import { importRoutes } from "./imports.ts";
import { leadActionRoutes } from "./lead-actions.ts";
import { leadRoutes } from "./leads.ts";
import { matchRoutes } from "./match.ts";
import { dryRunRoutes } from "./route-dry-run.ts";
import { taskRoutes } from "./tasks.ts";
import { peopleRoutes } from "./people.ts";
import { privacyRoutes } from "./privacy.ts";
import { reportRoutes } from "./reports.ts";
import { policyRoutes } from "./policy.ts";
import { openApiRoutes } from "./openapi.ts";
import { HttpProblem, problemResponse } from "./problem.ts";
import type { Receipt } from "../../schema/wire/capture.ts";
import type { Deps } from "../flows/deps.ts";
import { readReceipt } from "../flows/receipt.ts";
import { receiptPage } from "./receipt-page.ts";
import type { Route, Variables } from "./route.ts";
import { rotationReportRoutes } from "./rotation-ledger.ts";
import { secure } from "./secure.ts";
import { callerBySession, sessionRoutes } from "./session.ts";
import { startPage } from "./start-page.ts";
import { serveStatic } from "./static.ts";

export const ROUTES: readonly Route[] = [
  ...formRoutes,
  ...replanRoutes,
  ...mailDomainRoutes,
  ...leadRoutes,
  ...leadActionRoutes,
  ...taskRoutes,
  ...activityRoutes,
  ...feedRoutes,
  ...peopleRoutes,
  ...timeOffFeedRoutes,
  ...boardRoutes,
  ...accountRoutes,
  ...crmRoutes,
  ...importRoutes,
  ...calendarRoutes,
  ...matchRoutes,
  ...dryRunRoutes,
  ...rotationReportRoutes,
  ...backtestRoutes,
  ...configRoutes,
  ...enforcementRoutes,
  ...policyRoutes,
  ...deliveryRoutes,
  ...reportRoutes,
  ...privacyRoutes,
  ...authRoutes,
  ...sessionRoutes,
  ...keyRoutes,
  ...openApiRoutes(() => ROUTES),
];

const isPublic = (path: string): boolean => /^\/v1\/(?:forms|receipts|mail-domains)\//.test(path);

/** Where it failed, and the database's own words; messages of other errors may repeat what a visitor typed. */
const traceable = ({ message, stack = "" }: Error) => ({
  ...(message.startsWith("D1_ERROR") ? { message: message.slice(0, 200) } : {}),
  where: stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim()),
});

/** A submission that is only held has a receipt that the database doesn't know yet, or can't be asked about. */
const receiptOrNothing = async (deps: Deps, token: string): Promise<Receipt | null> => {
  try {
    return (await readReceipt(deps, token))?.receipt ?? null;
  } catch {
    return null;
  }
};

/** A path of the API by its pattern: `/v1/leads/:id`. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/:\w+(\{[^}]*\})?/g, "[^/]+")}/?$`);

/** Nothing at this path, or only something for other methods. */
const nothingThere = (method: string, path: string): HttpProblem => {
  const methods = ROUTES.filter(({ spec }) => patternOf(spec.path).test(path)).map(({ spec }) =>
    spec.method.toUpperCase(),
  );
  if (methods.length === 0) return new HttpProblem(404, `There is nothing at ${path}.`);
  const allow = [...new Set(methods)].join(", ");
  return new HttpProblem(405, `${method} isn't for this address; use ${allow}.`, [], { allow });
};

const answerError = (error: Error): Response => {
  if (error instanceof HttpProblem) return problemResponse(error);
  console.error(JSON.stringify({ at: "http", error: error.name, ...traceable(error) }));
  return problemResponse(
    new HttpProblem(500, "Something went wrong on our side; nothing was changed by this request."),
  );
};

type App = Hono<{ Bindings: Env; Variables: Variables }>;

/** What every request has: its ports, no caller yet, and the headers of a safe answer. */
const withPorts = (): App => {
  const app: App = new Hono();
  app.use(async (context, next) => {
    context.set(
      "deps",
      depsFor(
        context.env,
        (work) => {
          context.executionCtx.waitUntil(work);
        },
        originOf(context.req.raw),
      ),
    );
    context.set("caller", null);
    await next();
    secure(context);
  });
  app.onError(answerError);
  return app;
};

const mount = (app: App, routes: readonly Route[]): void => {
  for (const { spec, handle } of routes)
    app.on(spec.method.toUpperCase(), spec.path, (context) => handle(context));
};

/**
 * What visitors call, looking at neither keys nor cookies. Apart from the rest as somebody waits: so few paths are told
 * apart by one expression, where those of the whole API take a walk through a tree.
 */
const forVisitors = (): App => {
  const app = withPorts();
  app.options("/v1/forms/:key/submissions", preflight);
  app.options("/v1/forms/:key", preflight);
  mount(
    app,
    ROUTES.filter(({ spec }) => isPublic(spec.path)),
  );
  app.notFound(({ req }) => problemResponse(nothingThere(req.method, req.path)));
  return app;
};

const forUsers = (): App => {
  const app = withPorts();
  app.use("/v1/*", async (context, next) => {
    const { env } = context;
    const request = context.req.raw;
    context.set("caller", await callerByKey(env, request, Date.now()));
    const session = context.get("caller") ? null : await callerBySession(env, request);
    if (session) context.set("caller", session.caller);
    await next();
    if (!session?.stale || context.res.status === 101) return;
    for (const cookie of await renewSession(env, request))
      context.header("set-cookie", cookie, { append: true });
  });
  mount(
    app,
    ROUTES.filter(({ spec }) => !isPublic(spec.path)),
  );
  app.get("/receipt/:token", async (context) =>
    receiptPage(await receiptOrNothing(context.get("deps"), context.req.param("token"))),
  );
  app.get("/signin/:token", (context) => openLink(context));
  app.get("/docs", (context) => docsPage(ROUTES, new URL(context.req.url).origin));
  app.get("/", (context) => startPage(context));
  app.get("*", (context, next) => serveStatic(context.req.raw) ?? next());
  app.notFound((context) =>
    context.env.LOCAL && /^\/(inbox|demo|local)(\.json)?(\/|$)/.test(context.req.path)
      ? context.env.LOCAL.fetch(context.req.raw)
      : problemResponse(nothingThere(context.req.method, context.req.path)),
  );
  return app;
};

const [visitors, users] = [forVisitors(), forUsers()];

export const answer = (request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> =>
  (isPublic(new URL(request.url).pathname) ? visitors : users).fetch(request, env, context);
