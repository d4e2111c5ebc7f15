// Small CRMs, and what a lead's contacts, place, website and further names say of them: contacts of several accounts, guesses of
// the network, towns written differently.
import { account, type Account } from "./matching-decisions.ts";
import { many, type DoubtCase } from "./matching-doubts.ts";

const CITY = (city: string, other: string): Account[] => [
  account("one", "Brambex", "brambex-one.example", { city }),
  account("two", "Brambex", "brambex-two.example", { city: other }),
];

const TWIN_BANKS = [
  account("bank-at", "Kelvaro Bank", "kelvaro-a.example", { country: "AT" }),
  account("bank-de", "Kelvaro Bank", "kelvaro-d.example", { country: "DE" }),
];

export const CLAIMS: readonly DoubtCase[] = [
  {
    what: "a contact of an account that doesn't exist decides nothing",
    crm: [account("acme", "Acme", "acme.example")],
    lead: { email: "ana@gmail.com" },
    contacts: ["gone"],
    account: null,
    method: "none",
  },
  {
    what: "and leaves the rest of what is known to decide",
    crm: [account("acme", "Acme", "acme.example")],
    lead: { email: "ana@acme.example" },
    contacts: ["gone"],
    account: "acme",
    method: "domain",
  },
  {
    what: "of two contacts' accounts only one exists",
    crm: [account("acme", "Acme", "acme.example")],
    lead: { email: "ana@gmail.com" },
    contacts: ["gone", "acme"],
    account: "acme",
    method: "contact",
  },
  {
    what: "contacts of two accounts, and free mail",
    crm: [account("acme", "Acme", "acme.example"), account("globex", "Globex", "globex.example")],
    lead: { email: "ana@gmail.com", company: "Globex" },
    contacts: ["acme", "globex"],
    account: null,
    method: "none",
    because: "contacts of 2 accounts",
    shown: ["acme", "globex"],
  },
  {
    what: "contacts of two accounts, and the domain of one",
    crm: [account("acme", "Acme", "acme.example"), account("globex", "Globex", "globex.example")],
    lead: { email: "ana@globex.example" },
    contacts: ["acme", "globex"],
    account: "globex",
    method: "contact",
  },
  {
    what: "contacts of two accounts, and a third one's domain",
    crm: [
      account("acme", "Acme", "acme.example"),
      account("globex", "Globex", "globex.example"),
      account("third", "Third", "third.example"),
    ],
    lead: { email: "ana@third.example" },
    contacts: ["acme", "globex"],
    account: null,
    method: "none",
    shown: ["acme", "globex", "third"],
  },
  {
    what: "a town that only the network guesses breaks no tie",
    crm: CITY("Salem", "Trieste"),
    lead: { email: "x@agency.example", company: "Brambex" },
    edge: { country: "US", city: "Salem" },
    account: null,
    method: "none",
  },
  {
    what: "nor does it speak against the only one there is",
    crm: [account("town", "Town of Woodford", "woodford.example", { country: "US", city: "Woodford" })],
    lead: { email: "x@agency.example", company: "Town of Woodford" },
    edge: { country: "US", city: "Ashburn" },
    account: "town",
    method: "name",
  },
  {
    what: "a country that the network guesses breaks a tie",
    crm: TWIN_BANKS,
    lead: { email: "x@agency.example", company: "Kelvaro Bank" },
    edge: { country: "AT" },
    account: "bank-at",
    method: "name",
  },
  {
    what: "St. Louis is Saint Louis",
    crm: CITY("Saint Louis", "Salem"),
    lead: { email: "x@agency.example", company: "Brambex", city: "St. Louis" },
    account: "one",
    method: "name",
  },
  {
    what: "New York is New York City",
    crm: CITY("New York City", "Salem"),
    lead: { email: "x@agency.example", company: "Brambex", city: "New York" },
    account: "one",
    method: "name",
  },
  {
    what: "Frankfurt am Main is Frankfurt",
    crm: CITY("Frankfurt", "Salem"),
    lead: { email: "x@agency.example", company: "Brambex", city: "Frankfurt am Main" },
    account: "one",
    method: "name",
  },
  {
    what: "York isn't New York",
    crm: CITY("New York", "Salem"),
    lead: { email: "x@agency.example", company: "Brambex", city: "York" },
    account: null,
    method: "none",
  },
  {
    what: "of two towns that begin alike, the very one",
    crm: CITY("Newport", "Newport Beach"),
    lead: { email: "x@agency.example", company: "Brambex", city: "Newport Beach" },
    account: "two",
    method: "name",
  },
  {
    what: "a body named after its town may be asked for from the next one",
    crm: [account("town", "City of Brantwell", "brantwell.example", { city: "Brantwell" })],
    lead: { email: "x@agency.example", company: "City of Brantwell", city: "Evanstow" },
    account: "town",
    method: "name",
  },
  {
    what: "a website's owner before one who only uses it",
    crm: [
      account("user", "Franchise One", "one.example", { domains: ["brand.example"], country: "DE" }),
      account("owner", "The Brand", "brand.example", { country: "US" }),
    ],
    lead: { email: "x@agency.example", website: "brand.example", country: "DE" },
    account: "owner",
    method: "domain",
  },
  {
    what: "a website that two only use is doubt",
    crm: [
      account("one", "Franchise One", "one.example", { domains: ["brand.example"] }),
      account("two", "Second Kitchen", "two.example", { domains: ["brand.example"], updatedAt: 9 }),
    ],
    lead: { email: "x@agency.example", website: "brand.example" },
    account: null,
    method: "none",
  },
  {
    what: "any of an account's names, however many it has",
    crm: [
      account("corp", "Kelnox", "kelnox.example", {
        otherNames: [
          ...many(20, (n) => account("", `Brand Number ${n}x`, null)).map(({ name }) => name),
          "Zanvik",
        ],
      }),
    ],
    lead: { email: "x@agency.example", company: "Zanvik Ltd" },
    account: "corp",
    method: "name",
  },
  {
    what: "any of an account's domains, however many it has",
    crm: [
      account("corp", "Kelnox", "kelnox.example", {
        domains: many(120, (n) => account("", "", `brand${n}.example`)).map(({ domain }) => domain ?? ""),
      }),
    ],
    lead: { email: "x@brand119.example" },
    account: "corp",
    method: "alias",
  },
  {
    what: "a town behind a legal form is no part of the name",
    crm: [account("tor", "Torvanta d.o.o. Novi Kral", "torvanta.example")],
    lead: { company: "Torvanta doo" },
    account: "tor",
    method: "name",
  },
  {
    what: "an owner behind a legal form, on the lead's side",
    crm: [account("tor", "Torvanta S.n.c.", "torvanta.example")],
    lead: { company: "Torvanta S.n.c. di Rossani Mario e C." },
    account: "tor",
    method: "name",
  },
  ...["Zelvaro Robotics Berlin", "Zelvaro Robotics Deutschland", "Zelvaro Robotics in Germany"].map(
    (company) => ({
      what: `where the account is says nothing new: ${company}`,
      crm: [account("zel", "Zelvaro Robotics GmbH", "zelvaro.example", { country: "DE", city: "Berlin" })],
      lead: { company },
      account: "zel",
      method: "name" as const,
      because: "is the name of Zelvaro Robotics GmbH but for “",
    }),
  ),
  {
    what: "and elsewhere it may be another firm",
    crm: [account("zel", "Zelvaro Robotics GmbH", "zelvaro.example", { country: "FR", city: "Lyon" })],
    lead: { company: "Zelvaro Robotics Berlin" },
    account: null,
    method: "none",
  },
  {
    what: "another number is another firm",
    crm: [account("7", "7Prime Analytics", "prime-seven.example")],
    lead: { company: "8Prime Analytics" },
    account: null,
    method: "none",
  },
  {
    what: "whose people they are",
    crm: [account("zel", "Zelvaro Robotics GmbH", "zelvaro.example")],
    lead: { company: "Marketing @ Zelvaro Robotics" },
    account: "zel",
    method: "name",
  },
  {
    what: "another way to write a name of another script, a slip away",
    crm: [account("sev", "ООО «Северный Ветер»", "sevveter.example")],
    lead: { company: "Severnyi Veter" },
    account: "sev",
    method: "fuzzy",
  },
  {
    what: "a branch in Japanese",
    crm: [account("yam", "株式会社ヤマグチ電機", "yamaguchi.example")],
    lead: { company: "(株)ヤマグチ電機 東京支店" },
    account: "yam",
    method: "name",
  },
  {
    what: "the domain spells the account, and what was said is the first part of it",
    crm: [account("har", "Harlow Quills", "harlowquills.example")],
    lead: { email: "x@harlowquills.com", company: "Harlow" },
    account: "har",
    method: "suffix",
  },
  {
    what: "a short domain of a longer name proves nothing of that",
    crm: [account("har", "Harlow Generacion Costera", "harlow.example")],
    lead: { email: "x@harlow.com", company: "Harlow (EMEA)" },
    account: null,
    method: "none",
    shown: ["har"],
  },
  {
    what: "a university in its own language",
    crm: [account("uni", "Universität Kelmsburg", "kelmsburg.example")],
    lead: { company: "University of Kelmsburg" },
    account: "uni",
    method: "fuzzy",
  },
];
