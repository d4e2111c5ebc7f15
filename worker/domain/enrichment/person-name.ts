// What do we call the visitor? First and last name from whatever the form asked for.

export interface PersonName {
  name: string | null;
  firstName: string | null;
  lastName: string | null;
}

const HONORIFICS = new Set(
  "mr mrs ms miss mx dr prof professor sir herr frau mme mlle monsieur madame sr sra srta don dona dott dr.in ing dipl mag dhr mevr".split(
    " ",
  ),
);
const AFTER_NAME = /,?\s+(?:ph\.?d|m\.?d|mba|msc|bsc|cpa|esq|jr|sr|ii|iii|iv)\.?$/i;

/** A full name is split at the first word; "Doe, Jane" is turned round; a single word is a first name. */
export function personName(full: string | null, first: string | null, last: string | null): PersonName {
  if (first !== null || last !== null) {
    const joined = [first, last].filter((part) => part !== null).join(" ");
    return { name: full ?? joined, firstName: first, lastName: last };
  }
  if (full === null) return { name: null, firstName: null, lastName: null };
  const words = turned(full.replace(AFTER_NAME, ""))
    .split(/\s+/)
    .filter((word) => word !== "");
  while (words.length > 1 && HONORIFICS.has((words[0] ?? "").toLowerCase().replace(/\.$/, ""))) words.shift();
  const [firstName = full, ...rest] = words;
  return { name: full, firstName, lastName: rest.length === 0 ? null : rest.join(" ") };
}

function turned(name: string): string {
  const comma = name.indexOf(",");
  return comma > 0 && comma === name.lastIndexOf(",")
    ? `${name.slice(comma + 1).trim()} ${name.slice(0, comma)}`
    : name;
}
