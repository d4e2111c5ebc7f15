// What a data provider knows of the company behind a domain, and what of it a lead takes over.

/** Every part may be unknown. */
export interface CompanyFacts {
  name: string | null;
  employees: number | null;
  industry: string | null;
  /** ISO 3166 alpha-2. */
  country: string | null;
  city: string | null;
}

interface Described {
  company: string | null;
  corporateDomain: string | null;
}

/**
 * The lead that is matched when its own words find no account: named as the provider names its domain. Null where that
 * says nothing new.
 */
export function asProviderNames<Lead extends Described>(
  lead: Lead,
  facts: CompanyFacts | null | undefined,
): Lead | null {
  const name = facts?.name ?? null;
  if (name === null || lead.corporateDomain === null) return null;
  return lead.company?.trim().toLowerCase() === name.toLowerCase() ? null : { ...lead, company: name };
}
