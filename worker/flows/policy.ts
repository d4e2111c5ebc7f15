/** How the policy runs: what its branches took over a period, and who covers a week. Reads only. */
import type { Coverage, PolicyFlow } from "../../schema/wire/policy.ts";
import { coverageOf, startOfWeek } from "../domain/reports/coverage.ts";
import { flowOf } from "../domain/reports/flow.ts";
import { loadConfig, loadCurrentConfig } from "../store/config.ts";
import { readFlow, type Period } from "../store/flow.ts";
import { readCurrent } from "../store/people.ts";
import type { Deps } from "./deps.ts";

const DAY = 86_400_000;

/** Null while nothing is published. */
export const policyFlow = async (deps: Pick<Deps, "db">, period: Period): Promise<PolicyFlow | null> => {
  const compiled = await loadCurrentConfig(deps.db);
  if (!compiled) return null;
  const { taken, observed } = await readFlow(deps.db, period);
  return {
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    version: compiled.version,
    ...flowOf(compiled, taken, observed),
  };
};

/** Null while nothing is published. `timezone` null is the workspace's. */
export const weekCoverage = async (
  deps: Pick<Deps, "db" | "now">,
  { date, timezone }: { date: string | null; timezone: string | null },
): Promise<Coverage | null> => {
  const now = deps.now();
  // Time off of a week gone by counts there; a day more, because the zone isn't known before the document is.
  const monday = startOfWeek(date, timezone ?? "UTC", now);
  const since = Math.min(now, monday - DAY);
  const { config, people } = await readCurrent(deps.db, since, Math.max(now, monday + 8 * DAY));
  const compiled = await loadConfig(deps.db, config);
  if (!compiled) return null;
  const zone = timezone ?? compiled.document.workspace.timezone;
  return coverageOf({ compiled, people, date, timezone: zone, now });
};
