/** What a data provider said of a company, by its registrable domain. Times are epoch milliseconds. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const companies = sqliteTable("companies", {
  domain: text("domain").primaryKey(),
  provider: text("provider").notNull(),
  /** CompanyFacts, JSON; null: the provider doesn't know it. */
  facts: text("facts"),
  fetchedAt: integer("fetched_at").notNull(),
  /** Not used from then on. */
  expiresAt: integer("expires_at").notNull(),
});
