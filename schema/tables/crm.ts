/** Records synced from the CRM, and the keys by which a lead finds its account. */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const accounts = sqliteTable(
  "accounts",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    domain: text("domain"),
    /** Further domains, JSON list. */
    domains: text("domains").notNull().default("[]"),
    parentId: text("parent_id"),
    /** The owner as the CRM names them: a person's id, external id or e-mail. */
    owner: text("owner"),
    /** Other roles, JSON: `{"csm": "…"}`. */
    roles: text("roles").notNull().default("{}"),
    country: text("country"),
    city: text("city"),
    industry: text("industry"),
    employees: integer("employees"),
    lifecycle: text("lifecycle"),
    /** Fields we were sent and don't know, JSON. */
    extra: text("extra").notNull().default("{}"),
    updatedAt: integer("updated_at").notNull(),
    /** Names it also goes by, JSON list: those of accounts merged into it. */
    otherNames: text("other_names").notNull().default("[]"),
    /** Domains and names that people's corrections taught, JSON list; no upsert touches it. */
    learned: text("learned").notNull().default("[]"),
    /** What stands for it in account_keys, JSON list, so that no index by account is needed to take it out. */
    keys: text("keys"),
    /** The rules by which `keys` were derived (KEYS_VERSION). */
    keysVersion: integer("keys_version").notNull().default(0),
  },
  (t) => [index("accounts_by_parent").on(t.parentId)],
);

/**
 * `key` is a kind and a value such as `d:acme.example`. WITHOUT ROWID (migrations/0003), so the primary key is all there is:
 * one tree to write for each key, in order of key.
 */
export const accountKeys = sqliteTable(
  "account_keys",
  { key: text("key").notNull(), accountId: text("account_id").notNull() },
  (t) => [primaryKey({ columns: [t.key, t.accountId] })],
);

export const contacts = sqliteTable(
  "contacts",
  {
    id: text("id").primaryKey(),
    email: text("email").notNull(),
    emailNorm: text("email_norm").notNull(),
    accountId: text("account_id"),
    name: text("name"),
    title: text("title"),
    phone: text("phone"),
    owner: text("owner"),
    doNotContact: integer("do_not_contact").notNull().default(0),
    lifecycle: text("lifecycle"),
    extra: text("extra").notNull().default("{}"),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [index("contacts_by_email").on(t.emailNorm), index("contacts_by_account").on(t.accountId)],
);

export const opportunities = sqliteTable(
  "opportunities",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    name: text("name"),
    open: integer("open").notNull(),
    stage: text("stage"),
    amount: real("amount"),
    currency: text("currency"),
    owner: text("owner"),
    closeDate: text("close_date"),
    /** When it began, as the CRM says; null where it doesn't, or not so that it can be read. */
    begunAt: integer("begun_at"),
    extra: text("extra").notNull().default("{}"),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [
    index("opportunities_by_account").on(t.accountId, t.open),
    /** Which currencies there are is asked with every roll-up. */
    index("opportunities_by_currency")
      .on(t.currency)
      .where(sql`currency IS NOT NULL`),
  ],
);

/** Addresses that mustn't be contacted, whatever the CRM says of them. */
export const suppressed = sqliteTable("suppressed", {
  emailNorm: text("email_norm").primaryKey(),
  at: integer("at").notNull(),
  by: text("by").notNull(),
  reason: text("reason"),
  /** The lead that was closed with it. */
  leadId: text("lead_id"),
});
