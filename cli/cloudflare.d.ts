/** The few platform types that flows name and the demo's player hands to them. */
import type * as cf from "@cloudflare/workers-types/experimental";

declare global {
  type D1Database = cf.D1Database;
  type D1PreparedStatement = cf.D1PreparedStatement;
}
