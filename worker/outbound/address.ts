/** Mail addresses as the wire wants them. */
import type { Address } from "./channel.ts";
import { oneLine } from "./text.ts";

/** A display name without what would end it or start an address. */
export const displayName = (name: string): string => oneLine(name.replaceAll(/["<>\\,;:@]/g, " "), 100);

export const addressed = (email: string, name: string | null): Address => {
  const shown = name === null ? "" : displayName(name);
  return shown === "" ? { email } : { email, name: shown };
};

/** From `a@b.example` or `Name <a@b.example>`; null when it is neither. */
export const parseAddress = (text: string | null | undefined): Address | null => {
  if (!text) return null;
  const named = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(text);
  const email = (named?.[2] ?? text).trim();
  return /^[^\s@<>]+@[^\s@<>]+$/.test(email) ? addressed(email, named?.[1] ?? null) : null;
};

/** The address to write to a lead: as typed, with the domain in ASCII; null when it is none. */
export const leadAddress = (lead: {
  email: string | null;
  emailNormalized: string | null;
  emailDomain: string | null;
}): string | null => {
  if (lead.emailNormalized === null || lead.email === null || lead.emailDomain === null) return null;
  return `${lead.email.slice(0, lead.email.lastIndexOf("@"))}@${lead.emailDomain}`;
};
