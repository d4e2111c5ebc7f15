/** A workspace of one Monday on which whole days pass: every clock can be rung, and nothing may ever be with nobody. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, vi } from "vitest";
import { sweep } from "../../../worker/flows/sweep.ts";
import { SHARDS } from "../../../worker/store/clocks.ts";
import { asCron, rows, settled, testEnv } from "./workspace.ts";

const { DB } = testEnv;
export const MINUTE = 60_000;
/** A Monday, 12:00 UTC. */
export const NOON = Date.parse("2037-11-23T12:00:00.000Z");

export const swept = () => asCron(sweep);

/** Every clock whose time has come, until none has. */
export const ring = async (): Promise<void> => {
  await Promise.all(
    SHARDS.split("").map((shard) => runDurableObjectAlarm(testEnv.LEAD_CLOCK.getByName(shard))),
  );
};

/** What must hold at any moment. */
export const nobody = (): Promise<unknown[]> =>
  rows(
    `SELECT l.id, l.owner_id, l.steward_id FROM leads l LEFT JOIN people_state p ON p.person_id = coalesce(l.owner_id, l.steward_id)
     WHERE l.open = 1 AND (p.deactivated_at IS NOT NULL OR l.next_due_at IS NULL OR coalesce(l.owner_id, l.steward_id) IS NULL
       OR NOT EXISTS (SELECT 1 FROM assignments a WHERE a.lead_id = l.id AND a.seq = l.assignment_seq AND a.person_id IS l.owner_id))`,
  );

/** Each test at noon, in an empty workspace. */
export const useEmptied = (): void => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOON });
    await DB.batch(
      [
        "leads",
        "assignments",
        "submissions",
        "outbox",
        "tasks",
        "people_state",
        "rotation_credits",
        "openings",
      ].map((table) => DB.prepare(`DELETE FROM ${table}`)),
    );
    await DB.prepare("UPDATE revisions SET people = people + 1").run();
  });
  afterEach(async () => {
    await settled();
    vi.useRealTimers();
  });
};
