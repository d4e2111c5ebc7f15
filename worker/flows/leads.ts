/** Reading leads for people: one with its whole story, or a page of them. */
import type { Lead, LeadSummary } from "../../schema/wire/lead.ts";
import { loadConfig, loadCurrentConfig } from "../store/config.ts";
import { listLeads, NETS, readLeadPage } from "../store/leads.ts";
import type { Deps } from "./deps.ts";
import { toLeadView, toSummary } from "./view.ts";

/** Null when there is no such lead. */
export const showLead = async (deps: Deps, id: string): Promise<Lead | null> => {
  const page = await readLeadPage(deps.db, id);
  return page ? toLeadView(await loadConfig(deps.db, page.lead.policyVersion), page) : null;
};

/** Safety nets whose catch can be listed. */
export const NET_NAMES = Object.keys(NETS);

export interface LeadSearch {
  status?: string | undefined;
  owner?: string | undefined;
  segment?: string | undefined;
  team?: string | undefined;
  queue?: string | undefined;
  q?: string | undefined;
  net?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after?: string | undefined;
  limit: number;
}

const cursorOf = (after: string | undefined): { createdAt: number; id: string } | undefined => {
  const [createdAt, id] = (after ?? "").split("~");
  return id && Number.isFinite(Number(createdAt)) ? { createdAt: Number(createdAt), id } : undefined;
};

export const findLeads = async (
  deps: Deps,
  search: LeadSearch,
): Promise<{ leads: LeadSummary[]; next: string | null }> => {
  const rows = await listLeads(
    deps.db,
    {
      ...search,
      text: search.q,
      from: search.from ? Date.parse(search.from) : undefined,
      to: search.to ? Date.parse(search.to) : undefined,
      after: cursorOf(search.after),
      limit: search.limit + 1,
    },
    deps.now(),
  );
  const compiled = await loadCurrentConfig(deps.db);
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  return {
    leads: page.map((row) => toSummary(compiled, row)),
    next: rows.length > search.limit && last ? `${last.createdAt}~${last.id}` : null,
  };
};
