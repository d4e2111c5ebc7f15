/**
 * What the Worker is given. The bindings are generated from wrangler.toml (`npm run types`) and the local host gives the
 * same; secrets and settings, all of which may be absent, are named here.
 */
export interface Env extends Cloudflare.Env {
  /** The first key; every scope. */
  ADMIN_API_KEY?: string;
  /** Signs sessions. */
  AUTH_SECRET?: string;
  /** Where this deployment is reached from outside, without a trailing slash; the request's own origin when absent. */
  PUBLIC_ORIGIN?: string;
  MAIL_FROM?: string;
  /** Hears of alarms that must not depend on the database. */
  ALERT_EMAIL?: string;
  /** Where the company data provider's API is reached, where that isn't its own address. */
  COMPANY_DATA_URL?: string;
  /** "off" lifts limits; local only. */
  LEADCLOCK_RATE_LIMIT?: string;
  /** Local receivers, inbox and demo site; absent in production. */
  LOCAL?: Fetcher;
}

/** Secrets that notifications name by `secretRef`, and anything else set for this deployment. */
export const secretOf = (env: Env, name: string): string | null => {
  const value = (env as unknown as Record<string, unknown>)[name];
  return typeof value === "string" && value !== "" ? value : null;
};
