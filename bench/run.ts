/**
 * `npm run bench`: what we claim about speed, as ratios to floors measured in the same run on the same runtime
 * (docs/performance.md). `BENCH_SECONDS` (30), `BENCH_CLOCKS` (3000), `BENCH_OPEN` (100000) leads with `BENCH_DUE` (5000) due over
 * `BENCH_OVER` (60) seconds, `BENCH_SECOND` (3000) due in one, `BENCH_MONDAY` (3000) queued, `BENCH_ACCOUNTS` (10000), `BENCH_IMPORT` (10000,50000:
 * sizes to import, comma-separated), `BENCH_BACKTEST` (10000,100000: leads), `BENCH_REPORTS` (10000,100000: leads to report on)
 * and `BENCH_ONLY` (parts by name, comma-separated) make it shorter. Ends with code 1 if a target is missed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { rootPath } from "../scripts/run.ts";
import { loadAccounts } from "./accounts.ts";
import { backtests } from "./backtest.ts";
import { burst } from "./burst.ts";
import { calendars } from "./calendar.ts";
import { latency, throughput } from "./capture.ts";
import { deadlines } from "./clocks.ts";
import { costs } from "./cost.ts";
import { decisions } from "./decision.ts";
import { startFloor } from "./floor-host.ts";
import { imports } from "./import.ts";
import { monday } from "./monday.ts";
import { hundred, second } from "./open-leads.ts";
import { reports } from "./reports.ts";
import { table, type Claim } from "./tell.ts";
import { verifying } from "./verify.ts";
import { weight } from "./weight.ts";
import { withTeam } from "./with-team.ts";

const setting = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const seconds = setting("BENCH_SECONDS", 30);
const only = process.env["BENCH_ONLY"]?.split(",");

const floor = await startFloor();
const parts: Readonly<Record<string, () => Promise<Claim[]>>> = {
  cost: () => withTeam({ reps: 8 }, (product) => costs(product, floor)),
  latency: () => withTeam({ reps: 8 }, (product) => latency(product, floor.origin, seconds, "plain")),
  // Targets under two minutes: every clock is armed before its visitor is answered.
  armed: () =>
    withTeam({ reps: 8, firstTouch: "PT100S" }, (product) =>
      latency(product, floor.origin, seconds / 2, "armed"),
    ),
  throughput: () => withTeam({ reps: 8 }, (product) => throughput(product, floor.origin, seconds, "flood")),
  accounts: () =>
    withTeam({ reps: 8 }, async (product) => {
      await loadAccounts(product, setting("BENCH_ACCOUNTS", 10_000));
      return [
        ...(await latency(product, floor.origin, seconds, "accounts")),
        ...(await throughput(product, floor.origin, seconds, "accountsflood")),
      ];
    }),
  import: () => imports(floor, (process.env["BENCH_IMPORT"] ?? "10000,50000").split(",").map(Number)),
  clocks: () => deadlines(floor.origin, setting("BENCH_CLOCKS", 3_000)),
  hundred: () =>
    hundred(floor.origin, {
      open: setting("BENCH_OPEN", 100_000),
      due: setting("BENCH_DUE", 5_000),
      overMs: setting("BENCH_OVER", 60) * 1000,
    }),
  second: () => second(floor.origin, setting("BENCH_SECOND", 3_000)),
  monday: () => monday(setting("BENCH_MONDAY", 3_000)),
  burst: () => withTeam({ reps: 5, capacity: 20 }, burst),
  calendar: () => Promise.resolve(calendars()),
  decision: () => decisions(floor),
  verify: () => verifying(floor.origin),
  backtest: () => backtests((process.env["BENCH_BACKTEST"] ?? "10000,100000").split(",").map(Number)),
  reports: () => reports((process.env["BENCH_REPORTS"] ?? "10000,100000").split(",").map(Number)),
  weight: () => withTeam({}, weight),
};

const all: Claim[] = [];
try {
  for (const [name, part] of Object.entries(parts)) {
    if (only && !only.includes(name)) continue;
    const claims = await part();
    console.log(`${name}\n${table(claims)}\n`);
    all.push(...claims);
  }
} finally {
  await floor.stop();
}
mkdirSync(`${rootPath}bench/results`, { recursive: true });
const at = new Date().toISOString();
writeFileSync(
  `${rootPath}bench/results/${at.replaceAll(":", "-")}.json`,
  `${JSON.stringify({ at, claims: all }, null, 2)}\n`,
);
const missed = all.filter((claim) => claim.held === false);
console.log(
  missed.length === 0 ? "Every target was held." : `Missed: ${missed.map((claim) => claim.what).join("; ")}`,
);
process.exit(missed.length === 0 ? 0 : 1);
