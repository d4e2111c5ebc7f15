/** What a rule asks of whoever takes the lead, and what the lead's company already is to us. */
import type { Rule } from "../../../schema/config/document.ts";
import { readField, type Facts } from "../conditions.ts";
import { foldText } from "../enrichment/text.ts";

/** Skills and languages, the latter by code or as a field of the lead names them. */
export const requirements = (
  rule: Rule | null,
  facts: Facts,
): { skills: readonly string[]; languages: string[] } => {
  const languages = rule?.requires?.languages ?? [];
  const named = Array.isArray(languages) ? languages : readField(facts, languages.field);
  return {
    skills: rule?.requires?.skills ?? [],
    languages: Array.isArray(named) ? named.map(String) : named === null ? [] : [String(named)],
  };
};

/** Customers and open opportunities never enter a new-business team. */
export const isExistingBusiness = (facts: Facts): boolean =>
  foldText(String(readField(facts, "account.lifecycle") ?? "")) === "customer" ||
  readField(facts, "opportunity.open") === true;
