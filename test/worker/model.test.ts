/**
 * Random days keep every promise: captures, touches, work, corrections, time, alarms that come twice or not at all, people who come
 * and go, policies that change, and a database that dies before or after it writes. The seed is in the test's name; more of
 * them with MODEL_SEEDS (how many) and MODEL_STEPS (how long).
 */
import { afterEach, beforeEach, describe, test, vi } from "vitest";
import { forgetRollups } from "../../worker/store/rollups.ts";
import { expectWhole } from "./support/hostile.ts";
import { newModel, settle, step } from "./support/model.ts";
import { expectFigures, expectPromises, expectSettled } from "./support/promises.ts";
import { testEnv } from "./support/workspace.ts";

const { MODEL_SEEDS, MODEL_STEPS } = testEnv as unknown as Record<string, string>;
const SEEDS = Number(MODEL_SEEDS);
const STEPS = Number(MODEL_STEPS);

/** Each day begins with nobody owing anything to the one before. */
const clean = () =>
  testEnv.DB.batch(
    ["outbox", "tasks", "touches", "strikes", "events", "people_state", "time_off", "submissions", "leads"]
      .concat(["assignments", "rotation_credits", "rotation_entries", "pick_replay", "net_catches"])
      .map((table) => testEnv.DB.prepare(`DELETE FROM ${table}`))
      .concat(testEnv.DB.prepare("UPDATE revisions SET people = people + 1, mode = 'enforce'")),
  );

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await clean();
  await forgetRollups(testEnv.DB, Date.now());
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("a random day keeps the promises", () => {
  test.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    "seed %i",
    async (seed) => {
      const model = await newModel(seed);
      for (let steps = 1; steps <= STEPS; steps++) {
        await step(model);
        if (steps % 5 === 0) await expectPromises(model);
      }
      await settle(model);
      await expectSettled(model);
      await expectFigures();
      await expectWhole();
    },
    600_000,
  );
});
