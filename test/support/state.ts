/** The product's database as another process sees it: SQLite in WAL mode, so that looking disturbs nobody. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ConfigDocument } from "../../schema/config/document.ts";
import { INVARIANTS } from "./invariants.ts";

/** The one file behind D1. */
export function databaseFile(dataDir: string): string {
  const folder = join(dataDir, "v3/d1/miniflare-D1DatabaseObject");
  const [name, other] = readdirSync(folder).filter(
    (file) => file.endsWith(".sqlite") && file !== "metadata.sqlite",
  );
  if (name === undefined || other !== undefined) throw new Error(`${folder} should hold one database`);
  return join(folder, name);
}

/** Runs one query against the state as it is now. */
export function query<T>(dataDir: string, sql: string, ...values: (string | number)[]): T[] {
  const database = new DatabaseSync(databaseFile(dataDir), { readOnly: true });
  try {
    return database.prepare(sql).all(...values) as T[];
  } finally {
    database.close();
  }
}

/** Publishes past the checks of the API, whose limits these documents don't keep to (targets of seconds). */
export function publishInto(dataDir: string, document: ConfigDocument): number {
  const database = new DatabaseSync(databaseFile(dataDir), { timeout: 5_000 });
  try {
    database.exec("BEGIN IMMEDIATE");
    const { version } = database.prepare("SELECT config + 1 AS version FROM revisions").get() as {
      version: number;
    };
    database
      .prepare(
        "INSERT INTO config_versions (version, document, note, published_by, published_at) VALUES (?, ?, NULL, 'system', ?)",
      )
      .run(version, JSON.stringify(document), Date.now());
    database.prepare("UPDATE revisions SET config = ?").run(version);
    database.exec("COMMIT");
    return version;
  } finally {
    database.close();
  }
}

/** Another process holds the database: every statement of D1 fails until `release`. */
export function lockDatabase(dataDir: string): { release(): void } {
  const database = new DatabaseSync(databaseFile(dataDir), { timeout: 10_000 });
  database.exec("BEGIN EXCLUSIVE");
  return {
    release() {
      database.exec("ROLLBACK");
      database.close();
    },
  };
}

/** What must hold whatever happened, each as a query for what breaks it. */
const BROKEN: Readonly<Record<string, string>> = {
  ...INVARIANTS,
  "a lead without its founding events": `SELECT id FROM leads l WHERE
    (SELECT count(*) FROM events e WHERE e.lead_id = l.id AND e.type IN ('lead.captured', 'lead.matched')) <> 2`,
  "an assignment without its event": `SELECT a.lead_id AS id FROM assignments a WHERE (SELECT count(*) FROM events e WHERE e.lead_id = a.lead_id
    AND e.type IN ('lead.assigned', 'lead.reassigned', 'lead.opened', 'lead.rerouted')) < a.seq`,
  "two leads of one e-mail":
    "SELECT email_norm AS id FROM leads WHERE open = 1 GROUP BY email_norm HAVING count(*) > 1",
  "a breach without its reassignment": `SELECT id FROM leads l WHERE breaches <> (SELECT count(*) FROM events e WHERE e.lead_id = l.id AND e.type = 'sla.breached' AND e.data ->> 'observed' IS NULL)
    OR reassignments <> (SELECT count(*) FROM events e WHERE e.lead_id = l.id AND e.type = 'lead.reassigned')`,
  "credits that don't add up": `SELECT team_id AS id FROM rotation_credits c GROUP BY team_id HAVING abs(sum(credit) -
    (SELECT coalesce(sum(amount), 0) FROM rotation_entries e WHERE e.team_id = c.team_id)) > 1e-6`,
};

/** Every invariant that doesn't hold, with the first few it doesn't hold for. */
export function brokenInvariants(dataDir: string): string[] {
  return Object.entries(BROKEN).flatMap(([name, sql]) => {
    const rows = query<{ id: string }>(dataDir, sql);
    return rows.length === 0
      ? []
      : [
          `${name}: ${rows.length}, ${rows
            .slice(0, 3)
            .map((row) => row.id)
            .join(" ")}`,
        ];
  });
}
