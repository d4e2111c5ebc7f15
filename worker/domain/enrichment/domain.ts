// oxlint-disable-next-line typescript/triple-slash-reference -- the package has no types, and an ambient declaration can't be imported
/// <reference path="./punycode.d.ts" />
// Host names in one comparable form, and the registrable domain ("example.co.uk") that stands for a company.
// The domain layer has no URL type, so IDN is done here: NFKC and lower case (what UTS 46 does to all but a few
// characters; ß and final sigma stay, as in browsers), then punycode.
import { toASCII } from "punycode/punycode.es6.js";
import { parse } from "tldts";

const PSL = { allowPrivateDomains: true } as const;
const HOST = /^(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$/;

/**
 * They give each customer a subdomain and let mail come from it, and the list doesn't say so: "acme.onmicrosoft.com" is Acme's,
 * also as "acme.mail.onmicrosoft.com".
 */
const TENANT_HOSTS = new Set(
  "onmicrosoft.com onmicrosoft.us onmschina.cn zendesk.com freshdesk.com zohodesk.com".split(" "),
);
const TENANT = /([^.]+)(?:\.mail|\.partner)?\.[^.]+\.[^.]+$/;

/** Lower-case ASCII host without a trailing dot, or null if it can't be one. */
export function toAsciiHost(host: string): string | null {
  if (host.length > 1000) return null;
  const ascii = /^[!-~]*$/.test(host) ? host.toLowerCase() : encoded(host);
  if (ascii === null) return null;
  const bare = ascii.endsWith(".") ? ascii.slice(0, -1) : ascii;
  return bare.length <= 253 && HOST.test(bare) ? bare : null;
}

function encoded(host: string): string | null {
  const folded = host.trim().toWellFormed().normalize("NFKC").toLowerCase().normalize("NFC");
  try {
    return toASCII(folded.replace(/[。．｡]/g, "."));
  } catch {
    return null; // a code point punycode can't encode
  }
}

/** The host of a website as people type it: with or without scheme, port, path, "www." stays. Null if none. */
export function hostOf(website: string): string | null {
  const rest = website
    .trim()
    .slice(0, 2000)
    .replace(/^[a-z][a-z0-9+-]{0,30}:\/\//i, "");
  const authority = rest.replace(/^\/+/, "").split(/[/?#\\\s]/, 1)[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d*$/, "");
  return host.includes(".") ? toAsciiHost(host) : null;
}

/**
 * The registrable domain by the Public Suffix List, its private section included: "mail.acme.co.uk" gives
 * "acme.co.uk", "acme.github.io" itself. Null for a public suffix, a shared host such as "github.io", an IP address
 * or nonsense.
 */
export function registrableDomain(host: string | null | undefined): string | null {
  if (!host || host.startsWith(".")) return null;
  const ascii = toAsciiHost(host);
  return ascii === null ? null : (tenantOf(ascii)?.domain ?? parse(ascii, PSL).domain);
}

/** Whose subdomain it is; null outside such hosts, and for the host itself. */
function tenantOf(ascii: string): { label: string; domain: string } | null {
  const host = ascii.split(".").slice(-2).join(".");
  const label = TENANT_HOSTS.has(host) ? TENANT.exec(ascii)?.[1] : undefined;
  return label === undefined ? null : { label, domain: `${label}.${host}` };
}

/** The name in front of the public suffix: "acme" for "www.acme.co.uk". */
export function domainLabel(host: string): string | null {
  const ascii = toAsciiHost(host);
  return ascii === null ? null : tenantOf(ascii)?.label || parse(ascii, PSL).domainWithoutSuffix || null;
}

/** Does it end in a suffix of the list's registry section? Not "yahoo.con", not a tenant of a platform ("acme.github.io"). */
export function hasListedSuffix(host: string): boolean {
  return parse(host, PSL).isIcann === true;
}
