/** The promises as questions to the database: each must find nothing. */
import { expect } from "vitest";
import { INVARIANTS } from "../../support/invariants.ts";
import { rollUp } from "../../../worker/flows/rollup.ts";
import { readNets } from "../../../worker/store/board.ts";
import { forgetRollups } from "../../../worker/store/rollups.ts";
import { testEnv } from "./workspace.ts";
import type { Model } from "./model.ts";

const ACTIVE = (id: string): string =>
  `EXISTS (SELECT 1 FROM config_versions v, json_each(v.document, '$.people') p
     WHERE v.version = (SELECT config FROM revisions) AND p.value ->> 'id' = ${id})
   AND NOT EXISTS (SELECT 1 FROM people_state s WHERE s.person_id = ${id} AND s.deactivated_at IS NOT NULL)`;

/** Told by the same figure that is enforced: the first owner's. */
const PROMISED = `SELECT l.id FROM leads l JOIN assignments a ON a.lead_id = l.id AND a.seq = 1
  WHERE l.promise_at IS NOT a.chosen ->> 'promiseAt'`;

/** Under the brake a miss is told and nothing follows from it. */
const COUNTED = `e.type = 'sla.breached' AND e.data ->> 'target' = 'firstTouch' AND e.data ->> 'observed' IS NULL`;

/** Hold at every moment, whatever was interrupted. */
const ALWAYS: Record<string, string> = {
  ...INVARIANTS,
  "2: an open lead without an active human": `SELECT l.id FROM leads l WHERE open = 1 AND NOT (${ACTIVE("coalesce(l.owner_id, l.steward_id)")})`,
  "4: a breach counted twice": `SELECT l.id FROM leads l WHERE breaches <> (SELECT count(*) FROM events e
       WHERE e.lead_id = l.id AND ${COUNTED} AND e.seq > coalesce((SELECT max(r.seq) FROM events r WHERE r.lead_id = l.id AND r.type = 'lead.returned'
           AND r.data ->> 'into' IS NULL), 0))`,
  "4: a rotation beyond capacity": `SELECT owner_id AS id FROM leads WHERE open = 1 AND first_touch_at IS NULL AND provisional = 0
       AND routing ->> 'target' LIKE 'team:%' GROUP BY owner_id HAVING count(*) > 4`,
  "5: an assignment without a reason, or of no version": `SELECT lead_id AS id FROM assignments a WHERE json_array_length(trace) = 0
       OR chosen ->> 'reason' IS NULL OR NOT EXISTS (SELECT 1 FROM config_versions v WHERE v.version = a.policy_version)`,
  "5: a breach without evidence": `SELECT lead_id AS id FROM events e WHERE ${COUNTED}
       AND (data ->> 'attribution' IS NULL OR data ->> 'because' IS NULL)`,
  "6: a promise other than the first owner's target": PROMISED,
  "7: a closed lead without a code": "SELECT id FROM leads WHERE open = 0 AND disposition ->> 'code' IS NULL",
  "7: a lead that is closed, and waits": "SELECT id FROM leads WHERE open = 0 AND next_due_at IS NOT NULL",
  "a task of somebody who hasn't the lead, or of a closed one": `SELECT t.id FROM tasks t JOIN leads l ON l.id = t.lead_id WHERE t.done_at IS NULL
       AND (l.open = 0 OR (t.kind <> 'confirmBounce' AND t.owner_id IS NOT coalesce(l.owner_id, l.steward_id)))`,
  "a lead being worked without a next step":
    "SELECT id FROM leads WHERE status = 'working' AND owner_id IS NOT NULL AND next_action_at IS NULL",
  "6: an armed target later than what another request was promised": `SELECT l.id FROM leads l JOIN submissions s ON s.lead_id = l.id
       JOIN json_each(l.timers) t ON t.value ->> 'kind' = 'takeoverTouch'
       WHERE l.open = 1 AND l.owner_id IS NOT NULL AND s.joined = 1 AND t.value ->> 'since' >= s.created_at
         AND unixepoch(s.acknowledgement ->> 'promiseAt', 'subsec') * 1000 < t.value ->> 'dueAt' - 1
         AND unixepoch(s.acknowledgement ->> 'promiseAt', 'subsec') * 1000 > (SELECT max(at) FROM events e WHERE e.lead_id = l.id)
         AND NOT EXISTS (SELECT 1 FROM touches c WHERE c.lead_id = l.id AND c.owned + c.covered > 0 AND c.at >= s.created_at)`,
  "a strike that counts though a verified touch was recorded of before it": `SELECT k.id FROM strikes k WHERE voided_at IS NULL AND EXISTS
       (SELECT 1 FROM touches t WHERE t.lead_id = k.lead_id AND t.grade = 'verified' AND t.owned + t.covered > 0 AND t.at < k.at
          AND NOT EXISTS (SELECT 1 FROM events e WHERE e.lead_id = k.lead_id AND e.type = 'lead.returned' AND e.at > t.at AND e.at <= k.at))`,
  "somebody suspended without two strikes behind it": `SELECT person_id AS id FROM people_state s WHERE suspended_at IS NOT NULL AND
       (SELECT count(*) FROM strikes k WHERE k.person_id = s.person_id AND k.attribution = 'person'
          AND k.at <= s.suspended_at AND k.at > s.suspended_at - 604800000) < 2`,
};

