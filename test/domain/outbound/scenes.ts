/** A lead in New York's hours, owned by Ben, written by somebody in Berlin: what messages are composed from. */
import { configDocument, type ConfigInput } from "../../../schema/config/document.ts";
import { compileConfig, type Compiled } from "../../../worker/domain/config/compiled.ts";
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";
import type { Owed, OwedAssignment } from "../../../worker/domain/owed.ts";
import type { LeadState, Scene } from "../../../worker/outbound/scene.ts";

export const NOW = Date.parse("2026-11-23T15:00:00.000Z");
const MINUTE = 60_000;

const document = (more: Partial<ConfigInput> = {}): ConfigInput => ({
  workspace: { name: "Acme Robotics", timezone: "UTC" },
  people: [
    { id: "mia", name: "Mia Manager", email: "mia@acme.example", role: "manager" },
    { id: "ben", name: "Ben Rep", email: "ben@acme.example", manager: "mia", calendar: "ny" },
    { id: "cleo", name: "Cleo Rep", email: "cleo@acme.example", calendar: "ny" },
    { id: "last", name: "Last Resort", email: "last@acme.example", role: "manager" },
  ],
  calendars: [{ id: "ny", timezone: "America/New_York", hours: { mon: [["09:00", "17:00"]] } }],
  teams: [
    {
      id: "smb",
      name: "SMB",
      calendar: "ny",
      manager: "last",
      members: [{ person: "ben" }, { person: "cleo" }],
    },
  ],
  queues: [
    { id: "quali", name: "Qualification", steward: "mia", backupSteward: "cleo" },
    { id: "alone", name: "Clean-up", steward: "mia" },
    { id: "watched", name: "Watched", steward: "mia", backupSteward: "cleo", alert: "ben" },
  ],
  sla: [{ id: "standard" }],
  routing: { rules: [{ id: "rest", to: { team: "smb" } }], default: ["last", "mia"], defaultSla: "standard" },
  notifications: [
    {
      id: "ops",
      channel: "webhook",
      url: "https://hooks.acme.example/leads",
      secretRef: "OPS_WEBHOOK_SECRET",
      events: ["*"],
    },
    { id: "desk", channel: "email", to: ["desk@acme.example", "second@acme.example"], events: ["sla.*"] },
  ],
  ...more,
});

export const compiled = (more: Partial<ConfigInput> = {}): Compiled =>
  compileConfig(configDocument.parse(document(more)), 1);

export const lead = (more: Partial<LeadState> = {}, fields: Record<string, unknown> = {}): LeadState => ({
  id: "ld_1",
  status: "new",
  stage: "inquiry",
  open: true,
  provisional: false,
  ownerId: "ben",
  backupId: null,
  teamId: "smb",
  queueId: null,
  stewardId: null,
  assignmentSeq: 2,
  accountId: "a1",
  accountName: "Globex",
  score: 40,
  segment: "warm",
  tags: [],
  formKey: "demo",
  source: null,
  slaId: "standard",
  createdAt: NOW - 2 * MINUTE,
  assignedAt: NOW - MINUTE,
  firstTouchDueAt: NOW + 9 * MINUTE + 59_000,
  firstTouchAt: null,
  secondTouchAt: null,
  repliedAt: null,
  promiseAt: NOW + 9 * MINUTE,
  nextActionAt: null,
  reassignments: 1,
  routing: { reason: "the SMB team" },
  facts: {
    lead: enrich({
      fields: {
        email: "Robin.Example@globex.example",
        name: "Robin Example",
        company: "Globex",
        title: "VP Sales",
        phone: "+49 30 901820",
        message: "We need 40 seats.",
        timezone: "Europe/Berlin",
        ...fields,
      },
      edge: { timezone: "Europe/Berlin", country: "DE" },
    }),
  },
  ...more,
});

export const assignment = (more: Partial<OwedAssignment> = {}): OwedAssignment => ({
  seq: 2,
  personId: "ben",
  stewardId: null,
  teamId: "smb",
  cause: "breach",
  reason: "least tried of SMB",
  dueAt: NOW + 9 * MINUTE,
  ...more,
});

export const owed = (kind: string, recipient: string, more: Partial<Owed> = {}): Owed => ({
  id: `ld_1.2.${kind}.${recipient}`,
  kind,
  channel: "email",
  leadId: "ld_1",
  seq: 2,
  recipient,
  data: {},
  attempts: 1,
  createdAt: NOW - 1_000,
  ...more,
});

export const scene = (effect: Owed, more: Partial<Scene> = {}): Scene => ({
  owed: effect,
  lead: effect.leadId === null ? null : lead(),
  assignment: effect.seq === null ? null : assignment(),
  previous: assignment({ seq: 1, personId: "cleo" }),
  submission: {
    receipt: "receipt-1",
    message: "One more thing.",
    acknowledgement: { message: "Thank you. Ben Rep will get back to you today by 16:10 (Berlin time)." },
  },
  compiled: compiled(),
  past: null,
  deactivated: new Set(),
  now: NOW,
  origin: "https://leads.acme.example",
  mailFrom: "Leadclock <leads@acme.example>",
  alertEmail: null,
  ...more,
});

/** Every kind that has words of its own, with somebody who hears it. */
export const KINDS: readonly (readonly [kind: string, recipient: string])[] = [
  ["visitor.acknowledged", "visitor"],
  ["lead.assigned", "owner"],
  ["lead.reassigned", "owner"],
  ["lead.opened", "owner"],
  ["lead.rerouted", "owner"],
  ["lead.joined", "owner"],
  ["lead.taken", "previous"],
  ["lead.queued", "steward"],
  ["sla.warning", "owner"],
  ["sla.breached", "manager"],
  ["sla.second_touch", "owner"],
  ["sla.no_reply", "owner"],
  ["sla.untouched", "manager"],
  ["sla.escalated", "owner"],
  ["sla.effort", "owner"],
  ["sla.stage_age", "owner"],
  ["lead.replied", "owner"],
  ["privacy.do_not_contact", "owner"],
  ["queue.aged", "steward"],
  ["queue.unattended", "queueAlert"],
  ["person.suspended", "manager"],
  ["person.paused", "person:ben"],
  ["person.strikes", "manager"],
  ["signin.link", "address:mia@acme.example"],
  ["ops.alert", "operators"],
  ["event", "notification:desk"],
  ["something.new", "owner"],
];
