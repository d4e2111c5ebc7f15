/**
 * `npm start` after the packages are installed: builds what changed, prepares the state, and serves the whole product
 * from one port until told to stop. Decisions behind it: docs/decisions/0020-local-host.md.
 */
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Miniflare is six megabytes of source; its compiled form is kept between starts.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/leadclock", import.meta.url)));
const { run } = await import("./host/run.ts");
await run(join(fileURLToPath(new URL("..", import.meta.url))), process.env);
