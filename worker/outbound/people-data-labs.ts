/**
 * People Data Labs' company enrichment, v5: `GET /v5/company/enrich?website=…` with the key in `X-Api-Key`. 200 is a
 * company, 404 none it is sure enough of (which costs nothing), 402 no credits left, 429 too fast, with the moment of the
 * next window in `x-ratelimit-reset`.
 */
import * as z from "zod";
import { countryCode } from "../domain/enrichment/geo.ts";
import { cleanText } from "../domain/enrichment/text.ts";
import type { CompanyDirectory, Lookup } from "./directory.ts";

export interface DirectoryPorts {
  get(
    url: URL,
    init: { headers: Record<string, string>; redirect: "manual"; signal: AbortSignal },
  ): Promise<Response>;
  /** Null when it isn't set. */
  key: string | null;
  /** Epoch milliseconds. */
  now(): number;
  /** Where the API is; the provider's own when absent. */
  origin?: string | null;
  timeoutMs?: number;
}

const ORIGIN = "https://api.peopledatalabs.com";
/** The lead has its owner long since; a slow answer costs nobody anything, a hanging one a slot. */
const TIMEOUT_MS = 8_000;
const MAX_NAME = 200;

const text = z.string().nullish().catch(null);
const company = z.object({
  name: text,
  display_name: text,
  employee_count: z.int().min(0).nullish().catch(null),
  industry: text,
  location: z.object({ country: text, locality: text }).nullish().catch(null),
});

const short = (value: string | null | undefined): string | null =>
  value ? cleanText(value, MAX_NAME) || null : null;

const read = (body: unknown): Lookup => {
  const parsed = company.safeParse(body);
  if (!parsed.success)
    return { kind: "failed", retry: true, error: "people_data_labs: the answer is no company", down: true };
  const { name, display_name: shown, employee_count: employees, industry, location } = parsed.data;
  return {
    kind: "found",
    facts: {
      name: short(shown) ?? short(name),
      employees: employees ?? null,
      industry: short(industry),
      country: countryCode(location?.country),
      city: short(location?.locality),
    },
  };
};

/** Milliseconds until the window that `x-ratelimit-reset` names. */
const untilReset = (response: Response, now: number): number | undefined => {
  const at = Date.parse(response.headers.get("x-ratelimit-reset") ?? "");
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

const failed = (response: Response, now: number): Lookup => {
  const error = `people_data_labs: answered ${response.status}`;
  const after = response.status === 429 ? untilReset(response, now) : undefined;
  // A wrong key or an empty account is for people to put right; until then asking for each lead helps nobody.
  const theirs = response.status === 429 || response.status >= 500;
  const ours = response.status === 401 || response.status === 402 || response.status === 403;
  return {
    kind: "failed",
    retry: theirs || ours,
    error: ours
      ? `${error} (${response.status === 402 ? "no credits left" : "the key isn't accepted"})`
      : error,
    ...(theirs || ours ? { down: true } : {}),
    ...(after === undefined ? {} : { retryAfterMs: after }),
  };
};

export const peopleDataLabs = (ports: DirectoryPorts): CompanyDirectory => ({
  find: async (domain, minLikelihood) => {
    if (ports.key === null)
      return { kind: "failed", retry: true, error: "people_data_labs: the key is not set", down: true };
    const url = new URL(`${(ports.origin ?? ORIGIN).replace(/\/+$/, "")}/v5/company/enrich`);
    url.searchParams.set("website", domain);
    url.searchParams.set("min_likelihood", String(minLikelihood));
    try {
      const response = await ports.get(url, {
        headers: {
          "x-api-key": ports.key,
          accept: "application/json",
          "user-agent": "Leadclock/1 (enrichment)",
        },
        redirect: "manual",
        signal: AbortSignal.timeout(ports.timeoutMs ?? TIMEOUT_MS),
      });
      if (response.status === 404) return { kind: "unknown" };
      return response.status === 200 ? read(await response.json()) : failed(response, ports.now());
    } catch (error) {
      const name = error instanceof Error ? error.name : "failed";
      return { kind: "failed", retry: true, error: `people_data_labs: ${name}`, down: true };
    }
  },
});
