/** A lead as reports read it raw, with touches and breaches by the minute since its capture. */
import { alwaysOpen } from "../../../worker/domain/calendar/compile.ts";
import type { RawLead } from "../../../worker/domain/reports/raw.ts";

export const MINUTE = 60_000;
export const T0 = Date.parse("2026-11-02T09:00:00.000Z");

const open = alwaysOpen("UTC");
export const around = { calendarOf: () => open, hourOf: () => "09", currency: "EUR" };

export const raw = (more: Partial<RawLead> = {}): RawLead => ({
  id: "lead",
  createdAt: T0,
  formKey: "demo",
  source: null,
  channel: "direct",
  segment: "hot",
  score: 61.4,
  status: "working",
  open: true,
  stage: "inquiry",
  ownerId: "ben",
  teamId: "smb",
  accountId: null,
  policyVersion: 1,
  acceptedAt: null,
  repliedAt: null,
  closedAt: null,
  code: null,
  complete: true,
  events: [],
  touches: [],
  assignments: [{ personId: "ben", teamId: "smb", at: T0, cause: "capture", second: false }],
  submissions: [{ id: "s", createdAt: T0, promiseAt: T0 + 10 * MINUTE }],
  opportunities: [],
  ...more,
});

export const touch = (minute: number, more: Partial<RawLead["touches"][number]> = {}) => ({
  at: T0 + minute * MINUTE,
  direction: "outbound",
  channel: "call",
  owned: true,
  covered: false,
  outcome: "voicemail",
  verified: false,
  recordedAt: T0 + minute * MINUTE,
  ...more,
});

export const breach = (minute: number, owner = "ben", attribution = "person") => ({
  at: T0 + minute * MINUTE + 15,
  type: "sla.breached",
  actor: "system",
  data: {
    target: "firstTouch",
    owner: { id: owner, name: owner },
    dueAt: new Date(T0 + minute * MINUTE).toISOString(),
    attribution,
  },
});
