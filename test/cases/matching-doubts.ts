// Small CRMs where luck could decide: shared domains, homonyms beyond what is looked at, slips that are none. Each says which
// account is right, or that none may be taken.
import { account, type Account } from "./matching-decisions.ts";
import type { MatchMethod } from "../../worker/domain/matching/types.ts";

export interface DoubtCase {
  what: string;
  crm: readonly Account[];
  lead: Partial<Record<"email" | "company" | "country" | "city" | "website", string>>;
  /** What the network guesses of the request. */
  edge?: { country?: string; city?: string };
  /** Accounts that contacts with the address belong to, as the CRM says; they needn't exist. */
  contacts?: readonly string[];
  account: string | null;
  method: MatchMethod;
  /** Parts of what is said about it. */
  because?: string;
  /** Accounts among those shown. */
  shown?: readonly string[];
}

export const many = (count: number, make: (n: number) => Account): Account[] =>
  Array.from({ length: count }, (_, n) => make(n));
const id = (n: number): string => `v${String(n).padStart(2, "0")}`;

const JIVE = account("jive", "Jive Records", "jive.com");
const NAVEX = account("navex", "Navex Global", null, { domains: ["navex.com"] });

const STATE = [
  account("dot", "Department of Transport", "dot.osterland.example", { updatedAt: 9 }),
  account("epa", "Environmental Protection Agency", "epa.osterland.example"),
];

const NORDWIND = [
  account("energy", "Nordwind Energy", "nordwind.example", { updatedAt: 9 }),
  account("logistics", "Nordwind Logistics", "nordwind.example", { updatedAt: 1 }),
];

/** Of the three in Austria one is among those with the lowest ids. */
const VOLKSBANK = many(30, (n) =>
  account(id(n), "Volksbank", `volksbank-${n}.example`, {
    country: [5, 28, 29].includes(n) ? "AT" : "DE",
    city: n === 28 ? "Graz" : n === 5 ? "Linz" : `Town ${n}`,
    hasOpenOpportunity: n === 3,
  }),
);
const BRANCHES = many(30, (n) =>
  account(id(n), "Soylent Foods", "soylent.example", { country: n === 7 ? "FR" : "US", updatedAt: n }),
);
/** Two of one name, each as its own register writes the town. */
const WOODFORD = [
  account("north", "Town of Woodford", "woodfordnorth.example", { country: "US", city: "Woodford" }),
  account("south", "Town of Woodford", "woodfordsouth.example", { country: "US", city: "Town of Woodford" }),
];
/** All are "India" for short. */
const INDIAN = [
  ...many(30, (n) => account(id(n), `Firm${n} Works (India) Ltd`, `firm${n}.example`, { country: "IN" })),
  account("w99", "Kelvander Oil Co. (India) Limited", "kelvander.example", { country: "IN" }),
  account("a00", "Ostrander Water Oil Co. (India) Limited", "ostrander.example", { country: "IN" }),
];

