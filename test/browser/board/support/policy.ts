/** A policy document as RevOps would keep it, its versions, the outbox. */
import type { ConfigVersion } from "../../../../schema/wire/config.ts";

export const policyDocument = {
  workspace: { name: "Acme Robotics", timezone: "America/New_York" },
  people: [
    { id: "ana", name: "Ana Ferreira", email: "ana@acme.example", role: "manager" },
    {
      id: "ben",
      name: "Ben Okafor",
      email: "ben@acme.example",
      role: "rep",
      manager: "ana",
      backup: "ana",
      capacity: 5,
    },
  ],
  calendars: [
    {
      id: "us",
      timezone: "America/New_York",
      hours: { mon: [["09:00", "17:00"]], tue: [["09:00", "17:00"]] },
    },
  ],
  teams: [
    { id: "smb", name: "SMB", calendar: "us", manager: "ana", members: [{ person: "ben", weight: 2 }] },
  ],
  queues: [{ id: "qualification", name: "Qualification", steward: "ana", target: "PT60M" }],
  sla: [{ id: "standard", firstTouch: "PT10M" }],
  routing: {
    rules: [{ id: "rest", when: {}, to: { team: "smb" }, sla: "standard" }],
    default: ["ana"],
    defaultSla: "standard",
  },
  forms: [
    {
      key: "demo",
      name: "Request a demo",
      fields: [{ name: "email", type: "email", label: "Work e-mail", required: true }],
    },
  ],
};

export function makeVersions(now: number): ConfigVersion[] {
  const iso = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  return [
    { version: 12, publishedAt: iso(20), publishedBy: "person:rui", note: "Gus works Pacific hours" },
    { version: 11, publishedAt: iso(190), publishedBy: "person:rui", note: "New queue for free mail" },
    { version: 10, publishedAt: iso(400), publishedBy: "system", note: null },
  ];
}

export function makeDeliveries(now: number) {
  const iso = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  return [
    {
      id: "d-1",
      kind: "lead.assigned",
      channel: "webhook",
      recipient: "hooks.acme.example/leads",
      leadId: "L-quiet",
      status: "dead",
      attempts: 8,
      lastError: "503 Service Unavailable after 10 s",
      createdAt: iso(190),
      nextAttemptAt: null,
      sentAt: null,
    },
    {
      id: "d-2",
      kind: "sla.breached",
      channel: "email",
      recipient: "ana@acme.example",
      leadId: "L-late",
      status: "pending",
      attempts: 1,
      lastError: "421 try again later",
      createdAt: iso(4),
      nextAttemptAt: iso(-2),
      sentAt: null,
    },
    {
      id: "d-3",
      kind: "lead.assigned",
      channel: "chat",
      recipient: "#leads-smb",
      leadId: "L-due",
      status: "sent",
      attempts: 1,
      lastError: null,
      createdAt: iso(8),
      nextAttemptAt: null,
      sentAt: iso(8),
    },
  ];
}

export const dispositions = [
  { code: "meeting_booked", label: "Meeting booked", outcome: "qualified", recycle: false },
  { code: "demo_booked", label: "Demo booked", outcome: "scheduled", recycle: false },
  { code: "not_icp_fit", label: "Not a fit", outcome: "rejected", recycle: true },
  { code: "no_budget", label: "No budget this year", outcome: "recycled", recycle: true },
];
