// Where did the visit come from: UTM parameters, advertisers' click ids, referrer, in one reading.
import { hostOf, registrableDomain } from "./domain.ts";
import { channelOf, type Channel } from "./channel.ts";

/** As the widget sends it, or as somebody's own code does: `utm_source`, `utmSource` and `source` all count. */
export type AttributionInput = Readonly<Record<string, unknown>>;
export interface PageInput {
  url?: string | null | undefined;
  referrer?: string | null | undefined;
  title?: string | null | undefined;
  /** The browser's own zone, IANA. */
  timezone?: string | null | undefined;
}

export interface Attribution {
  source: string | null;
  medium: string | null;
  campaign: string | null;
  term: string | null;
  content: string | null;
  /** By their parameter names: gclid, fbclid … */
  clickIds: Record<string, string>;
  channel: Channel;
  /** The first page of the visit, without query and fragment. */
  landing: string | null;
  /** Null if the visitor came from the same site. */
  referrerHost: string | null;
}

export const CLICK_IDS = [
  "gclid",
  "gbraid",
  "wbraid",
  "dclid",
  "msclkid",
  "fbclid",
  "li_fat_id",
  "ttclid",
  "twclid",
  "rdt_cid",
  "epik",
  "sccid",
  "yclid",
  "mc_eid",
] as const;

const UTM = ["source", "medium", "campaign", "term", "content"] as const;
const MAX_VALUE = 500;

/**
 * Explicit values win over those in the landing page's query, these over the current page's. Never throws: all of it
 * comes from a stranger.
 */
export function readAttribution(input: AttributionInput = {}, page: PageInput = {}): Attribution {
  const landing = text(input["landing"]) ?? text(input["landingPage"]) ?? text(page.url);
  const queries = [queryOf(landing), queryOf(text(page.url))];
  const find = (names: readonly string[], groups: readonly unknown[]) =>
    firstText(names, [input, ...groups, ...queries]);
  const utm = Object.fromEntries(
    UTM.map((name) => [
      name,
      find([`utm_${name}`, `utm${name.charAt(0).toUpperCase()}${name.slice(1)}`], []) ??
        firstText([name], [input, input["utm"]]),
    ]),
  ) as Record<(typeof UTM)[number], string | null>;
  const clickIds: Record<string, string> = {};
  for (const id of CLICK_IDS) {
    const value = find([id], [input["clickIds"]]);
    if (value !== null) clickIds[id] = value;
  }
  const referrerHost = externalHost(text(page.referrer) ?? text(input["referrer"]), landing);
  return {
    ...utm,
    clickIds,
    channel: channelOf({ ...utm, clickIds, referrerHost }),
    landing: withoutQuery(landing),
    referrerHost,
  };
}

/** The referrer's host, unless it is the site itself (by registrable domain). */
function externalHost(referrer: string | null, landing: string | null): string | null {
  const host = referrer === null ? null : hostOf(referrer);
  const own = landing === null ? null : hostOf(landing);
  if (host === null || own === null) return host;
  return host === own || (registrableDomain(host) ?? host) === registrableDomain(own) ? null : host;
}

function firstText(names: readonly string[], groups: readonly unknown[]): string | null {
  for (const group of groups) {
    if (typeof group !== "object" || group === null) continue;
    for (const name of names) {
      const value = text((group as Record<string, unknown>)[name]);
      if (value !== null) return value;
    }
  }
  return null;
}

function text(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const clean = value
    .toWellFormed()
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 2000);
  return clean === "" ? null : clean;
}

/** The query of a URL, decoded; of a repeated name the first. */
function queryOf(url: string | null): Record<string, string> {
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  const start = url?.indexOf("?") ?? -1;
  if (url === null || start < 0) return query;
  for (const pair of before(url.slice(start + 1), /#/)
    .split("&")
    .slice(0, 100)) {
    const at = pair.indexOf("=");
    if (at <= 0) continue;
    const name = decode(pair.slice(0, at)).toLowerCase();
    query[name] ??= decode(pair.slice(at + 1)).slice(0, MAX_VALUE);
  }
  return query;
}

function decode(part: string): string {
  const spaced = part.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced; // a stray "%"
  }
}

function withoutQuery(url: string | null): string | null {
  return url === null ? null : before(url, /[?#]/).slice(0, MAX_VALUE) || null;
}

/** The text in front of the first match, or all of it. */
function before(text: string, end: RegExp): string {
  return text.split(end, 1)[0] ?? "";
}
