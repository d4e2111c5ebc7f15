/** Text that strangers wrote, made fit for subjects, headers and HTML. */

/** Control characters, line and paragraph separators, and marks that turn the direction of what follows. */
const UNFIT = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** At most `max` characters, cut between them rather than inside one. */
export const bounded = (text: string, max: number): string => {
  const characters = Array.from(text);
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`;
};

/** One line without anything that could end it: for subjects, names and table cells. */
export const oneLine = (text: string, max = 200): string =>
  bounded(text.replaceAll(UNFIT, " ").replaceAll(/ {2,}/g, " ").trim(), max);

/** Several lines, line breaks kept, other control characters gone. */
export const paragraph = (text: string, max = 4000): string =>
  bounded(
    text
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .map((line) => line.replaceAll(UNFIT, " ").trimEnd())
      .join("\n")
      .trim(),
    max,
  );

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/**
 * A first name fit to greet with in mail to a stranger. Whoever fills a form may give another person's address and put
 * a link where the name goes; only what can't be one is repeated.
 */
export const greetable = (name: string | null): string | null =>
  name !== null && /^[\p{L}\p{M}][\p{L}\p{M}' -]{0,39}$/u.test(name) ? name : null;

/** "lead.handed_off" → "Lead handed off". */
export const humanise = (name: string): string => {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[._-]+/g, " ")
    .trim()
    .toLowerCase();
  return words === "" ? "Message" : (words.charAt(0).toUpperCase() + words.slice(1)).replace(/^Sla\b/, "SLA");
};

/** Printable ASCII for header values; anything else is percent-encoded. */
export const headerSafe = (text: string): string =>
  text.replaceAll(/[^\x21-\x7e]/gu, (sign) => encodeURIComponent(sign)).slice(0, 500);

/** What an error says, without addresses and bounded, for operators. */
export const errorText = (text: string): string => oneLine(text.replaceAll(/\S+@\S+/g, "(address)"), 300);
