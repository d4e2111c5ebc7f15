/** Facts as they would be if the CRM said something else: for dry runs of leads that nobody has sent yet. */
import type { Assumption } from "../../../schema/wire/route.ts";
import type { AccountFacts, KnownAbout, OpportunityFacts } from "./facts.ts";

const accountFacts = (account: NonNullable<Assumption["account"]>): AccountFacts => ({
  id: account.id ?? "assumed-account",
  name: account.name ?? "Assumed account",
  domain: account.domain ?? null,
  parentId: account.parentId ?? null,
  owner: account.owner ?? null,
  roles: account.roles ?? {},
  country: account.country ?? null,
  city: account.city ?? null,
  industry: account.industry ?? null,
  employees: account.employees ?? null,
  lifecycle: account.lifecycle ?? null,
  extra: account.extra ?? {},
});

const opportunityFacts = (opportunity: NonNullable<Assumption["opportunity"]>): OpportunityFacts => ({
  id: opportunity.id ?? "assumed-opportunity",
  stage: opportunity.stage ?? null,
  amount: opportunity.amount ?? null,
  owner: opportunity.owner ?? null,
});

const contactFacts = (contact: NonNullable<Assumption["contact"]>): Record<string, unknown> => ({
  id: contact.id ?? "assumed-contact",
  owner: contact.owner ?? null,
  title: contact.title ?? null,
  lifecycle: contact.lifecycle ?? null,
  doNotContact: contact.doNotContact ?? false,
});

/** What is assumed replaces all that the CRM knows; attribution is added to what the visit says of itself. */
export const assumed = (known: KnownAbout, assume: Assumption): KnownAbout => {
  const account = assume.account ? accountFacts(assume.account) : null;
  const contact = assume.contact ? contactFacts(assume.contact) : null;
  const method = assume.match?.method ?? (account ? "domain" : "none");
  const accountId = account?.id ?? (method === "none" ? null : "assumed-account");
  return {
    ...known,
    contact,
    account,
    match: { method, confidence: assume.match?.confidence ?? (accountId === null ? 0 : 1), accountId },
    opportunity: account && assume.opportunity ? opportunityFacts(assume.opportunity) : null,
    attribution: { ...known.attribution, ...assume.attribution },
  };
};
