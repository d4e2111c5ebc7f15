/** A dated snapshot of every report's totals: what later figures are compared with. */
import type { BaselineSummary } from "../../../schema/wire/reports.ts";
import { localParts, dateOfDay } from "../../domain/calendar/local.ts";
import { periodOf } from "../../domain/reports/period.ts";
import { dropBaseline, listBaselines, saveBaseline } from "../../store/baselines.ts";
import { loadCurrentConfig } from "../../store/config.ts";
import type { Deps } from "../deps.ts";
import { refuse, type Outcome } from "../hand.ts";
import { rollUp } from "../rollup.ts";
import { allTotals } from "./all.ts";
import { iso } from "../view.ts";

export const takeBaseline = async (
  deps: Deps,
  by: string,
  asked: { from?: string | undefined; to?: string | undefined; note?: string | null | undefined },
): Promise<Outcome<BaselineSummary>> => {
  const compiled = await loadCurrentConfig(deps.db);
  if (!compiled) return refuse(409, "No configuration is published yet: there is nothing to keep.");
  const now = deps.now();
  const range = periodOf(asked, localParts(now, compiled.document.workspace.timezone).date);
  if ("field" in range) return refuse(422, `/${range.field}: ${range.detail}`, `/${range.field}`);
  const { done } = await rollUp(deps, 20_000);
  if (!done) return refuse(409, "The figures are still being counted; try again in a minute.");
  const totals = await allTotals({ deps, compiled, range, group: null, filters: {}, now, currency: "" });
  const summary = {
    id: `bl_${deps.uuid()}`,
    takenBy: by,
    from: dateOfDay(range.from),
    to: dateOfDay(range.to),
    note: asked.note ?? null,
  };
  const { id, takenAt } = await saveBaseline(deps.db, { ...summary, takenAt: now, totals });
  return { ok: true, value: { ...summary, id, takenAt: iso(takenAt) } };
};

/** The one taken before it is compared with again. */
export const dropTaken = async (deps: Deps, id: string): Promise<Outcome<null>> =>
  (await dropBaseline(deps.db, id)) ? { ok: true, value: null } : refuse(404, "There is no such baseline.");

export const baselines = async (deps: Deps): Promise<BaselineSummary[]> =>
  (await listBaselines(deps.db, 100)).map(({ id, takenAt, takenBy, from, to, note }) => ({
    id,
    takenAt: iso(takenAt),
    takenBy,
    from,
    to,
    note,
  }));
