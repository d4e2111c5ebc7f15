/** Everything that can happen, once: shared by timeline, webhooks, feed and live board. */

export const EVENT_TYPES = {
  "lead.captured": "A submission became a lead",
  "lead.joined": "Another submission by the same e-mail joined the open lead",
  "lead.matched": "The lead was compared with the accounts",
  "lead.assigned": "The lead got its first owner",
  "lead.queued": "The lead went to a queue and its steward",
  "lead.released": "A queue let the lead go on to be routed",
  "lead.reassigned": "The lead got another owner",
  "lead.opened": "The coverage window opened and a provisional owner was confirmed",
  "lead.accepted": "The owner accepted the lead",
  "lead.touched": "Somebody reached out to the person",
  "lead.replied": "The person replied",
  "lead.bounced": "A message or a number failed",
  "lead.corrected": "Contact data were corrected",
  "lead.staged": "The lead moved to another stage",
  "lead.handed_off": "Owner and stage changed together",
  "lead.closed": "The lead was closed with a disposition",
  "lead.rerouted": "The lead was routed again",
  "sla.warned": "The owner was reminded before the first touch was due",
  "sla.breached": "A target passed without the touch it asked for",
  "sla.second_touch_due": "The second touch is due",
  "sla.no_reply": "The person hasn't replied in time",
  "sla.escalated": "The end of the chain was reminded",
  "person.availability": "Somebody became available or went away",
  "person.time_off": "Time off was recorded or cancelled",
  "person.suspended": "Somebody was taken out of new assignment",
  "person.reinstated": "A manager put somebody back",
  "person.deactivated": "Somebody was deactivated",
  "config.published": "A configuration was published",
  "delivery.dead": "An effect could not be delivered",
  "net.caught": "A safety net caught something",
} as const;

export type EventType = keyof typeof EVENT_TYPES;
export const EVENT_TYPE_LIST = Object.keys(EVENT_TYPES) as [EventType, ...EventType[]];
