/** A deployment without the upload, for the top level and every environment: any warning fails. */
import { readFileSync } from "node:fs";
import { conclude, root, run } from "./run.ts";

const config = readFileSync(new URL("wrangler.toml", root), "utf8");
const named = [...config.matchAll(/^\[env\.([\w-]+)[\].]/gm)].map((match) => match[1] ?? "");
const environments = ["", ...new Set(named)];

function dryRun(environment: string): string[] {
  const out = `dist/deploy${environment === "" ? "" : `-${environment}`}`;
  const { code, output } = run("wrangler", ["deploy", "--dry-run", "--env", environment, "--outdir", out]);
  // wrangler ignores unknown keys and missing bindings with a mere warning; both mean a broken deployment.
  if (code === 0 && !/\bWARNING\b/.test(output)) return [];
  return [`wrangler deploy --dry-run${environment === "" ? "" : ` --env ${environment}`}:\n${output.trim()}`];
}

conclude(
  environments.flatMap(dryRun),
  `${environments.length} environment(s) would deploy without a warning`,
);
