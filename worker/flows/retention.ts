/**
 * What the document says is kept only so long (`retention`; a provider's answers, `keepFor`) is forgotten after it: a bounded
 * piece every minute.
 */
import { parseDuration } from "../domain/duration.ts";
import { EMPTY_BODY } from "../domain/privacy/erase.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { dropExpired } from "../store/companies.ts";
import { blankOlder, closedBefore } from "../store/privacy.ts";
import { eachApart } from "./apart.ts";
import { hasRoom } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { eraseLead } from "./privacy.ts";

/** Leads and rows that one run takes at most. */
const LEADS = 25;
const ROWS = 500;
/** Questions that forgetting one lead, and the rows after it, may take. */
const A_LEAD = 20;
const A_MINUTE_MS = 60_000;

export interface Forgotten {
  leads: number;
  submissions: number;
  deliveries: number;
  companies: number;
}

const agoMs = (text: string | null | undefined): number | null => {
  const parsed = text ? parseDuration(text) : null;
  return parsed?.ok ? parsed.ms : null;
};

export const forgetOld = async (deps: Pick<Deps, "db" | "now" | "left">): Promise<Forgotten> => {
  const done = { leads: 0, submissions: 0, deliveries: 0, companies: 0 };
  const retention = (await loadCurrentConfig(deps.db))?.document.retention;
  const now = deps.now();
  const [leads, submissions, deliveries] = [
    agoMs(retention?.closedLeads),
    agoMs(retention?.submissions),
    agoMs(retention?.deliveries),
  ];
  const forget = async (id: string): Promise<void> => {
    if (!hasRoom(deps, A_LEAD)) return;
    await eraseLead(deps, id, "system", "retention");
    done.leads++;
  };
  if (leads !== null)
    await eachApart("retention", await closedBefore(deps.db, now - leads, now, LEADS), forget, (id) => id);
  if (submissions !== null)
    done.submissions = await blankOlder(deps.db, "submissions", now - submissions, EMPTY_BODY, ROWS);
  if (deliveries !== null)
    done.deliveries = await blankOlder(deps.db, "outbox", now - deliveries, "{}", ROWS);
  done.companies = await dropExpired(deps.db, now, Math.floor(now / A_MINUTE_MS));
  return done;
};
