/** Fills an empty workspace with the demo, through the same HTTP API that customers use. */
import type { ConfigInput } from "../../schema/config/document.ts";
import { demoConfig } from "./config.ts";
import { demoCrm } from "./crm.ts";
import { demoLeads } from "./leads.ts";
import type { Played, Step } from "./steps.ts";

export interface SeedOptions {
  /** Has the script played beside the product's database; absent where it isn't to be played. */
  play?: (script: { steps: readonly Step[]; now: number }) => Promise<unknown>;
  /** Where the product answers, such as `http://localhost:8787`, without a trailing slash. */
  origin: string;
  apiKey: string;
  /** Where the demo's day ends, epoch milliseconds. */
  now: number;
  log: (line: string) => void;
  /** What sends the requests; the global `fetch` when absent. */
  send?: typeof fetch;
}

interface Upserted {
  received: number;
  upserted: number;
  rejected: { line: number; error: string }[];
}

const call = async (options: SeedOptions, path: string, type: string, body: string): Promise<unknown> => {
  const { origin, apiKey, send = fetch } = options;
  const answer = await send(`${origin}${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": type },
    body,
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(
      `PUT ${path.replace(/\?.*/, "")} answered ${String(answer.status)}: ${text.slice(0, 2000)}`,
    );
  return JSON.parse(text) as unknown;
};

const upsert = async (options: SeedOptions, path: string, rows: readonly object[]): Promise<void> => {
  const lines = rows.map((row) => JSON.stringify(row)).join("\n");
  const { upserted, rejected } = (await call(
    options,
    path,
    "application/x-ndjson",
    `${lines}\n`,
  )) as Upserted;
  const first = rejected[0];
  if (first) {
    throw new Error(
      `PUT ${path} refused ${String(rejected.length)} rows; line ${String(first.line)}: ${first.error}`,
    );
  }
  options.log(`${path}: ${String(upserted)} records`);
};

/** What the demo company had before: so that there is an older version to compare with and to bring back. */
const beginnings = (document: ConfigInput): ConfigInput => ({
  ...document,
  sla: document.sla.map((policy) => (policy.id === "vip" ? { ...policy, firstTouch: "PT10M" } : policy)),
  routing: {
    ...document.routing,
    rules: (document.routing.rules ?? []).filter(({ mode }) => mode !== "observe"),
  },
});

const publish = async (options: SeedOptions, document: ConfigInput, note: string): Promise<number> => {
  const path = `/v1/config?note=${encodeURIComponent(note)}`;
  const answer = await call(options, path, "application/json", JSON.stringify(document));
  return (answer as { version: number }).version;
};

/**
 * Publishes the configuration and the CRM, and plays the day that ends at `now`; gives back its script.
 * Throws with what the API answered where it refuses anything.
 */
export const seedDemo = async (options: SeedOptions): Promise<Step[]> => {
  const document = demoConfig(options.origin);
  await publish(options, beginnings(document), "As we began");
  const version = await publish(
    options,
    document,
    "Hot inbound gets five minutes; enquiries to marketing on trial",
  );
  options.log(`/v1/config: version ${String(version)}, ${String(document.people.length)} people`);
  const crm = demoCrm();
  await upsert(options, "/v1/accounts", crm.accounts);
  await upsert(options, "/v1/contacts", crm.contacts);
  await upsert(options, "/v1/opportunities", crm.opportunities);
  const steps = demoLeads(options.now, undefined, crm);
  if (options.play) report(options, (await options.play({ steps, now: options.now })) as Played);
  return steps;
};

const report = (options: SeedOptions, played: Played): void => {
  options.log(`a day of leads: ${String(played.steps)} steps, ${String(played.timers)} timers`);
  for (const line of played.refused) options.log(`  refused: ${line}`);
};
