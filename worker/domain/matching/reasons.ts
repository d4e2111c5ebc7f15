// Why a name speaks for an account, in sentences for a manager.
import type { Features, NameAgreement } from "./features.ts";
import type { MatchLead } from "./types.ts";

export function nameReasons(lead: MatchLead, features: Features): string[] {
  return [...domainReason(lead, features), ...nameReason(lead, features), ...mailReason(lead, features)];
}

function domainReason(lead: MatchLead, { mailDomain, name, candidate }: Features): string[] {
  if (mailDomain !== "label") return [];
  const known = candidate.domain ?? candidate.domains[0];
  const same =
    known === undefined
      ? `The e-mail's domain, ${lead.corporateDomain}, spells a domain of ${candidate.name}`
      : `The e-mail's domain ${lead.corporateDomain} is ${known} under another suffix`;
  if (name === null) return [`${same}, but no company name was given to confirm it.`];
  return [
    name.agreed > 0.5
      ? `${same}, and the name agrees.`
      : `${same}, but the company given, ${lead.company}, is another name.`,
  ];
}

function nameReason(
  lead: MatchLead,
  { name, mailDomain, saidLabel, initials, knownInitials, candidate }: Features,
): string[] {
  if (name === null) return [];
  const said = `The company given, ${tidy(lead.company)},`;
  if (name.same && name.known.role === "whole" && name.said.role !== "owner")
    return mailDomain === "label" ? [] : [`${said} is the name of ${tidy(candidate.name)}${apart(name)}.`];
  if (initials)
    return [
      `${said} is ${tidy(candidate.name)} in initials${saidLabel ? `, and the name of its domain ${candidate.domain}` : ""}.`,
    ];
  if (knownInitials) return [`${tidy(candidate.name)} is ${tidy(lead.company)} in initials.`];
  if (saidLabel) return [`${said} is the name of the domain ${candidate.domain} of ${tidy(candidate.name)}.`];
  if (name.said.role === "owner") return [`${said} is said to belong to ${tidy(candidate.name)}.`];
  if (name.agreed <= 0.5)
    return mailDomain === "label" ? [] : [`${said} has little in common with ${tidy(candidate.name)}.`];
  return [`${said} resembles ${tidy(candidate.name)}${how(name)}.`];
}

const apart = ({ said: { dropped } }: NameAgreement): string =>
  dropped.length > 0 ? ` but for “${dropped.join(" ")}”` : "";

function how({
  same,
  reordered,
  edits,
  commonEdits,
  shortened,
  extraSaid,
  extraKnown,
  said,
  known,
}: NameAgreement): string {
  const slips = edits + commonEdits;
  const added = said.dropped.length > 0 || extraSaid > 0;
  const missing = extraKnown > 0 || known.dropped.length > 0;
  const ways: string[] = [];
  if (same || (slips === 0 && shortened === 0 && !reordered && !added && !missing))
    ways.push("the same words");
  if (reordered) ways.push("words in another order");
  if (slips > 0) ways.push(slips === 1 ? "one letter differs" : `${slips} letters differ`);
  if (shortened > 0) ways.push("a word is shortened");
  if (said.dropped.length > 0 && said.dropped.length < 6) ways.push(`left out: ${said.dropped.join(" ")}`);
  else if (extraSaid > 0) ways.push("it has more words");
  if (missing) ways.push("the account has more words");
  return `: ${ways.join(", ")}`;
}

function mailReason(
  lead: MatchLead,
  { mailDomain, mailSpells, mailSpellsSaid, name, candidate }: Features,
): string[] {
  if (lead.corporateDomain === null || mailDomain !== null || name === null) return [];
  if (mailSpells >= 0.8) return [`The e-mail's domain ${lead.corporateDomain} fits ${tidy(candidate.name)}.`];
  if (mailSpellsSaid - mailSpells > 0.3 && !name.same)
    return [
      `The e-mail's domain ${lead.corporateDomain} spells the company given, not ${tidy(candidate.name)}.`,
    ];
  return [];
}

/** A name at the end of a sentence brings its own full stop: one is enough. */
const tidy = (name: string | null): string => (name ?? "").replace(/\.$/, "");
