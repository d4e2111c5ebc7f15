/** The Worker itself: which secrets it has, putting it up, and whether it answers. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { DeployProblem } from "./problem.ts";
import { type Answer, jsonIn, type Wrangler } from "./wrangler.ts";

const Secrets = z.array(z.object({ name: z.string() }));
const Described = z.object({ openapi: z.string(), info: z.object({ title: z.string() }) });

/** Null where there is no such Worker yet. */
export async function secretsOf(wrangler: Wrangler): Promise<readonly string[] | null> {
  const answer = await wrangler.ask("secret", "list");
  if (answer.code !== 0) {
    if (/^Worker ".*not found/.test(answer.reason)) return null;
    throw new DeployProblem(answer.reason);
  }
  const list = Secrets.safeParse(jsonIn(answer.stdout));
  if (!list.success) throw new DeployProblem("wrangler secret list answered something else than it used to");
  return list.data.map(({ name }) => name);
}

/** Custom domains first: that is where people are sent. Everything else wrangler lists (routes, crons) is no address. */
function addressIn(records: Answer["records"]): string | null {
  const targets = records.findLast((record) => record["type"] === "deploy")?.["targets"];
  const names = Array.isArray(targets) ? targets.filter((target) => typeof target === "string") : [];
  const domain = names.map((name) => /^(\S+) \(custom domain/.exec(name)?.[1]).find(Boolean);
  if (domain !== undefined) return `https://${domain}`;
  return names.find((name) => /^https?:\/\//.test(name)) ?? null;
}

/**
 * Secrets go up with the code, so that the Worker never runs without them. wrangler takes them from a file: ours alone
 * to read, and gone afterwards. Answers where the Worker is reached; null where wrangler named no address.
 */
export async function release(
  wrangler: Wrangler,
  secrets: Readonly<Record<string, string>>,
): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), "leadclock-secrets-"));
  try {
    const args = ["deploy"];
    if (Object.keys(secrets).length > 0) {
      const file = join(folder, "secrets.json");
      writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
      args.push("--secrets-file", file);
    }
    const answer = await wrangler.show(...args);
    if (answer.code !== 0) throw new DeployProblem(answer.reason);
    return addressIn(answer.records);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function problemAt(url: string, stop: AbortSignal): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([stop, AbortSignal.timeout(10_000)]) });
    if (!answer.ok) return `HTTP ${answer.status}`;
    return Described.safeParse(await answer.json()).success ? null : "something that isn't Leadclock's API";
  } catch (error) {
    stop.throwIfAborted();
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** A new address takes up to a minute to get its name and certificate, so a failure counts only after `waitMs`. */
export async function answers(origin: string, waitMs: number, stop: AbortSignal): Promise<void> {
  const until = Date.now() + waitMs;
  for (;;) {
    const problem = await problemAt(`${origin}/v1/openapi.json`, stop);
    if (problem === null) return;
    if (Date.now() >= until) throw new DeployProblem(`${origin} doesn't answer as it should (${problem})`);
    await sleep(Math.min(2_000, waitMs), undefined, { signal: stop });
  }
}
