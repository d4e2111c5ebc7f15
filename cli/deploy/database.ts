/** The D1 database: found or made, migrated, and asked which secrets the live configuration names. */
import * as z from "zod";
import { DeployProblem } from "./problem.ts";
import type { Settings } from "./settings.ts";
import { jsonIn, type Wrangler } from "./wrangler.ts";

const List = z.array(z.object({ uuid: z.string(), name: z.string() }));
const Rows = z.array(z.object({ results: z.array(z.object({ name: z.string().nullable() })) }));
const ID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/;

async function findDatabase(wrangler: Wrangler, name: string): Promise<string | null> {
  const answer = await wrangler.ask("d1", "list", "--json");
  if (answer.code !== 0) throw new DeployProblem(answer.reason);
  const list = List.safeParse(jsonIn(answer.stdout));
  if (!list.success) throw new DeployProblem("wrangler d1 list answered something else than it used to");
  return list.data.find((database) => database.name === name)?.uuid ?? null;
}

/**
 * The id of the database of that name. An earlier run may have made it and been interrupted before writing the id down
 * (or run where wrangler.toml isn't kept, as in CI), so it is looked for first.
 */
export async function findOrCreateDatabase(
  wrangler: Wrangler,
  name: string,
): Promise<{ id: string; made: boolean }> {
  const found = await findDatabase(wrangler, name);
  if (found !== null) return { id: found, made: false };
  const answer = await wrangler.ask("d1", "create", name);
  if (answer.code !== 0) throw new DeployProblem(answer.reason);
  const id = ID.exec(answer.stdout)?.[0] ?? (await findDatabase(wrangler, name));
  if (id === null) throw new DeployProblem(`wrangler made the database ${name} but didn't say its id`);
  return { id, made: true };
}

export async function migrate(wrangler: Wrangler, { database }: Settings): Promise<void> {
  const answer = await wrangler.show("d1", "migrations", "apply", database, "--remote");
  if (answer.code !== 0) throw new DeployProblem(answer.reason);
}

const SECRETS_NAMED = `SELECT DISTINCT json_extract(n.value, '$.secretRef') AS name FROM revisions r
  JOIN config_versions v ON v.version = r.config, json_each(v.document, '$.notifications') n
  UNION SELECT json_extract(v.document, '$.enrichment.company.secretRef') FROM revisions r JOIN config_versions v ON v.version = r.config`;

/** Names that the live configuration's webhooks sign with, and its data provider is asked with. Only for a reminder, so it never fails a deployment. */
export async function secretsNamed(
  wrangler: Wrangler,
  { database }: Settings,
): Promise<readonly string[] | null> {
  const sql = SECRETS_NAMED.replaceAll(/\s+/g, " ");
  const answer = await wrangler.ask("d1", "execute", database, "--remote", "--json", "--command", sql);
  const rows = Rows.safeParse(jsonIn(answer.stdout));
  if (answer.code !== 0 || !rows.success) return null;
  return rows.data.flatMap(({ results }) => results.flatMap(({ name }) => (name === null ? [] : [name])));
}