interface Once {
  id: string;
  first: number | null;
  promise: number | null;
}

/** What is said once stays said. */
const nothingMoved = async (model: Model): Promise<void> => {
  const { results } = await testEnv.DB.prepare(
    `SELECT l.id, l.first_touch_at AS first, l.promise_at AS promise FROM leads l`,
  ).all<Once>();
  for (const { id, first, promise } of results) {
    const before = model.firstTouches.get(id);
    if (before !== undefined) expect(first, `6: the first touch of ${id} moved`).toBe(before);
    if (first !== null) model.firstTouches.set(id, first);
    const told = model.promises.get(id);
    if (told !== undefined) expect(promise, `6: the promise of ${id} moved`).toBe(told);
    model.promises.set(id, promise);
  }
};

export const expectPromises = async (model: Model): Promise<void> => {
  const found = await testEnv.DB.batch<{ id: string }>(
    Object.values(ALWAYS).map((query) => testEnv.DB.prepare(`${query} LIMIT 3`)),
  );
  const broken = Object.keys(ALWAYS).flatMap((name, index) => {
    const ids = (found[index]?.results ?? []).map(({ id }) => id);
    return ids.length > 0 ? [`${name}: ${ids.join(", ")}`] : [];
  });
  expect(broken, `after ${model.log.slice(-12).join(", ")}`).toEqual([]);
  await nothingMoved(model);
};

/** Once all is settled: nothing that was acknowledged is missing, nothing that was due is left. */
export const expectSettled = async (model: Model): Promise<void> => {
  await expectPromises(model);
  for (const submissionId of model.acknowledged.keys()) {
    const row = await testEnv.DB.prepare(
      "SELECT l.id FROM submissions s JOIN leads l ON l.id = s.lead_id WHERE s.submission_id = ?1",
    )
      .bind(submissionId)
      .first();
    expect(row, `1: ${submissionId} was acknowledged and is lost`).not.toBeNull();
  }
  const late = await testEnv.DB.prepare("SELECT id FROM leads WHERE open = 1 AND next_due_at <= ?1")
    .bind(model.now)
    .all();
  expect(late.results, "3: a clock that nobody heard").toEqual([]);
};

/** Right after each look: what the board counts is what the watch holds, in every net. */
export const expectNets = async (model: Model): Promise<void> => {
  const board = await readNets(testEnv.DB, model.now);
  const { results } = await testEnv.DB.prepare(
    "SELECT net, count(*) AS n FROM net_catches WHERE released_at IS NULL GROUP BY net",
  ).all<{ net: string; n: number }>();
  const held = new Map(results.map(({ net, n }) => [net, n]));
  const differ = board.filter(({ net, count }) => count !== (held.get(net) ?? 0));
  expect(
    differ,
    `8: a net that holds another number than the board says; ${JSON.stringify(results)}`,
  ).toEqual([]);
};

const ROLLED_UP = [
  "SELECT * FROM report_leads ORDER BY lead_id",
  "SELECT * FROM report_incidents ORDER BY lead_id, n",
  "SELECT * FROM report_promises ORDER BY submission_id",
  "SELECT * FROM report_cells WHERE leads <> 0 ORDER BY dimension, grain, period, value",
];

const rolledUp = async (): Promise<unknown[][]> => {
  const read = await testEnv.DB.batch(ROLLED_UP.map((query) => testEnv.DB.prepare(query)));
  return read.map(({ results }) => results);
};

/** Figures that were kept as things happened are those that reading everything again gives. */
export const expectFigures = async (): Promise<void> => {
  const deps = { db: testEnv.DB, now: () => Date.now() };
  await rollUp(deps, 60_000);
  const kept = await rolledUp();
  await forgetRollups(testEnv.DB, Date.now());
  await rollUp(deps, 60_000);
  expect(await rolledUp()).toEqual(kept);
  const leads = await testEnv.DB.prepare("SELECT count(*) AS n FROM leads").first<{ n: number }>();
  expect(kept[0]?.length).toBe(leads?.n);
};
