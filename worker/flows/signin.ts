/**
 * Sign-in by one-time link, done by better-auth: it makes and consumes links, and issues, renews and ends sessions.
 * It is loaded on demand only (docs/decisions/0050-sign-in.md): visitors and API calls never wait for it.
 */
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { magicLink } from "better-auth/plugins/magic-link";
import { authAccounts, authSessions, authUsers, authVerifications } from "../../schema/tables/access.ts";
import { orm, type Db } from "../store/db.ts";
import { COOKIE_PREFIX } from "./cookie.ts";
import { personByEmail, RENEW_AFTER_MS } from "./session.ts";

const LINK_LIVES_S = 600;
const SESSION_LIVES_S = 7 * 86_400;

export interface SignInSettings {
  db: Db;
  secret: string;
  /** Where this deployment is reached: links and cookies are made for it. */
  origin: string;
  /** Other origins whose pages may call (the configured public one). */
  trusted: readonly string[];
  /** Called with each new link's token, whether or not the address is known. */
  onLink: (email: string, token: string) => void;
}

/** One for each request: it is cheap beside what it does, and holds the request's own callback. */
export const signInLibrary = ({ db, secret, origin, trusted, onLink }: SignInSettings) =>
  betterAuth({
    appName: "Leadclock",
    baseURL: origin,
    basePath: "/api/auth",
    secret,
    trustedOrigins: [origin, ...trusted],
    database: drizzleAdapter(orm(db), {
      provider: "sqlite",
      schema: { authUsers, authSessions, authAccounts, authVerifications },
    }),
    user: { modelName: "authUsers" },
    account: { modelName: "authAccounts" },
    verification: { modelName: "authVerifications" },
    session: { modelName: "authSessions", expiresIn: SESSION_LIVES_S, updateAge: RENEW_AFTER_MS / 1000 },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: origin.startsWith("https:"),
      ipAddress: { disableIpTracking: true },
    },
    // Its own words may hold addresses; which request failed is in the answer.
    logger: { level: "error", log: (level) => console.error(JSON.stringify({ at: "sign-in", level })) },
    databaseHooks: {
      session: {
        create: {
          // Between asking for a link and using it somebody may have been deactivated.
          before: async (session) => {
            const [user] = await db
              .prepare("SELECT email FROM auth_users WHERE id = ?1")
              .bind(session.userId)
              .all<{ email: string }>()
              .then(({ results }) => results);
            return user && (await personByEmail(db, user.email)) ? undefined : false;
          },
        },
      },
    },
    plugins: [
      magicLink({
        expiresIn: LINK_LIVES_S,
        storeToken: "hashed",
        sendMagicLink: ({ email, token }) => {
          onLink(email, token);
        },
      }),
    ],
  });
