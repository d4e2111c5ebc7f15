// What agrees and what doesn't between a request and an account of the small CRM (matching-decisions.ts), as the inspector
// shows it. `weight`: what the fact adds to the log-odds; null where a domain decides, or where it breaks ties only.
import type { MatchFeature } from "../../schema/wire/match.ts";
import type { DecisionCase } from "./matching-decisions.ts";

type Said = readonly [
  name: MatchFeature["name"],
  value: string,
  agrees: boolean | null,
  weight: "for" | "against" | null,
];

export const FACTS: readonly {
  what: string;
  lead: DecisionCase["lead"];
  account: string;
  facts: readonly Said[];
}[] = [
  {
    what: "its own domain: nothing else is weighed",
    lead: { email: "ana@eu.acme.example", company: "Globex", country: "FR" },
    account: "acme",
    facts: [
      ["email", "acme.example is the account's own domain", true, null],
      ["company", "“Globex” has little in common with “Acme Robotics GmbH”", false, null],
      ["country", "the lead in FR, the account in DE", false, null],
    ],
  },
  {
    what: "another domain of it, and all facts agree",
    lead: { email: "ana@acme-robots.example", company: "ACME Robotics", country: "DE", city: "berlin" },
    account: "acme",
    facts: [
      ["email", "acme-robots.example is another domain of the account", true, null],
      ["company", "“ACME Robotics” is a name of “Acme Robotics GmbH”", true, null],
      ["country", "both in DE", true, null],
      ["city", "both in Berlin", true, null],
    ],
  },
  {
    what: "another suffix",
    lead: { email: "ana@initech.de", company: "Initech AG", country: "DE" },
    account: "initech-us",
    facts: [
      ["email", "initech.de is a domain of the account under another suffix", true, "for"],
      ["company", "“Initech AG” is a name of “Initech”", true, "for"],
      ["country", "the lead in DE, the account in US", false, "against"],
    ],
  },
  {
    what: "free mail says nothing, a name alone is weighed",
    lead: { email: "ana@gmail.com", company: "Globex Corp." },
    account: "globex",
    facts: [
      ["email", "free mail: it says nothing of the company", null, null],
      ["company", "“Globex Corp.” is a name of “Globex Corporation”", true, "for"],
    ],
  },
  {
    what: "a misspelt mail provider is named as such",
    lead: { email: "ana@gmial.com", company: "Globex" },
    account: "globex",
    facts: [
      ["email", "gmial.com, probably gmail.com misspelt: it says nothing of the company", null, null],
      ["company", "“Globex” is a name of “Globex Corporation”", true, "for"],
    ],
  },
  {
    what: "a throw-away",
    lead: { email: "ana@mailinator.com", company: "Globex" },
    account: "globex",
    facts: [
      ["email", "a throw-away address: it says nothing of the company", null, null],
      ["company", "“Globex” is a name of “Globex Corporation”", true, "for"],
    ],
  },
  {
    what: "a domain that spells the company given, which is a letter from the account",
    lead: { email: "ana@globax.example", company: "Globax" },
    account: "globex",
    facts: [
      ["email", "globax.example spells the company given, not this one", false, "against"],
      ["company", "“Globax” resembles “Globex Corporation”", true, "for"],
    ],
  },
  {
    what: "a website that is only claimed",
    lead: { email: "ana@agency.example", website: "https://www.globex.example/x" },
    account: "globex",
    facts: [
      ["email", "agency.example is no domain of the account", false, null],
      ["website", "globex.example is the account's own domain", true, null],
    ],
  },
  {
    what: "initials",
    lead: { email: "ana@gmail.com", company: "NMIB", country: "GB" },
    account: "northwind",
    facts: [
      ["email", "free mail: it says nothing of the company", null, null],
      ["company", "“NMIB” are the initials of “Northwind Marine Insurance Brokers Ltd”", true, "for"],
      ["country", "both in GB", true, "for"],
    ],
  },
  {
    what: "written out, where the account is called by its initials",
    lead: { email: "ana@gmail.com", company: "Universal Marine Brokers Regent Association" },
    account: "umbra-us",
    facts: [
      ["email", "free mail: it says nothing of the company", null, null],
      ["company", "“Universal Marine Brokers Regent Association” has the initials “Umbra”", null, "against"],
    ],
  },
  {
    what: "a firm said to stand behind it",
    lead: { email: "ana@agency.example", company: "Piedpiper, a Globex company" },
    account: "globex",
    facts: [
      ["email", "agency.example is no domain of the account", false, "against"],
      ["company", "“Piedpiper, a Globex company” is said to belong to “Globex Corporation”", true, "for"],
    ],
  },
  {
    what: "another town of the same name",
    lead: { email: "a@gmail.com", company: "Town of Woodford", country: "US", city: "Salem" },
    account: "wood-a",
    facts: [
      ["email", "free mail: it says nothing of the company", null, null],
      ["company", "“Town of Woodford” is a name of “Town of Woodford”", true, "for"],
      ["country", "both in US", true, "for"],
      ["city", "the lead in Salem, the account in Springfield", false, "against"],
    ],
  },
  {
    what: "an open opportunity breaks ties only",
    lead: { email: "a@gmail.com", company: "Soylent" },
    account: "soylent-2",
    facts: [
      ["email", "free mail: it says nothing of the company", null, null],
      ["company", "“Soylent” is a name of “Soylent”", true, "for"],
      ["opportunity", "has an open opportunity, which breaks ties", null, null],
    ],
  },
  { what: "nothing said, nothing shown", lead: {}, account: "globex", facts: [] },
];
