// A submission's fields and what the edge knew of the request, read into the facts that policies address as `lead.*`.
import { readAttribution, type Attribution, type AttributionInput, type PageInput } from "./attribution.ts";
import { hasListedSuffix, hostOf, registrableDomain } from "./domain.ts";
import { parseEmail, type EmailResult } from "./email.ts";
import { readFields, type CustomValue } from "./form-fields.ts";
import { isDisposable, isFreeMail, isPageHost, isRoleAddress } from "./freemail.ts";
import {
  countryCode,
  firstTimeZone,
  languageOf,
  locate,
  locateCountry,
  type EdgeFacts,
  type GeoSource,
} from "./geo.ts";
import { suggestDomain } from "./misspelt.ts";
import { personName } from "./person-name.ts";
import { normalizePhone } from "./phone.ts";
import { readTitle, type JobFunction, type Seniority } from "./title.ts";

export interface EnrichInput {
  fields: Readonly<Record<string, unknown>>;
  edge: EdgeFacts;
  page?: PageInput;
  attribution?: AttributionInput;
}

/** Every text is null when absent, never empty. */
export interface EnrichedLead {
  /** As typed, trimmed; kept even when it is no usable address (then the next two are null). */
  email: string | null;
  /** Lower case, domain in ASCII: the key of duplicates and contacts. */
  emailNormalized: string | null;
  /** The address's host in ASCII, subdomain included. */
  emailDomain: string | null;
  /** The registrable domain that stands for an employer: null for free, disposable or misspelt free mail. */
  corporateDomain: string | null;
  /** "gmail.com" for an address at "gmial.com". */
  suggestedDomain: string | null;
  freeMail: boolean;
  disposable: boolean;
  roleAddress: boolean;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  /** As typed. */
  phone: string | null;
  phoneE164: string | null;
  title: string | null;
  seniority: Seniority | null;
  function: JobFunction | null;
  /** ISO 3166 alpha-2. */
  country: string | null;
  city: string | null;
  region: string | null;
  /** IANA name. */
  timezone: string | null;
  /** Primary subtag, lower case: "de". */
  language: string | null;
  website: string | null;
  /** The website's registrable domain: what the visitor claims, weaker than where their mail comes from. */
  websiteDomain: string | null;
  message: string | null;
  attribution: Attribution;
  custom: Record<string, CustomValue>;
  /** Who says so, for the facts that may come from several. */
  sources: {
    country: GeoSource | null;
    city: GeoSource | null;
    region: GeoSource | null;
    timezone: GeoSource | null;
  };
}

/** Who a lead is, as the API and webhooks show it: everything as typed, null where it wasn't. */
export const personIn = ({ name, email, company, title, phone, country, timezone }: EnrichedLead) => ({
  name,
  email,
  company,
  title,
  phone,
  country,
  timezone,
});

/** Never throws, whatever a stranger sent: what can't be read is null. */
export function enrich(input: EnrichInput): EnrichedLead {
  const { known, custom } = readFields(input.fields);
  const attribution = readAttribution(input.attribution, input.page);
  return {
    ...mailFacts(known.email),
    ...personName(known.name, known.firstName, known.lastName),
    company: known.company,
    ...placeFacts(known, input.edge, input.page?.timezone),
    title: known.title,
    ...(known.title === null ? { seniority: null, function: null } : readTitle(known.title)),
    language: languageOf(known.language) ?? languageOf(input.edge.language),
    website: known.website,
    websiteDomain: websiteDomain(known.website) ?? namedAsDomain(known.company),
    message: known.message,
    attribution,
    custom,
  };
}

function mailFacts(typed: string | null) {
  const parsed: EmailResult = typed === null ? { ok: false, reason: "empty" } : parseEmail(typed);
  if (!parsed.ok) {
    const nothing = {
      emailNormalized: null,
      emailDomain: null,
      corporateDomain: null,
      suggestedDomain: null,
    };
    return { email: typed, ...nothing, freeMail: false, disposable: false, roleAddress: false };
  }
  const { email, normalized, domain, local } = parsed;
  const suggestedDomain = suggestDomain(domain);
  // Who mistypes gmail.com has a free mailbox, whoever keeps the misspelt domain; two who do are not colleagues.
  const freeMail = suggestedDomain !== null || isFreeMail(domain);
  const disposable = suggestedDomain === null && isDisposable(domain);
  const corporateDomain = freeMail || disposable ? null : registrableDomain(domain);
  const roleAddress = isRoleAddress(local);
  return {
    email,
    emailNormalized: normalized,
    emailDomain: domain,
    corporateDomain,
    suggestedDomain,
    freeMail,
    disposable,
    roleAddress,
  };
}

function placeFacts(
  known: ReturnType<typeof readFields>["known"],
  edge: EdgeFacts,
  browserZone: string | null | undefined,
) {
  const stated = locateCountry(known.country, null, edge);
  const phone = known.phone === null ? null : normalizePhone(known.phone, stated?.value);
  // Only a number that names its own country says where its holder is; a national one was read by our guess.
  const country = locateCountry(known.country, phone?.international === true ? phone.country : null, edge);
  // A German lead whose request left a data centre in Virginia lives in neither that town nor that time zone.
  const near: EdgeFacts = country === null || country.value === countryCode(edge.country) ? edge : {};
  const city = locate(known.city, near.city);
  const region = locate(known.region, near.region);
  // The browser speaks of the visitor, whatever country their request came from.
  const timezone = locate(firstTimeZone(known.timezone, browserZone), firstTimeZone(near.timezone));
  return {
    phone: known.phone,
    phoneE164: phone?.e164 ?? null,
    country: country?.value ?? null,
    city: city?.value ?? null,
    region: region?.value ?? null,
    timezone: timezone?.value ?? null,
    sources: {
      country: country?.source ?? null,
      city: city?.source ?? null,
      region: region?.source ?? null,
      timezone: timezone?.source ?? null,
    },
  };
}

/** "acme.com", "www.acme.com", "ana@acme.com" in the company's place say its website. */
function namedAsDomain(company: string | null): string | null {
  if (company === null || !/^\S{1,200}\.\S+$/.test(company)) return null;
  const host = hostOf(company);
  const isMeant = host !== null && (hasListedSuffix(host) || /^(?:https?:|www\.)|@/i.test(company));
  return isMeant ? websiteDomain(host) : null;
}

function websiteDomain(website: string | null): string | null {
  const host = website === null ? null : hostOf(website);
  if (host === null || isPageHost(host)) return null;
  const domain = registrableDomain(host);
  return domain === null || isFreeMail(domain) || isDisposable(domain) ? null : domain;
}
