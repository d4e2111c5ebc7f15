/**
 * The session's cookie as the sign-in library writes it: `token.signature`, HMAC-SHA256 in base64, percent-encoded,
 * which is also Hono's format. Reading it here spares every request the library; test/worker/session.test.ts holds
 * the two together.
 */
import { parseSigned } from "hono/utils/cookie";

export const COOKIE_PREFIX = "leadclock";

/** The session's token if the cookie's signature is ours; null otherwise. */
export const sessionToken = async (cookies: string | null, secret: string): Promise<string | null> => {
  if (cookies === null || !cookies.includes(`${COOKIE_PREFIX}.session_token=`)) return null;
  for (const name of [`__Secure-${COOKIE_PREFIX}.session_token`, `${COOKIE_PREFIX}.session_token`]) {
    const value = (await parseSigned(cookies, secret, name))[name];
    if (typeof value === "string") return value;
  }
  return null;
};
