/** Two thousand invented accounts with their families, owners and customers: the same for the same seed. */
import { ANCHOR_ACCOUNTS } from "./anchors.ts";
import type { AccountRow } from "./crm-types.ts";
import { demoPeople } from "./config-people.ts";
import { PLACES, placeOf, type Place } from "./places.ts";
import type { Random } from "./random.ts";

const ACCOUNT_COUNT = 2000;

const ONSETS = [
  "b",
  "br",
  "c",
  "cal",
  "d",
  "dr",
  "f",
  "g",
  "gr",
  "k",
  "l",
  "m",
  "mar",
  "n",
  "p",
  "pr",
  "qu",
  "r",
  "s",
  "t",
  "tr",
  "v",
  "z",
];
const NUCLEI = ["a", "e", "i", "o", "u", "ae", "ia", "eo"];
const MIDDLES = ["l", "n", "r", "nd", "lt", "st", "v", "m", "rd", "sk", "x", "th"];
const ENDINGS = ["ora", "ix", "ane", "une", "elle", "ovar", "ium", "eska", "orn", "ava", "ent", "aris"];
const TRADES: Readonly<Record<string, readonly string[]>> = {
  Logistics: ["Logistics", "Freight", "Distribution"],
  Manufacturing: ["Works", "Industries", "Fabrication"],
  Retail: ["Retail", "Stores", "Trading"],
  Pharmaceuticals: ["Pharma", "Biosciences"],
  Automotive: ["Automotive", "Components"],
  Electronics: ["Electronics", "Circuits"],
  "Food and beverage": ["Foods", "Beverages"],
  Apparel: ["Apparel", "Textiles"],
  Healthcare: ["Health", "Medical"],
  "E-commerce": ["Commerce", "Online"],
};
const INDUSTRIES = Object.keys(TRADES);

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Two or three syllables, never given twice. */
const nameMaker = (random: Random): (() => string) => {
  const given = new Set(ANCHOR_ACCOUNTS.map((account) => account.domain.replace(".example", "")));
  return () => {
    for (;;) {
      const middle = random.chance(0.35) ? random.pick(MIDDLES) + random.pick(NUCLEI) : "";
      const stem =
        random.pick(ONSETS) + random.pick(NUCLEI) + middle + random.pick(MIDDLES) + random.pick(ENDINGS);
      if (given.has(stem)) continue;
      given.add(stem);
      return stem;
    }
  };
};

const pickPlace = (random: Random): Place => {
  const total = PLACES.reduce((sum, place) => sum + place.share, 0);
  let left = random.next() * total;
  return PLACES.find((place) => (left -= place.share) < 0) ?? placeOf("US");
};

const TEAM_BY_COUNTRY: Readonly<Record<string, readonly string[]>> = {
  US: ["mateo", "june", "darnell"],
  CA: ["mateo", "june"],
  MX: ["mateo"],
  AU: ["arjun", "hana"],
  SG: ["arjun", "hana"],
  JP: ["hana"],
};
const EUROPEANS = ["tomasz", "leila"];

/** How a CRM names its owners: most by an id or address we know, some by one we don't, some not at all. */
const ownerFor = (random: Random, country: string, assigned: number): string | null => {
  const draw = random.next();
  if (draw > assigned) return null;
  if (draw > assigned - 0.04) return `005HE0000008${String(random.int(100, 999))}`;
  const id = random.pick(TEAM_BY_COUNTRY[country] ?? EUROPEANS);
  const person = demoPeople.find((candidate) => candidate.id === id);
  const names = [id, person?.email, person?.externalIds?.["hubspot"], person?.externalIds?.["salesforce"]];
  return random.pick(names.filter((name) => name !== undefined));
};

const LIFECYCLES: readonly (readonly [AccountRow["lifecycle"], number])[] = [
  ["customer", 0.14],
  ["churned", 0.06],
  ["partner", 0.03],
  ["competitor", 0.008],
];

const lifecycleOf = (random: Random): AccountRow["lifecycle"] => {
  let draw = random.next();
  return LIFECYCLES.find(([, share]) => (draw -= share) < 0)?.[0] ?? "prospect";
};

const employeesOf = (random: Random): number =>
  Math.round(20 * Math.exp(random.next() ** 2 * 6.5)) + random.int(0, 9);

const domainsOf = (random: Random, stem: string, trade: string): string[] =>
  random.chance(0.12) ? [`${stem}-${trade.toLowerCase()}.example`] : [];

const account = (random: Random, stem: string, number: number): AccountRow => {
  const place = pickPlace(random);
  const industry = random.pick(INDUSTRIES);
  const trade = random.pick(TRADES[industry] ?? [industry]);
  const lifecycle = lifecycleOf(random);
  const city = random.pick(place.cities)[0];
  const shown = random.chance(0.6) ? `${capital(stem)} ${trade}` : capital(stem);
  return {
    id: `acc-${String(number).padStart(4, "0")}`,
    name: `${shown} ${random.pick(place.legal)}`,
    domain: `${stem}.example`,
    domains: domainsOf(random, stem, trade),
    parentId: null,
    owner:
      lifecycle === "competitor"
        ? null
        : ownerFor(random, place.country, lifecycle === "customer" ? 0.97 : 0.62),
    csm: lifecycle === "customer" ? (random.chance(0.93) ? "noor" : null) : null,
    country: place.country,
    city,
    industry,
    employees: employeesOf(random),
    lifecycle,
  };
};

/** A subsidiary in another country carries its parent's name; its domain says where it is. */
const subsidiary = (random: Random, child: AccountRow, parent: AccountRow): AccountRow => {
  const place = placeOf(child.country);
  const stem = parent.domain.replace(".example", "");
  return {
    ...child,
    name: `${capital(stem)} ${place.cities[0]?.[0] ?? ""} ${random.pick(place.legal)}`,
    domain: `${stem}-${child.country.toLowerCase()}.example`,
    domains: [],
    parentId: parent.id,
    lifecycle: parent.lifecycle === "competitor" ? "competitor" : child.lifecycle,
    industry: parent.industry,
  };
};

export const demoAccounts = (random: Random): AccountRow[] => {
  const nextName = nameMaker(random);
  const generated: AccountRow[] = [];
  for (let number = 1; number <= ACCOUNT_COUNT - ANCHOR_ACCOUNTS.length; number++) {
    generated.push(account(random, nextName(), number));
  }
  const taken = new Set<string>();
  const parents = new Set<number>();
  for (let children = 0; children < ACCOUNT_COUNT / 10;) {
    const childIndex = random.int(0, generated.length - 1);
    const parentIndex = random.int(0, generated.length - 1);
    const child = generated[childIndex];
    const parent = generated[parentIndex];
    if (!child || !parent || child.parentId || parent.parentId || parents.has(childIndex)) continue;
    const made = subsidiary(random, child, parent);
    if (childIndex === parentIndex || child.country === parent.country || taken.has(made.domain)) continue;
    taken.add(made.domain);
    parents.add(parentIndex);
    generated[childIndex] = made;
    children++;
  }
  return [...ANCHOR_ACCOUNTS, ...generated];
};
