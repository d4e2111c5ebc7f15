// String keys by which a lead finds accounts in one indexed look-up (table account_keys):
//   d:acme.example  an account's own registrable domain      l:acme   the name in front of its public suffix
//   a:acme.example  an alias domain                          n:acme   its normalised company name, without spaces
// Names lose their spaces so that "Air France" and "AirFrance" meet; the decision looks at the words again.
import { domainLabel, hostOf, registrableDomain } from "../enrichment/domain.ts";
import { isDisposable, isFreeMail, isPageHost } from "../enrichment/freemail.ts";
import { companySpellings } from "./normalize.ts";
import type { KeyedAccount, MatchLead } from "./types.ts";

const MAX_DOMAINS = 50;
const MAX_NAME_KEY = 80;
/** Shorter labels ("ab.example", "go.example") are shared by strangers. */
const MIN_LABEL = 3;

/** At most 2 names, 1 + 50 domains and as many labels. Write them whenever name or domains change. */
export function accountKeys(account: KeyedAccount): { key: string }[] {
  const own = accountDomain(account.domain, account.name);
  const aliases = account.domains.slice(0, MAX_DOMAINS).map((each) => accountDomain(each, account.name));
  const keys = new Set<string>();
  if (own !== null) keys.add(`d:${own}`);
  for (const alias of aliases) if (alias !== null && alias !== own) keys.add(`a:${alias}`);
  for (const domain of [own, ...aliases]) addLabel(keys, domain);
  addNames(keys, account.name);
  return [...keys].map((key) => ({ key }));
}

/** At most 8, for one `IN` list. */
export function leadKeys(lead: MatchLead): string[] {
  const keys = new Set<string>();
  for (const domain of new Set([lead.corporateDomain, lead.websiteDomain])) {
    if (domain === null) continue;
    keys.add(`d:${domain}`);
    keys.add(`a:${domain}`);
    addLabel(keys, domain);
  }
  if (lead.company !== null) addNames(keys, lead.company);
  return [...keys];
}

/**
 * The registrable domain an account may be found by; null for a mailbox provider's or a host of many firms' pages,
 * however it got into the CRM. The platform itself keeps its own: "facebook.com" stays with an account named Facebook.
 */
export function accountDomain(domain: string | null, name: string): string | null {
  const host = domain === null ? null : hostOf(domain);
  const registrable = registrableDomain(host);
  if (host === null || registrable === null || isFreeMail(registrable) || isDisposable(registrable))
    return null;
  if (!isPageHost(host)) return registrable;
  const label = domainLabel(host) ?? "";
  return companySpellings(name).some(({ tokens }) => tokens.includes(label)) ? registrable : null;
}

function addLabel(keys: Set<string>, domain: string | null): void {
  const label = domain === null ? null : domainLabel(domain);
  if (label !== null && label.length >= MIN_LABEL) keys.add(`l:${label}`);
}

function addNames(keys: Set<string>, name: string): void {
  for (const spelling of companySpellings(name)) {
    const solid = spelling.tokens.join("").slice(0, MAX_NAME_KEY);
    if (!spelling.junk && solid.length > 1) keys.add(`n:${solid}`);
  }
}
