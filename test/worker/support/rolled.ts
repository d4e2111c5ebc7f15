/** A workspace with a history of many leads, rolled up as it came, and what its tests ask of it. */
import { vi } from "vitest";
import type { Report } from "../../../schema/wire/reports.ts";
import { rollUp } from "../../../worker/flows/rollup.ts";
import { seeded } from "../../support/random.ts";
import { story } from "./history.ts";
import { call, document, publish, testEnv } from "./workspace.ts";

export const deps = { db: testEnv.DB, now: () => Date.now() };
export const START = Date.parse("2037-08-20T00:00:00.000Z");
/** When all of it is over. */
export const TO = Date.parse("2037-11-10T00:00:00.000Z");
export const LEADS = 120;

export const get = <T = Report>(path: string, headers?: Record<string, string>) =>
  call<T>("GET", path, undefined, { authorization: "Bearer lc_test", ...headers });

/** The leads' stories go on in turn, and between any two steps they may be rolled up. */
export const useHistory = async (): Promise<void> => {
  vi.useFakeTimers({ toFake: ["Date"], now: TO });
  await publish(
    document({
      commitments: { sales: { firstTouchShare: 0.99 }, marketing: { mqlsPerWeek: 1 } },
      scoring: {
        rules: [],
        segments: [
          { id: "hot", min: 60 },
          { id: "warm", min: 0 },
        ],
      },
    }),
  );
  const random = seeded(5);
  const stories = Array.from({ length: LEADS }, (_, n) =>
    story(`lead${String(n).padStart(4, "0")}a`, START, random),
  );
  // Whatever was read before, the next step of any story may come.
  while (stories.some((steps) => steps.length > 0)) {
    const open = stories.filter((steps) => steps.length > 0);
    for (const steps of open.filter(() => random() < 0.4)) await testEnv.DB.batch(steps.shift() ?? []);
    if (random() < 0.5) await rollUp(deps, 60_000);
  }
  await rollUp(deps, 60_000);
};
