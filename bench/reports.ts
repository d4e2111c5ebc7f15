/**
 * Every report over a year of leads, five events each: how long it takes, and how that grows. Raw records and leads' figures are
 * written in bulk; the sums are made of them by the product's own statements. What the product's own roll-up costs is measured beside.
 */
import { DatabaseSync } from "node:sqlite";
import { MEASURES } from "../schema/reports.ts";
import { REPORT_NAMES } from "../schema/wire/reports.ts";
import type { Product } from "../test/support/product.ts";
import { databaseFile } from "../test/support/state.ts";
import { sumsSql } from "../worker/store/rollup-sql.ts";
import { type Claim, info } from "./tell.ts";
import { withTeam } from "./with-team.ts";

const LIMIT_MS = 2_000;
const PEOPLE = 50;
const DAY_MS = 86_400_000;

/** `n` in random order, the same in every run. */
const mixed = (factor: number, of: number): string => `(((n * ${factor}) % 1000003) % ${of})`;

/** The year's days, some at a time: sums of all at once would sort what no memory holds. */
const slices = (now: number): string[] => {
  const today = Math.floor(now / DAY_MS);
  return Array.from(
    { length: 37 },
    (_, nth) => `${today - 370 + nth * 10 + 1} AND ${today - 360 + nth * 10}`,
  );
};

/** Leads, events and figures of `count` leads over the last 364 days. */
function generate(file: string, count: number, now: number): void {
  const database = new DatabaseSync(file, { timeout: 60_000 });
  const created = `${now - 364 * DAY_MS} + CAST(n * ${(364 * DAY_MS) / count} AS INTEGER)`;
  const touched = mixed(7919, 100);
  const speed = `(30000 + ${mixed(104_729, 5000)} * ${mixed(1299, 700)})`;
  const series = `WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < ${count - 1})`;
  const zero = MEASURES.filter(
    (name) =>
      ![
        "leads",
        "touched",
        "met",
        "missed",
        "speed_ms",
        "coverage_ms",
        "promised",
        "kept",
        "closed",
      ].includes(name),
  );
  database.exec(`
    PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;
    BEGIN;
    ${series} INSERT INTO leads (id, generation, status, open, stage, form_key, email_norm, facts, match, score, fit, intent, segment,
      owner_id, team_id, routing, sla_id, policy_version, assignment_seq, created_at, updated_at, closed_at)
    SELECT printf('ld_%08dx', n), 1, 'qualified', 0, 'sql', 'demo', printf('v%d@firm.example', n), '{"lead":{},"custom":{}}', '{}',
      ${mixed(31, 100)}, 0, 0, 'warm', 'rep' || (${mixed(13, PEOPLE)}), 'team', '{}', 'standard', 1, 1, ${created}, ${created}, ${created}
    FROM s;
    INSERT INTO events (lead_id, at, type, actor, data)
    SELECT l.id, l.created_at + t.key, t.value, 'system', '{"owner":"rep1"}' FROM leads l
      CROSS JOIN json_each('["lead.captured","lead.matched","lead.assigned","lead.touched","lead.closed"]') t;
    ${series} INSERT INTO report_leads (lead_id, day, month, created_at, open, last_activity_at, person, team, source, segment, form, hour,
      response, score, speed, coverage, recycle, leads, touched, met, missed, speed_ms, coverage_ms, promised, kept, closed, ${zero.join(", ")})
    SELECT printf('ld_%08dx', n), (${created}) / ${DAY_MS}, strftime('%Y', (${created}) / 1000, 'unixepoch') * 12 + strftime('%m', (${created}) / 1000, 'unixepoch') - 1,
      ${created}, 0, ${created}, 'rep' || (${mixed(13, PEOPLE)}), 'team' || (${mixed(17, 6)}), 'source' || (${mixed(19, 8)}),
      'segment' || (${mixed(23, 3)}), 'form' || (${mixed(29, 3)}), printf('%02d', ${mixed(37, 24)}), iif(${touched} < 92, '10m', 'none'),
      ${mixed(31, 100)}, iif(${touched} < 92, CAST(ln(${speed} / 1000.0) / ln(1.02) AS INTEGER) + 1, NULL),
      iif(${touched} < 92, CAST(ln(${speed} / 1200.0) / ln(1.02) AS INTEGER) + 1, NULL), NULL,
      1, ${touched} < 92, ${touched} < 88, ${touched} >= 88, iif(${touched} < 92, ${speed}, 0), iif(${touched} < 92, ${speed}, 0), 1, ${touched} < 88, 1,
      ${zero.map(() => 0).join(", ")}
    FROM s;
    INSERT INTO report_incidents (lead_id, n, kind, at, day, person, code, other, team, source, segment, form, ms)
    SELECT lead_id, 0, 'closed', created_at, day, person, iif(score < 60, 'won', 'not_a_fit'), '', team, source, segment, form, 1000 FROM report_leads;
    INSERT INTO report_incidents (lead_id, n, kind, at, day, person, code, other, team, source, segment, form, ms)
    SELECT lead_id, 1, 'missed', created_at, day, person, 'person', '', team, source, segment, form, 1000 FROM report_leads WHERE missed > 0;
    INSERT INTO report_promises (submission_id, lead_id, told_at, day, person, promise_at, touched_at, open, late_ms)
    SELECT lead_id, lead_id, created_at, day, person, created_at + 600000, iif(touched, created_at + speed_ms, NULL), 0, iif(touched, speed_ms - 600000, NULL)
    FROM report_leads;
    ${slices(now)
      .flatMap((days) => sumsSql(1, `f.day BETWEEN ${days}`))
      .join(";\n")};
    UPDATE report_state SET turn = turn + 1, seq = (SELECT max(seq) FROM events), rebuild_after = NULL;
    COMMIT;`);
  database.close();
}

