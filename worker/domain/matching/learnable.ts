// What a correction may teach of an account: only what says one company, or every stranger would land there from then on.
import { isDisposable, isFreeMail } from "../enrichment/freemail.ts";
import { accountDomain } from "./keys.ts";
import { companySpellings } from "./normalize.ts";
import { readingsOf } from "./readings.ts";
import { doubtfulDomain } from "./sender.ts";
import type { MatchLead } from "./types.ts";

/** `value` null: the account goes by it already. `why` is a sentence for the person who asks. */
export type Learnable = { ok: true; value: string | null } | { ok: false; why: string };

export interface Named {
  name: string;
  domain: string | null;
  domains: readonly string[];
  otherNames: readonly string[];
}

type Mailbox = Pick<
  MatchLead,
  "emailNormalized" | "emailDomain" | "corporateDomain" | "suggestedDomain" | "freeMail" | "disposable"
>;

const no = (why: string): Learnable => ({ ok: false, why });

/** The lead's own domain, as another domain of the account. */
export function learnableDomain(lead: Mailbox, account: Named): Learnable {
  const { corporateDomain, emailDomain, suggestedDomain } = lead;
  if (lead.emailNormalized === null || emailDomain === null) return no("The lead has no usable address.");
  const doubtful = doubtfulDomain(lead);
  // A company may have such a domain, and then a person says so; who keeps a slip as a mail provider has no say in it.
  if (suggestedDomain !== null && (doubtful === null || isMailProvider(doubtful)))
    return no(`${emailDomain} looks like ${suggestedDomain} misspelt.`);
  if (lead.freeMail && doubtful === null)
    return no(`${emailDomain} is free mail: people of every company write from there.`);
  if (lead.disposable) return no(`${emailDomain} gives throw-away addresses: it is nobody's company.`);
  const domain = corporateDomain ?? doubtful;
  if (domain === null) return no(`${emailDomain} names no company.`);
  const usable = accountDomain(domain, account.name);
  if (usable === null) return no(`${domain} is a host that many companies share.`);
  const known = [account.domain, ...account.domains].map(
    (each) => each !== null && accountDomain(each, account.name),
  );
  return { ok: true, value: known.includes(usable) ? null : usable };
}

const isMailProvider = (domain: string): boolean => isFreeMail(domain) || isDisposable(domain);

/** A word of a trade or a place alone ("Consulting", "Berlin") is everybody's. */
const SAYS_SOMETHING = 0.61;

/** The company as the visitor typed it, as another name of the account. */
export function learnableName(company: string | null, account: Named): Learnable {
  const typed = (company ?? "").replaceAll(/\s+/g, " ").trim().slice(0, 200);
  if (typed === "") return no("The lead gave no company.");
  if (companySpellings(typed).every(({ junk }) => junk)) return no(`“${typed}” is not a company's name.`);
  const weights = readingsOf(typed)[0]?.weights ?? [];
  if (!weights.some((weight) => weight >= SAYS_SOMETHING))
    return no(`“${typed}” has only words that many companies use.`);
  const solid = solidName(typed);
  const known = [account.name, ...account.otherNames].map(solidName);
  return { ok: true, value: known.includes(solid) ? null : typed };
}

/** Equal for two spellings of one name: spaces, legal form and case don't count. */
export const solidName = (name: string): string => companySpellings(name)[0]?.tokens.join("") ?? "";
