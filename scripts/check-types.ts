/** The committed binding types must be what wrangler generates from wrangler.toml. */
import { conclude, run } from "./run.ts";

// Secrets come from .dev.vars, which a clean checkout doesn't have; an empty env file keeps both runs alike.
const args = [
  "types",
  "worker/worker-configuration.d.ts",
  "--include-runtime=false",
  "--env-file",
  "/dev/null",
  "--check",
];
const { code, output } = run("wrangler", args);
conclude(
  code === 0 ? [] : [output.trim(), "Run `npm run types` and commit the result."],
  "binding types are up to date",
);
