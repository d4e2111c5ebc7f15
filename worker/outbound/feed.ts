/** Fetches a calendar: only from public https addresses, only so much of it, only for so long, and not again if unchanged. */
import { readAtMost } from "../domain/bytes.ts";
import { targetOf } from "./target.ts";

export interface FeedPort {
  /** How long a server may take; ten seconds if left out. */
  timeoutMs?: number;
  get: (url: string | URL, init: RequestInit) => Promise<Response>;
  secret: (name: string) => string | null;
}

export interface Known {
  etag: string | null;
  lastModified: string | null;
}

export type Fetched =
  | { kind: "text"; text: string; etag: string | null; lastModified: string | null }
  | { kind: "unchanged" }
  | { kind: "failed"; reason: string };

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 2_000_000;
const MOST_REDIRECTS = 3;

const failed = (reason: string): Fetched => ({ kind: "failed", reason });

/** Null when it is longer than we read. */
const readAll = async ({ body }: Response): Promise<string | null> => {
  const bytes = await readAtMost((body ?? []) as AsyncIterable<Uint8Array>, MOST_BYTES);
  return bytes && new TextDecoder().decode(bytes);
};

const answered = async (response: Response): Promise<Fetched> => {
  const { status, headers } = response;
  if (status === 304) return { kind: "unchanged" };
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined);
    return failed(`the server answered ${status}`);
  }
  const text = await readAll(response);
  if (text === null) return failed(`it is larger than ${MOST_BYTES / 1_000_000} MB`);
  return { kind: "text", text, etag: headers.get("etag"), lastModified: headers.get("last-modified") };
};

/** Redirects are followed by hand, each address checked like the first. */
const follow = async (
  port: FeedPort,
  address: string,
  known: Known,
  signal: AbortSignal,
): Promise<Fetched> => {
  let url = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const target = targetOf(url);
    if (!target.ok) return failed(target.reason);
    const response = await port.get(target.url, {
      headers: {
        accept: "text/calendar",
        "user-agent": "Leadclock/1 (calendars)",
        ...(known.etag ? { "if-none-match": known.etag } : {}),
        ...(known.lastModified ? { "if-modified-since": known.lastModified } : {}),
      },
      redirect: "manual",
      signal,
    });
    const onward = response.status >= 301 && response.status <= 308 ? response.headers.get("location") : null;
    if (onward === null) return answered(response);
    await response.body?.cancel().catch(() => undefined);
    url = new URL(onward, url).href;
  }
  return failed("it leads from one address to the next");
};

/** What is said of a failure never holds the address: it may be the key itself. */
export const fetchFeed = async (
  port: FeedPort,
  feed: { url?: string | null | undefined; secretRef?: string | null | undefined },
  known: Known,
): Promise<Fetched> => {
  const url = feed.secretRef ? port.secret(feed.secretRef) : (feed.url ?? null);
  if (url === null) return failed(`the secret ${feed.secretRef ?? ""} is not set`);
  const { timeoutMs = TIMEOUT_MS } = port;
  try {
    return await follow(port, url.replace(/^webcals?:/i, "https:"), known, AbortSignal.timeout(timeoutMs));
  } catch (error) {
    const slow = error instanceof Error && /Timeout|Abort/.test(error.name);
    return failed(slow ? `no answer within ${timeoutMs / 1000} s` : "it can't be reached");
  }
};
