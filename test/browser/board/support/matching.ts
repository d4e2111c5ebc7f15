/** Accounts of the fake API, and what matching says of them. */
import type * as z from "zod";
import type { accountView } from "../../../../schema/wire/crm.ts";
import { matchQuestion, type MatchAnswer } from "../../../../schema/wire/match.ts";

const ACCOUNTS = [
  { id: "acc-1", name: "Northwind GmbH", domain: "northwind.example", country: "DE", city: "Berlin" },
  {
    id: "acc-2",
    name: "Northwind Iberia",
    domain: "northwind-iberia.example",
    country: "ES",
    city: "Madrid",
  },
  { id: "acc-9", name: "Globex Holding", domain: "globex.example", country: "AT", city: null },
];

export const findAccounts = (q: string) =>
  ACCOUNTS.filter(({ name, domain }) => `${name} ${domain}`.toLowerCase().includes(q.toLowerCase()));

const candidates: MatchAnswer["results"][number]["candidates"] = [
  {
    account: { id: "acc-1", name: "Northwind GmbH" },
    confidence: 0.93,
    method: "suffix",
    reasons: [
      "The e-mail's domain northwind.test is northwind.example under another suffix, and the name agrees.",
    ],
    features: [
      {
        name: "email",
        value: "northwind.test is a domain of the account under another suffix",
        agrees: true,
        weight: 2.4,
      },
      { name: "company", value: "“Northwind” is a name of “Northwind GmbH”", agrees: true, weight: 3.1 },
      { name: "country", value: "both in DE", agrees: true, weight: 0.5 },
    ],
  },
  {
    account: { id: "acc-2", name: "Northwind Iberia" },
    confidence: 0.41,
    method: "fuzzy",
    reasons: ["The company given, Northwind, resembles Northwind Iberia: the account has more words."],
    features: [
      { name: "company", value: "“Northwind” resembles “Northwind Iberia”", agrees: true, weight: 1.2 },
      { name: "country", value: "the lead in DE, the account in ES", agrees: false, weight: -0.8 },
      {
        name: "opportunity",
        value: "has an open opportunity, which breaks ties",
        agrees: null,
        weight: null,
      },
    ],
  },
];

/** Northwind is found, "near" only nearly, and anything else not at all. */
export const matchFor = (body: unknown): MatchAnswer => ({
  results: matchQuestion.parse(body).leads.map(resultFor),
  thresholds: { accept: 0.6, review: 0.1 },
});

const resultFor = (lead: unknown): MatchAnswer["results"][number] => {
  const said = JSON.stringify(lead ?? {}).toLowerCase();
  const [best] = candidates;
  const none = { id: null, account: null, method: "none" as const };
  return said.includes("northwind")
    ? {
        id: null,
        account: best!.account,
        confidence: 0.93,
        method: best!.method,
        reasons: best!.reasons,
        candidates,
        ...(said.includes("@gmail.com") ? { suggestionOnly: true as const } : {}),
      }
    : said.includes("near")
      ? {
          ...none,
          confidence: 0.41,
          reasons: ["The best candidate, Northwind Iberia, is not sure enough (41 %, 60 % needed)."],
          candidates: candidates.slice(1),
        }
      : { ...none, confidence: 0, reasons: ["No account has the domain nowhere.example."], candidates: [] };
};

export type AccountView = z.infer<typeof accountView>;

/** Two as the CRM has them; the first has learned a domain and a name. */
export const makeAccounts = (now: number): AccountView[] =>
  ACCOUNTS.slice(0, 2).map((account, at) => ({
    ...account,
    domains: at === 0 ? ["northwind.example", "north-wind.example"] : [],
    otherNames: at === 0 ? ["Northwind Trading"] : [],
    parentId: at === 0 ? null : "acc-1",
    parent: at === 0 ? null : { id: "acc-1", name: "Northwind GmbH" },
    owner: "ben@acme.example",
    industry: at === 0 ? "Logistics" : null,
    employees: at === 0 ? 1200 : null,
    lifecycle: "customer",
    learned:
      at === 0
        ? [
            {
              kind: "domain" as const,
              value: "nw-holding.example",
              at: new Date(now - 86_400_000).toISOString(),
              by: "person:ben",
              leadId: "L-due",
            },
            {
              kind: "name" as const,
              value: "Northwind Handelsgesellschaft für Seefracht und Spedition",
              at: new Date(now - 3_600_000).toISOString(),
              by: "key:admin",
              leadId: "L-late",
            },
          ]
        : [],
  }));
