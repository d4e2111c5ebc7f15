/** Every table: what drizzle-kit compares the migrations with. */
export * from "./backtests.ts";
export * from "./companies.ts";
export * from "./access.ts";
export * from "./config.ts";
export * from "./crm.ts";
export * from "./imports.ts";
export * from "./leads.ts";
export * from "./outbound.ts";
export * from "./privacy.ts";
export * from "./reports.ts";
export * from "./rotation.ts";
export * from "./work.ts";
