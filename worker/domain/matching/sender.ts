// Where a lead's mail comes from, as matching takes it: by which hosts its account may be found, and what a domain that looks
// like misspelt free mail is once an account proves it to be a company's own.
import { hostOf, registrableDomain } from "../enrichment/domain.ts";
import type { AccountCandidate, KeyedAccount, MatchLead } from "./types.ts";

type Sender = Pick<MatchLead, "emailDomain" | "corporateDomain" | "suggestedDomain">;

/** "jive.com", where live.com may have been meant: the registrable domain as it was typed. Null for every other address. */
export function doubtfulDomain({
  emailDomain,
  suggestedDomain,
}: Omit<Sender, "corporateDomain">): string | null {
  return suggestedDomain === null ? null : registrableDomain(emailDomain);
}

/** The domain that may stand for an employer, doubtful or not. */
export function senderDomain(lead: Sender): string | null {
  return lead.corporateDomain ?? doubtfulDomain(lead);
}

/** What the CRM names as a domain of an account is no slip of whoever writes from there: the lead, as it is then. */
export function asProven<Lead extends MatchLead>(
  lead: Lead,
  candidates: readonly Pick<AccountCandidate, "matchedKeys">[],
): Lead {
  const typed = doubtfulDomain(lead);
  if (typed === null) return lead;
  const proof = [`d:${typed}`, `a:${typed}`];
  const isProven = candidates.some(({ matchedKeys }) => matchedKeys.some((key) => proof.includes(key)));
  return isProven ? { ...lead, corporateDomain: typed, suggestedDomain: null, freeMail: false } : lead;
}

/** Subdomains are looked up as deep as this above the registrable domain. */
const MAX_DEPTH = 4;

/** "mail.epa.state.example" → itself and "epa.state.example": hosts below the registrable domain, the longest first. */
export function hostsBelow(host: string | null, registrable: string | null): string[] {
  if (host === null || registrable === null || !host.endsWith(`.${registrable}`)) return [];
  const labels = host
    .slice(0, -registrable.length - 1)
    .split(".")
    .slice(-MAX_DEPTH);
  return labels.map((_, at) => [...labels.slice(at), registrable].join("."));
}

/** An account's own host without "www.", which may be a subdomain; null if none. */
export function accountHost(domain: string | null): string | null {
  return domain === null ? null : (hostOf(domain)?.replace(/^www\./, "") ?? null);
}

/** Letters of the longest host of the account under which the sender's lies; 0 if there is none. */
export function hostDepth(emailDomain: string | null, { domain, domains }: KeyedAccount): number {
  if (emailDomain === null) return 0;
  const hosts = [domain, ...domains].map(accountHost).filter((host) => host !== null);
  const above = hosts.filter((host) => emailDomain === host || emailDomain.endsWith(`.${host}`));
  return Math.max(0, ...above.map(({ length }) => length));
}
