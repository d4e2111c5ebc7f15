/** The HTTP app: who calls, which route, how failures look. Everything else stands in one file for each resource. */
import { Hono } from "hono";
import type { Env } from "../env.ts";
import { depsFor } from "../durable/ports.ts";
import { callerByKey } from "./access.ts";
import { boardRoutes } from "./board.ts";
import { formRoutes } from "./forms.ts";
import { leadRoutes } from "./leads.ts";
import { peopleRoutes } from "./people.ts";
import { HttpProblem, problemResponse } from "./problem.ts";
import { readReceipt } from "../flows/receipt.ts";
import { receiptPage } from "./receipt-page.ts";
import type { AppContext, Route, Variables } from "./route.ts";

export const ROUTES: readonly Route[] = [...formRoutes, ...leadRoutes, ...peopleRoutes, ...boardRoutes];

/** Visitors' calls skip the look at keys and cookies. */
const isPublic = (path: string): boolean => path.startsWith("/v1/forms/") || path.startsWith("/v1/receipts/");

const answerError = (error: Error): Response => {
  if (error instanceof HttpProblem) return problemResponse(error);
  console.error(JSON.stringify({ at: "http", error: error.name, message: error.message.slice(0, 200) }));
  return problemResponse(
    new HttpProblem(500, "Something went wrong on our side; nothing was changed by this request."),
  );
};

const preflight = (context: AppContext): Response =>
  new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": context.req.header("origin") ?? "*",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "86400",
      vary: "Origin",
    },
  });

const build = (): Hono<{ Bindings: Env; Variables: Variables }> => {
  const app = new Hono<{ Bindings: Env; Variables: Variables }>();
  app.use(async (context, next) => {
    context.set(
      "deps",
      depsFor(context.env, (work) => {
        context.executionCtx.waitUntil(work);
      }),
    );
    context.set("caller", null);
    await next();
  });
  app.use("/v1/*", async (context, next) => {
    if (!isPublic(context.req.path))
      context.set("caller", await callerByKey(context.env, context.req.raw, Date.now()));
    await next();
  });
  app.options("/v1/forms/*", preflight);
  for (const { spec, handle } of ROUTES)
    app.on(spec.method.toUpperCase(), spec.path, (context) => handle(context));
  app.get("/receipt/:token", async (context) =>
    receiptPage(await readReceipt(context.get("deps"), context.req.param("token"))),
  );
  app.notFound((context) =>
    context.env.LOCAL && /^\/(inbox|demo|local)(\.json)?(\/|$)/.test(context.req.path)
      ? context.env.LOCAL.fetch(context.req.raw)
      : problemResponse(new HttpProblem(404, `There is nothing at ${context.req.path}.`)),
  );
  app.onError(answerError);
  return app;
};

export const app = build();
