/** What safety nets look for, as conditions on leads `l`: the board's counts, the lists behind them, and the watch over the nets. */
import type { NetName } from "../../schema/reports.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Nets that catch leads; the other one catches messages. */
export type LeadNet = Exclude<NetName, "undelivered">;

/** Nobody is waited for: neither a meeting nor an opening. */
export const MAY_BE_IDLE = "l.open = 1 AND l.status <> 'scheduled' AND l.provisional = 0";

/** Since when nobody has owned it, whichever queues and stewards it has been through; always, where no assignment says. */
const UNOWNED_SINCE = `coalesce((SELECT min(a.at) FROM assignments a WHERE a.lead_id = l.id AND a.seq >
  coalesce((SELECT max(b.seq) FROM assignments b WHERE b.lead_id = l.id AND b.person_id IS NOT NULL), 0)), l.created_at)`;

const CONDITIONS: Readonly<Record<LeadNet, (now: number) => string>> = {
  unrouted: (now) => `l.open = 1 AND l.owner_id IS NULL AND ${UNOWNED_SINCE} < ${now - HOUR}`,
  untouched: (now) =>
    `l.open = 1 AND l.owner_id IS NOT NULL AND l.first_touch_at IS NULL AND l.provisional = 0 AND l.first_touch_due_at < ${now}`,
  clockless: (now) => `l.open = 1 AND (l.next_due_at IS NULL OR l.next_due_at < ${now - MINUTE})`,
  aged: (now) =>
    `l.open = 1 AND l.owner_id IS NOT NULL AND l.first_touch_at IS NULL AND l.assigned_at < ${now - 7 * DAY}`,
  idle: (now) => `${MAY_BE_IDLE}
    AND l.id IN (SELECT lead_id FROM report_leads WHERE open = 1 AND last_activity_at < ${now - DAY})`,
  uncoded: () => "l.id IN (SELECT lead_id FROM report_leads WHERE uncoded = 1)",
  quarantined: () => "l.status = 'quarantined'",
};

export const LEAD_NETS = Object.keys(CONDITIONS) as LeadNet[];

export const inNet = (net: LeadNet, now: number): string => CONDITIONS[net](now);
