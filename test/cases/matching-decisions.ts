// A small CRM, and which account each request belongs to.
import type { AccountCandidate, MatchMethod } from "../../worker/domain/matching/types.ts";

type Account = Omit<AccountCandidate, "matchedKeys">;
const account = (id: string, name: string, domain: string | null, more: Partial<Account> = {}): Account => ({
  id,
  name,
  domain,
  domains: [],
  parentId: null,
  country: null,
  city: null,
  owner: null,
  lifecycle: null,
  hasOpenOpportunity: false,
  updatedAt: 0,
  ...more,
});

export const CRM: readonly Account[] = [
  account("acme", "Acme Robotics GmbH", "acme.example", {
    domains: ["acme.example", "acme-robots.example"],
    country: "DE",
    city: "Berlin",
  }),
  account("globex", "Globex Corporation", "globex.example"),
  account("globex-labs", "Globex Labs", "globexlabs.example", { parentId: "globex" }),
  account("initech-us", "Initech", "initech.com", { country: "US" }),
  account("wood-a", "Town of Woodford", "woodford-a.example", { country: "US", city: "Springfield" }),
  account("wood-b", "Town of Woodford", "woodford-b.example", { country: "US", city: "Salem", updatedAt: 9 }),
  account("umbra-us", "Umbra", "umbra.example", { country: "US", updatedAt: 1 }),
  account("umbra-fr", "Umbra", "umbra.example", { country: "FR", updatedAt: 2 }),
  account("hooli-old", "Hooli", null, { updatedAt: 1 }),
  account("hooli-x", "Hooli", "hooli-x.example"),
  account("vandelay", "Vandelay", "vandelay.example"),
  account("vandelay-uk", "Vandelay", "vandelay.example", { parentId: "vandelay", updatedAt: 5 }),
  account("soylent-1", "Soylent", "soylent-one.example"),
  account("soylent-2", "Soylent", "soylent-two.example", { hasOpenOpportunity: true }),
  account("cyber-1", "Cyberdyne", "cyberdyne.example", { updatedAt: 1 }),
  account("cyber-2", "Cyberdyne", "cyberdyne.example", { updatedAt: 2 }),
  account("bakery", "Acme Bakery", "facebook.com"),
  account("mailer", "Somebody's Shop", "gmail.com"),
];

export interface DecisionCase {
  what: string;
  lead: Partial<Record<"email" | "company" | "country" | "city" | "website", string>>;
  contact?: string;
  account: string | null;
  method: MatchMethod;
  /** The best candidate shown, where there is no match. */
  suggested?: string;
}

export const DECISIONS: readonly DecisionCase[] = [
  {
    what: "a known contact, even on free mail",
    lead: { email: "ana@gmail.com" },
    contact: "globex",
    account: "globex",
    method: "contact",
  },
  {
    what: "contact before domain",
    lead: { email: "ana@acme.example" },
    contact: "globex",
    account: "globex",
    method: "contact",
  },
  { what: "domain", lead: { email: "ana@acme.example" }, account: "acme", method: "domain" },
  { what: "subdomain", lead: { email: "ana@eu.mail.acme.example" }, account: "acme", method: "domain" },
  {
    what: "domain wins over another firm's name",
    lead: { email: "ana@acme.example", company: "Globex" },
    account: "acme",
    method: "domain",
  },
  {
    what: "junk name, good domain",
    lead: { email: "ana@acme.example", company: "n/a" },
    account: "acme",
    method: "domain",
  },
  { what: "alias domain", lead: { email: "ana@acme-robots.example" }, account: "acme", method: "alias" },
  {
    what: "a child's domain finds the child",
    lead: { email: "ana@globexlabs.example" },
    account: "globex-labs",
    method: "domain",
  },
  {
    what: "same label, same name",
    lead: { email: "ana@initech.de", company: "Initech AG" },
    account: "initech-us",
    method: "suffix",
  },
  {
    what: "same label, name begins so",
    lead: { email: "ana@initech.de", company: "Initech Deutschland" },
    account: "initech-us",
    method: "suffix",
  },
  {
    what: "same label, no name",
    lead: { email: "ana@initech.de" },
    account: null,
    method: "none",
    suggested: "initech-us",
  },
  {
    what: "same label, other name",
    lead: { email: "ana@initech.de", company: "Tech Institut" },
    account: null,
    method: "none",
    suggested: "initech-us",
  },
  {
    what: "name, other domain",
    lead: { email: "ana@agency.example", company: "GLOBEX corp" },
    account: "globex",
    method: "name",
  },
  {
    what: "name on free mail is a suggestion",
    lead: { email: "ana@gmail.com", company: "Globex" },
    account: null,
    method: "none",
    suggested: "globex",
  },
  {
    what: "name from a throw-away",
    lead: { email: "ana@mailinator.com", company: "Globex" },
    account: null,
    method: "none",
    suggested: "globex",
  },
  {
    what: "a website is a claim",
    lead: { email: "ana@agency.example", website: "https://www.globex.example/x" },
    account: "globex",
    method: "domain",
  },
  {
    what: "mail before website",
    lead: { email: "ana@acme.example", website: "globex.example" },
    account: "acme",
    method: "domain",
  },
  {
    what: "a website on free mail is a suggestion",
    lead: { email: "ana@gmail.com", website: "globex.example" },
    account: null,
    method: "none",
    suggested: "globex",
  },
  {
    what: "free mail stored as an account's domain",
    lead: { email: "ana@gmail.com" },
    account: null,
    method: "none",
  },
  {
    what: "page host stored as an account's domain",
    lead: { email: "ana@facebook.com" },
    account: null,
    method: "none",
  },
  {
    what: "homonyms told apart by city",
    lead: { email: "a@x.example", company: "Town of Woodford", country: "US", city: "SALEM" },
    account: "wood-b",
    method: "name",
  },
  {
    what: "homonyms, nothing said",
    lead: { email: "a@x.example", company: "Town of Woodford" },
    account: null,
    method: "none",
    suggested: "wood-a",
  },
  {
    what: "one company, country",
    lead: { email: "a@umbra.example", country: "US" },
    account: "umbra-us",
    method: "domain",
  },
  {
    what: "open opportunity tells homonyms apart",
    lead: { email: "a@x.example", company: "Soylent" },
    account: "soylent-2",
    method: "name",
  },
  {
    what: "parent among its children",
    lead: { email: "a@vandelay.example" },
    account: "vandelay",
    method: "domain",
  },
  {
    what: "duplicates: active last",
    lead: { email: "a@cyberdyne.example" },
    account: "cyber-2",
    method: "domain",
  },
  {
    what: "unknown domain and name",
    lead: { email: "a@nobody.example", company: "Nobody" },
    account: null,
    method: "none",
  },
  { what: "nothing at all", lead: {}, account: null, method: "none" },
  { what: "junk only", lead: { email: "a@gmail.com", company: "test" }, account: null, method: "none" },
];