/** The slowest of three, so that nothing is flattered by a cache. */
async function slowest(product: Product, path: string): Promise<number> {
  let most = 0;
  for (let tries = 0; tries < 3; tries++) {
    const begin = performance.now();
    const response = await fetch(`${product.origin}${path}`, {
      headers: { authorization: `Bearer ${product.apiKey}`, connection: "close" },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
    most = Math.max(most, performance.now() - begin);
  }
  return most;
}

/** All of it, and one person's by source: what lies ready, and what is added up from the leads. */
const VARIANTS = ["", "&group=source&person=rep7"];

async function measure(product: Product, count: number, now: number): Promise<Map<string, number>> {
  const from = new Date(now - 364 * DAY_MS).toISOString().slice(0, 10);
  const times = new Map<string, number>();
  generate(databaseFile(product.dataDir), count, now);
  for (const name of REPORT_NAMES) {
    const grouped = [
      "speed-to-lead",
      "sla-compliance",
      "recycle",
      "promises",
      "missed-sla",
      "fallbacks",
    ].includes(name);
    for (const variant of grouped ? VARIANTS : [""])
      times.set(`${name}${variant}`, await slowest(product, `/v1/reports/${name}?from=${from}${variant}`));
  }
  return times;
}

export async function reports(sizes: readonly number[]): Promise<Claim[]> {
  const now = Date.now();
  const columns: Map<string, number>[] = [];
  for (const size of sizes)
    columns.push(
      await withTeam({ reps: PEOPLE }, async (product) => {
        // The workspace's zone and rules are noted before, so that nothing is read again.
        await slowest(product, "/v1/reports/scorecard");
        return measure(product, size, now);
      }),
    );
  const last = columns.at(-1) ?? new Map<string, number>();
  return [
    info("leads", sizes.map((size) => size.toLocaleString("en")).join(", ")),
    ...[...last].map(([name, ms]): Claim => {
      const figure = columns.map((column) => `${Math.round(column.get(name) ?? 0)} ms`).join(", ");
      return { what: name, figure, target: `≤ ${LIMIT_MS} ms`, held: ms <= LIMIT_MS };
    }),
  ];
}
