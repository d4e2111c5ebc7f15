/** Records synced from a CRM: accounts, contacts, opportunities, sent in bulk. */
import * as z from "zod";
import { isoTime, LESSON_KINDS } from "./common.ts";

/**
 * A field that is left out stays as it is; null (or an empty cell) clears it. Fields beyond these are kept as `extra`.
 * Names are also found by the spellings CRMs use (`parent_id`, "Parent Account ID"): docs/crm.md.
 */
const text = (max: number) => z.string().max(max, `use at most ${max} characters`).nullish();
const id = z
  .string('is required: the CRM\'s own id of the record, such as "001A1"')
  .min(1, "is required: the CRM's own id of the record")
  .max(128, "use at most 128 characters");
const reference = text(128);
const roles = z.record(z.string().min(1).max(64), z.string().max(254).nullable());
const extra = z.record(z.string(), z.unknown());

/** How a CRM names a person: a person's id, external id or e-mail. */
const person = text(254).describe("A person's id, external id or e-mail, as the CRM names them");

export const accountInput = z
  .looseObject({
    id,
    name: text(300).describe("Required for an account that is new"),
    domain: text(300).describe("The account's own domain, or its website"),
    domains: z
      .array(z.string().max(300, "use at most 300 characters a domain"))
      .max(200, "give at most 200 domains")
      .nullish()
      .describe('Further domains: a list, or text such as "acme.example|acme-robots.example"'),
    parentId: reference.describe("May name an account that comes later"),
    owner: person,
    csm: person,
    roles: roles.nullish().describe('Further roles: {"csm": "ana@acme.example"}'),
    country: text(100).describe("ISO 3166 code or name"),
    city: text(200),
    industry: text(200),
    employees: z.int("use a whole number, such as 250").min(0, "use a number of 0 or more").nullish(),
    lifecycle: text(100).describe("Such as prospect, customer, competitor"),
    lastActivityAt: z.number().nullish().describe("Breaks ties between records of one company"),
    extra: extra.nullish(),
  })
  .meta({ id: "AccountInput" });

export const contactInput = z
  .looseObject({
    id,
    email: text(254).describe("Required for a contact that is new"),
    accountId: reference,
    name: text(300),
    title: text(300),
    phone: text(100),
    owner: person,
    lifecycle: text(100),
    doNotContact: z.boolean("use true or false").nullish(),
    lastActivityAt: z.number().nullish(),
    extra: extra.nullish(),
  })
  .meta({ id: "ContactInput" });

export const opportunityInput = z
  .looseObject({
    id,
    accountId: reference.describe("Required for an opportunity that is new"),
    name: text(300),
    open: z.boolean("use true or false").nullish().describe("Derived from isClosed or stage when absent"),
    isClosed: z.boolean("use true or false").nullish(),
    stage: text(200),
    amount: z.number("use a number, such as 12500.50").nullish(),
    currency: text(10),
    owner: person,
    closeDate: text(40),
    createdAt: z
      .number()
      .nullish()
      .describe("When it began: epoch ms, or a date or time of ISO 8601 (Salesforce's `+0000` too)"),
    lastActivityAt: z.number().nullish(),
    extra: extra.nullish(),
  })
  .meta({ id: "OpportunityInput" });

export const CRM_KINDS = ["accounts", "contacts", "opportunities"] as const;
export type CrmKind = (typeof CRM_KINDS)[number];

/** `received` = `upserted` + `rejectedCount`. */
export const upsertAnswer = z
  .object({
    received: z.int(),
    upserted: z.int().describe("Records taken, those that were up to date already included"),
    rejectedCount: z.int(),
    rejected: z
      .array(z.object({ line: z.int(), error: z.string() }))
      .describe(
        "The first 1,000; `line` counts from 1 in the body as sent (in a JSON list: the record's place)",
      ),
  })
  .meta({ id: "UpsertAnswer" });
export type UpsertAnswer = z.infer<typeof upsertAnswer>;

export const mergeBody = z
  .object({ into: z.string().min(1).max(128).describe("The account that stays") })
  .meta({ id: "MergeRequest" });

export const mergeAnswer = z
  .object({
    account: z.object({ id: z.string(), name: z.string() }),
    contacts: z.int(),
    opportunities: z.int(),
    children: z.int(),
    leads: z.int(),
    complete: z.boolean().describe("False: there is so much that the rest follows within minutes"),
  })
  .meta({ id: "MergeAnswer" });

export const accountQuery = z.object({
  q: z.string().trim().min(2, "type two characters at least").max(200).meta({
    description:
      "The beginning of a name, of a word of it or of a domain; or an id. Of an e-mail give the domain: addresses of requests end up in logs",
  }),
});

const shownText = z.string().nullable();

export const foundAccount = z
  .object({ id: z.string(), name: z.string(), domain: shownText, country: shownText, city: shownText })
  .meta({ id: "FoundAccount" });

export const accountList = z.object({ accounts: z.array(foundAccount) }).meta({ id: "AccountList" });

export const accountView = foundAccount
  .extend({
    domains: z.array(z.string()),
    otherNames: z.array(z.string()),
    parentId: shownText,
    parent: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .describe("Null where the CRM names none, or one that isn't here"),
    owner: shownText,
    industry: shownText,
    employees: z.number().nullable(),
    lifecycle: shownText,
    learned: z
      .array(
        z.object({
          kind: z.enum(LESSON_KINDS),
          value: z.string(),
          at: isoTime,
          by: z.string(),
          leadId: z.string().describe("The lead whose correction taught it"),
        }),
      )
      .describe("What corrections taught; no upsert touches it"),
  })
  .meta({ id: "Account" });

export const aliasParams = z.object({
  id: z.string().min(1).max(128),
  value: z.string().min(1).max(200),
});
