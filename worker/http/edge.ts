/** What the edge knows of a request: place, language, and whether its origin may use a form. */
import { firstTimeZone } from "../domain/enrichment/geo.ts";
import type { Env } from "../env.ts";
import type { CaptureRequest } from "../flows/deps.ts";

/** The browser's own time zone is closer to the visitor than that of their exit to the internet. */
export const edgeFacts = (request: Request, browserTimezone: string | null): CaptureRequest["edge"] => {
  const cf: Partial<IncomingRequestCfProperties> | undefined = request.cf;
  return {
    country: cf?.country ?? null,
    city: cf?.city ?? null,
    region: cf?.region ?? null,
    timezone: firstTimeZone(browserTimezone, cf?.timezone),
    language: request.headers.get("accept-language"),
  };
};

/** Of a request's URL, which the platform has parsed and written out already. */
export const originOf = ({ url }: Pick<Request, "url">): string =>
  url.slice(0, url.indexOf("/", url.indexOf("://") + 3));

const ownOrigins = (request: Request, env: Env): string[] => {
  const own = [originOf(request)];
  if (env.PUBLIC_ORIGIN) own.push(new URL(env.PUBLIC_ORIGIN).origin);
  return own;
};

/** Requests without an Origin (servers, plain navigation) are nobody's foreign site. "null" (sandboxed pages) is foreign. */
export const isForeign = (request: Request, env: Env): boolean => {
  const origin = request.headers.get("origin");
  return origin !== null && !ownOrigins(request, env).includes(origin);
};

const fold = (origin: string): string => origin.toLowerCase().replace(/\/+$/, "");

export const originAllowed = (request: Request, allowed: readonly string[], env: Env): boolean => {
  const origin = request.headers.get("origin");
  if (origin === null || !isForeign(request, env) || allowed.includes("*")) return true;
  return allowed.some((item) => fold(item) === fold(origin));
};
