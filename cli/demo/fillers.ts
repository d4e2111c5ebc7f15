/** The ordinary leads of a day: people at accounts nobody owns yet, found by contact, domain, subdomain or company name. */
import type { AccountRow, Crm } from "./crm-types.ts";
import { fillPhone, localPart } from "./crm.ts";
import { placeOf } from "./places.ts";
import type { Random } from "./random.ts";
import type { Persona } from "./persona.ts";

/** No executives: those would be hot, and hot leads are told by hand. */
const TITLES = [
  "Warehouse Manager",
  "Logistics Engineer",
  "Fulfilment Lead",
  "Automation Engineer",
  "Procurement Specialist",
  "Director of Operations",
  "Shift Supervisor",
  "Project Manager",
];

const MESSAGES = [
  "How long does it take to get the first robot running?",
  "We pick 900 lines an hour and lose people every season.",
  "Could you show a pilot on one aisle?",
  "Does it talk to our warehouse system?",
  "Looking for a replacement of two conveyor lines.",
  "Need something quiet, we are above a school.",
  "What is the lead time for ten units?",
  "My boss saw your film and now I have homework 🙂",
  "Do you rent?",
  "We move in June and plan the new hall now.",
];

/** Countries whose teams follow the sun, so that somebody answers whenever the demo starts. */
const COUNTRIES = ["US", "CA", "GB"];

/** Accounts that lead to nobody in particular: no owner, no family, no deal, too small for the strategic team. */
const unowned = (crm: Crm): AccountRow[] => {
  const parents = new Set(crm.accounts.map((account) => account.parentId));
  return crm.accounts.filter(
    (account) =>
      account.owner === null &&
      account.parentId === null &&
      !parents.has(account.id) &&
      account.employees < 2000 &&
      (account.lifecycle === "prospect" || account.lifecycle === "churned") &&
      COUNTRIES.includes(account.country) &&
      /^acc-\d/.test(account.id),
  );
};

const withoutLegalForm = ({ name, country }: AccountRow): string => {
  const legal = placeOf(country).legal.toSorted((a, b) => b.length - a.length);
  const form = legal.find((ending) => name.endsWith(` ${ending}`));
  return form === undefined ? name : name.slice(0, -form.length - 1);
};

const hostOf = (account: AccountRow, random: Random): string => {
  const draw = random.next();
  if (draw < 0.15) return `mail.${account.domain}`;
  if (draw < 0.3) return account.domain.replace(".example", "-team.example");
  return account.domains[0] !== undefined && draw < 0.6 ? account.domains[0] : account.domain;
};

const personaAt = (account: AccountRow, crm: Crm, random: Random): Persona => {
  const place = placeOf(account.country);
  const known = crm.contacts.find((contact) => contact.accountId === account.id);
  const name = known?.name ?? `${random.pick(place.first)} ${random.pick(place.last)}`;
  const form = random.chance(0.85) ? "demo" : "contact";
  const phone =
    form === "demo" && place.phone !== null && random.chance(0.5)
      ? fillPhone(random, place.phone)
      : undefined;
  return {
    key: account.id,
    form,
    email: known?.email ?? `${localPart(name, "hello")}@${hostOf(account, random)}`,
    name,
    company: withoutLegalForm(account),
    country: account.country,
    title: form === "demo" ? random.pick(TITLES) : undefined,
    phone,
    message: form === "contact" || random.chance(0.55) ? random.pick(MESSAGES) : undefined,
  };
};

export const fillerPersonas = (crm: Crm, count: number, random: Random): Persona[] =>
  random
    .shuffle(unowned(crm))
    .slice(0, count)
    .map((account) => personaAt(account, crm, random));
