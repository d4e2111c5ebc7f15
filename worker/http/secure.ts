/** Headers that every answer carries, whoever made it. */
import type { AppContext } from "./route.ts";

const HEADERS: readonly (readonly [string, string])[] = [
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "same-origin"],
];
const HSTS = "max-age=31536000";

/** Sets what the route itself didn't say. Sockets are left alone: their answer can't be made again. */
export const secure = (context: AppContext): void => {
  const { res } = context;
  if (res.status === 101) return;
  const https = context.req.url.startsWith("https:");
  const wanted = https ? [...HEADERS, ["strict-transport-security", HSTS] as const] : HEADERS;
  const missing = wanted.filter(([name]) => !res.headers.has(name));
  try {
    for (const [name, value] of missing) res.headers.set(name, value);
  } catch {
    // What came from elsewhere (the local receivers, an object) has headers that can't be changed.
    context.res = new Response(res.body, res);
    for (const [name, value] of missing) context.res.headers.set(name, value);
  }
};
