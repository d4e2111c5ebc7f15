/** Reading leads for people: one with its whole story, or a page of them. */
import type { Lead, LeadSummary } from "../../schema/wire/lead.ts";
import type { Way } from "../../schema/wire/policy.ts";
import { loadConfig, loadCurrentConfig } from "../store/config.ts";
import { startOfLocalDay } from "../domain/calendar/local.ts";
import { parseCounted } from "../domain/reports/counted.ts";
import { leadJoinedBy, listLeads, readLeadPage, TODAY, type LeadFilter, type Today } from "../store/leads.ts";
import { LEAD_NETS, type LeadNet } from "../store/net-conditions.ts";
import type { Deps } from "./deps.ts";
import type { Outcome } from "./hand.ts";
import { ledgerPeriod } from "./rotation-ledger.ts";
import { toLeadView, toSummary } from "./view.ts";

/** By its own id, or that of a submission that joined it. Null when there is no such lead. */
export const showLead = async (deps: Deps, id: string): Promise<Lead | null> => {
  const page = await readLeadPage(deps.db, id);
  if (page) return toLeadView(await loadConfig(deps.db, page.lead.policyVersion), page);
  const joined = await leadJoinedBy(deps.db, id);
  return joined === null ? null : showLead(deps, joined);
};

/** Safety nets whose catch can be listed. */
export { LEAD_NETS };

/** Figures of the board that can be listed. */
export const TODAY_NAMES = Object.keys(TODAY) as Today[];

export interface LeadSearch {
  /** With commas between. */
  ids?: string | undefined;
  status?: string | undefined;
  owner?: string | undefined;
  segment?: string | undefined;
  team?: string | undefined;
  queue?: string | undefined;
  q?: string | undefined;
  net?: LeadNet | undefined;
  rule?: string | undefined;
  way?: Way | "observed" | undefined;
  ledger?: string | undefined;
  today?: Today | undefined;
  counted?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after?: string | undefined;
  limit: number;
}

const cursorOf = (after: string | undefined): { createdAt: number; id: string } | undefined => {
  const [createdAt, id] = (after ?? "").split("~");
  return id && Number.isFinite(Number(createdAt)) ? { createdAt: Number(createdAt), id } : undefined;
};

/** Of the period that the ledger itself would be about. The text fits the wire's pattern. */
const ledgeredIn = (
  { ledger, from, to }: LeadSearch,
  timezone: string,
  now: number,
): Outcome<LeadFilter["ledger"]> => {
  if (ledger === undefined) return { ok: true, value: undefined };
  const [team = "", what = "", person = null] = ledger.split("~");
  const period = ledgerPeriod({ from, to }, timezone, now);
  return period.ok ? { ok: true, value: { team, what, person, ...period.value } } : period;
};

export const findLeads = async (
  deps: Deps,
  search: LeadSearch,
): Promise<Outcome<{ leads: LeadSummary[]; next: string | null }>> => {
  const compiled = await loadCurrentConfig(deps.db);
  const [from, to] = [search.from, search.to].map((at) => (at === undefined ? undefined : Date.parse(at)));
  // The day is the workspace's, as in the figures that lead here.
  const timezone = compiled?.document.workspace.timezone ?? "UTC";
  const today = search.today ? startOfLocalDay(deps.now(), timezone) : undefined;
  const ledger = ledgeredIn(search, timezone, deps.now());
  if (!ledger.ok) return ledger;
  const rows = await listLeads(
    deps.db,
    {
      ...search,
      ids: search.ids?.split(","),
      counted: search.counted === undefined ? undefined : parseCounted(search.counted, timezone),
      ledger: ledger.value,
      text: search.q,
      from: today === undefined ? from : Math.max(today, from ?? today),
      to,
      after: cursorOf(search.after),
      limit: search.limit + 1,
    },
    deps.now(),
  );
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  return {
    ok: true,
    value: {
      leads: page.map((row) => toSummary(compiled, row)),
      next: rows.length > search.limit && last ? `${last.createdAt}~${last.id}` : null,
    },
  };
};
