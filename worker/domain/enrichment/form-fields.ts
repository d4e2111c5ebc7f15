// Which of a form's fields is which fact? Forms name them their own way; "Work E-mail" and "work_email" are one.
import { cleanText } from "./text.ts";

/** Names by fact, without case, spaces and punctuation, best first. */
const NAMES = {
  email: ["email", "workemail", "businessemail", "emailaddress", "corporateemail", "mail", "companyemail"],
  name: ["name", "fullname", "yourname", "contactname"],
  firstName: ["firstname", "fname", "givenname", "vorname", "prenom", "first"],
  lastName: ["lastname", "lname", "surname", "familyname", "nachname", "last"],
  company: [
    "company",
    "companyname",
    "organization",
    "organisation",
    "organizationname",
    "employer",
    "business",
    "businessname",
    "firma",
    "account",
  ],
  phone: [
    "phone",
    "phonenumber",
    "mobile",
    "mobilephone",
    "tel",
    "telephone",
    "workphone",
    "cell",
    "telefon",
  ],
  title: ["title", "jobtitle", "role", "position", "jobrole"],
  country: ["country", "countrycode", "countryregion", "land", "pays"],
  city: ["city", "town", "ort", "stadt", "ville"],
  region: ["region", "state", "province", "stateprovince", "county"],
  timezone: ["timezone", "tz"],
  language: ["language", "preferredlanguage", "locale", "lang"],
  website: ["website", "url", "companywebsite", "site", "web", "homepage", "companyurl", "domain"],
  message: ["message", "comments", "comment", "notes", "howcanwehelp", "question", "description", "details"],
} as const satisfies Record<string, readonly string[]>;

export type Fact = keyof typeof NAMES;
export type CustomValue = string | number | boolean | readonly string[];
export interface FormFacts {
  known: Record<Fact, string | null>;
  /** What the form asked beyond these, by the field's own name, cleaned. */
  custom: Record<string, CustomValue>;
}

const MAX_FIELDS = 200;
const MAX_SHORT = 500;
const MAX_LONG = 10_000;

/** Never throws: the values are a stranger's. Values that are neither text, number, boolean nor a list of texts are left out. */
export function readFields(fields: Readonly<Record<string, unknown>>): FormFacts {
  const entries = Object.entries(fields).slice(0, MAX_FIELDS);
  const bySquashed = new Map<string, string>();
  for (const [name] of entries) if (!bySquashed.has(squash(name))) bySquashed.set(squash(name), name);
  const used = new Set<string>();
  const known = {} as Record<Fact, string | null>;
  for (const fact of Object.keys(NAMES) as Fact[]) {
    const found = NAMES[fact]
      .map((name) => bySquashed.get(name))
      .find((name) => name !== undefined && textOf(fields[name], fact) !== null);
    known[fact] = found === undefined ? null : textOf(fields[found], fact);
    if (found !== undefined) used.add(found);
  }
  return { known, custom: customOf(entries.filter(([name]) => !used.has(name))) };
}

function customOf(entries: readonly (readonly [string, unknown])[]): Record<string, CustomValue> {
  const custom: [string, CustomValue][] = [];
  for (const [name, value] of entries) {
    if (typeof value === "string") custom.push([name, cleanText(value, MAX_LONG, { multiline: true })]);
    else if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)))
      custom.push([name, value]);
    else if (Array.isArray(value)) custom.push([name, textsOf(value)]);
  }
  return Object.fromEntries(custom);
}

function textsOf(values: readonly unknown[]): string[] {
  return values
    .slice(0, 100)
    .filter((value) => typeof value === "string")
    .map((value) => cleanText(value, MAX_SHORT));
}

function textOf(value: unknown, fact: Fact): string | null {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  const text = typeof one === "number" && Number.isFinite(one) ? String(one) : one;
  if (typeof text !== "string") return null;
  const long = fact === "message";
  return cleanText(text, long ? MAX_LONG : MAX_SHORT, { multiline: long }) || null;
}

function squash(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}