export const DOUBTS: readonly DoubtCase[] = [
  {
    what: "a company's own domain is no slip of live.com",
    crm: [JIVE],
    lead: { email: "ana@mail.jive.com" },
    account: "jive",
    method: "domain",
  },
  {
    what: "nor is another domain of one of naver.com",
    crm: [NAVEX],
    lead: { email: "ana@navex.com", company: "Navex" },
    account: "navex",
    method: "alias",
  },
  {
    what: "where no account has it, it stays one",
    crm: [account("jive", "Jive Records", "jiverecords.example")],
    lead: { email: "ana@jive.com", company: "Jive Records" },
    account: null,
    method: "none",
    because: "free mail",
    shown: ["jive"],
  },
  {
    what: "of bodies that share a domain, the one whose host the mail comes from",
    crm: STATE,
    lead: { email: "x@epa.osterland.example" },
    account: "epa",
    method: "domain",
    because: "own host",
  },
  {
    what: "a mail host below it, too",
    crm: [...STATE, account("state", "State of Osterland", "osterland.example", { updatedAt: 99 })],
    lead: { email: "x@mail.epa.osterland.example" },
    account: "epa",
    method: "domain",
  },
  {
    what: "the registrable domain's own account takes what no other host is above",
    crm: [...STATE, account("state", "State of Osterland", "osterland.example")],
    lead: { email: "x@water.osterland.example" },
    account: "state",
    method: "domain",
  },
  {
    what: "none of them: activity doesn't tell two bodies apart",
    crm: STATE,
    lead: { email: "x@water.osterland.example" },
    account: null,
    method: "none",
    shown: ["dot", "epa"],
  },
  {
    what: "a body among forty of one domain is found by its host",
    crm: [
      ...many(40, (n) => account(id(n), `Office ${n} of Osterland`, `o${n}.osterland.example`)),
      account("zoo", "Zoological Garden", "zoo.osterland.example"),
    ],
    lead: { email: "x@zoo.osterland.example" },
    account: "zoo",
    method: "domain",
  },
  {
    what: "of accounts with one domain, the one whose name is a part of what was said",
    crm: NORDWIND,
    lead: { email: "a@nordwind.example", company: "Nordwind Logistics, Hamburg" },
    account: "logistics",
    method: "domain",
    because: "nearest to the company given",
  },
  {
    what: "the one whose name is nearest, mistyped",
    crm: NORDWIND,
    lead: { email: "a@nordwind.example", company: "Nordwind Logistcs" },
    account: "logistics",
    method: "domain",
  },
  {
    what: "names that differ, and the lead gives neither",
    crm: NORDWIND,
    lead: { email: "a@nordwind.example", company: "Nordwind" },
    account: null,
    method: "none",
    shown: ["energy", "logistics"],
  },
  {
    what: "names that differ, and no name given",
    crm: NORDWIND,
    lead: { email: "a@nordwind.example" },
    account: null,
    method: "none",
  },
  {
    what: "children of one parent that differ in name",
    crm: NORDWIND.map((each) => ({ ...each, parentId: "nordwind" })),
    lead: { email: "a@nordwind.example" },
    account: null,
    method: "none",
  },
  {
    what: "one name spelt differently is one company: active last",
    crm: [
      account("old", "Nordwind Energy GmbH", "nordwind.example", { updatedAt: 1 }),
      account("new", "NORDWIND Energie", "nordwind.example", { updatedAt: 2 }),
    ],
    lead: { email: "a@nordwind.example" },
    account: "new",
    method: "domain",
    because: "active last",
  },
  {
    what: "a name and its initials are one company",
    crm: [
      account("long", "Nordwind Marine Brokers", "nmb.example", { updatedAt: 1 }),
      account("short", "NMB", "nmb.example", { updatedAt: 2 }),
    ],
    lead: { email: "a@nmb.example" },
    account: "short",
    method: "domain",
  },
  {
    what: "more homonyms than are looked at: the country doesn't say which",
    crm: VOLKSBANK,
    lead: { email: "x@agency.example", company: "Volksbank", country: "AT" },
    account: null,
    method: "none",
    because: "More than 20 accounts",
  },
  {
    what: "nor does a deal",
    crm: VOLKSBANK,
    lead: { email: "x@agency.example", company: "Volksbank" },
    account: null,
    method: "none",
    because: "More than 20 accounts",
  },
  {
    what: "its city does, wherever it stands in the list",
    crm: VOLKSBANK,
    lead: { email: "x@agency.example", company: "Volksbank", country: "AT", city: "Graz" },
    account: "v28",
    method: "name",
  },
  {
    what: "its own domain does",
    crm: VOLKSBANK,
    lead: { email: "x@volksbank-28.example", company: "Volksbank" },
    account: "v28",
    method: "domain",
  },
  {
    what: "more records of one domain than are looked at: activity doesn't say which",
    crm: BRANCHES,
    lead: { email: "x@soylent.example" },
    account: null,
    method: "none",
    because: "More than 20 accounts",
  },
  {
    what: "nor does the country",
    crm: BRANCHES,
    lead: { email: "x@soylent.example", country: "FR" },
    account: null,
    method: "none",
  },
  {
    what: "what many share besides is no doubt where the rest of the name is one's alone",
    crm: INDIAN,
    lead: { email: "x@agency.example", company: "Ostrander Watr Oil Co. (India)", country: "IN" },
    account: "a00",
    method: "fuzzy",
  },
  {
    what: "what many share, alone, is",
    crm: INDIAN,
    lead: { email: "x@agency.example", company: "India", country: "IN" },
    account: null,
    method: "none",
  },
  {
    what: "towns that agree word for word go before those that agree in what they are called",
    crm: WOODFORD,
    lead: { email: "x@agency.example", company: "Town of Woodford", city: "Woodford" },
    account: "north",
    method: "name",
  },
  {
    what: "the other way round, too",
    crm: WOODFORD,
    lead: { email: "x@agency.example", company: "town of woodford", city: "town of woodford" },
    account: "south",
    method: "name",
  },
  {
    what: "and alone, what it is called is enough",
    crm: WOODFORD.slice(1),
    lead: { email: "x@agency.example", company: "Woodford Town", city: "Woodford" },
    account: "south",
    method: "fuzzy",
  },
];
