/** The demo's CRM as a whole: accounts, the people in them, and what is being sold to them. */
import { demoAccounts } from "./accounts.ts";
import { ANCHOR_CONTACTS, ANCHOR_OPPORTUNITIES } from "./anchors.ts";
import type { AccountRow, ContactRow, Crm, OpportunityRow } from "./crm-types.ts";
import { placeOf } from "./places.ts";
import { DEMO_SEED, randomFrom, type Random } from "./random.ts";

const CONTACT_COUNT = 1200;
const OPPORTUNITY_COUNT = 150;

const TITLES = [
  "Warehouse Manager",
  "Director of Operations",
  "Logistics Engineer",
  "Procurement Lead",
  "VP Supply Chain",
  "Automation Engineer",
  "Plant Manager",
  "COO",
];
const STAGES = ["discovery", "site visit", "proposal", "negotiation"];

/** Digits for each `#`. */
export const fillPhone = (random: Random, pattern: string): string =>
  pattern.replaceAll("#", () => String(random.int(0, 9)));

/** Latin letters of a name for an address; names in other scripts get a number. */
export const localPart = (name: string, fallback: string): string => {
  const plain = name
    .replaceAll("ß", "ss")
    .replaceAll("Ł", "L")
    .replaceAll("ł", "l")
    .normalize("NFD")
    .replace(/[^A-Za-z ]/g, "")
    .trim()
    .toLowerCase()
    .replaceAll(" ", ".");
  return plain.length > 2 ? plain : fallback;
};

const contactAt = (random: Random, account: AccountRow, number: number): ContactRow => {
  const place = placeOf(account.country);
  const name = `${random.pick(place.first)} ${random.pick(place.last)}`;
  return {
    id: `con-${String(number).padStart(4, "0")}`,
    email: `${localPart(name, "contact")}.${String(number)}@${account.domain}`,
    accountId: account.id,
    name,
    title: random.pick(TITLES),
    phone: place.phone !== null && random.chance(0.6) ? fillPhone(random, place.phone) : null,
    owner: random.chance(0.5) ? account.owner : null,
  };
};

const day = (random: Random): string =>
  `20${String(random.int(26, 27))}-${String(random.int(1, 12)).padStart(2, "0")}-${String(random.int(1, 28)).padStart(2, "0")}`;

const opportunityAt = (random: Random, account: AccountRow, number: number): OpportunityRow => {
  const open = random.chance(0.5);
  const units = random.int(3, 60);
  return {
    id: `opp-${String(number).padStart(3, "0")}`,
    accountId: account.id,
    name: `${account.name}: ${String(units)} Helio ${random.pick(["pickers", "haulers", "sorters"])}`,
    open,
    stage: open ? random.pick(STAGES) : random.pick(["won", "lost"]),
    amount: units * random.int(9, 18) * 1000,
    currency: ["US", "CA", "MX"].includes(account.country) ? "USD" : account.country === "GB" ? "GBP" : "EUR",
    owner: account.owner,
    closeDate: day(random),
  };
};

const sequence = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

export const demoCrm = (seed: number = DEMO_SEED): Crm => {
  const random = randomFrom(seed);
  const accounts = demoAccounts(random);

  const generated = accounts.filter(({ id }) => /^acc-\d/.test(id));
  const dealable = generated.filter(({ lifecycle, owner }) => lifecycle !== "competitor" && owner !== null);
  const contacts = sequence(CONTACT_COUNT - ANCHOR_CONTACTS.length, (number) =>
    contactAt(random, random.pick(generated), number),
  );
  const opportunities = sequence(OPPORTUNITY_COUNT - ANCHOR_OPPORTUNITIES.length, (number) =>
    opportunityAt(random, random.pick(dealable), number),
  );
  return {
    accounts,
    contacts: [...ANCHOR_CONTACTS, ...contacts],
    opportunities: [...ANCHOR_OPPORTUNITIES, ...opportunities],
  };
};
