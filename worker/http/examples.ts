/** A body for each operation that a reader would rather see than derive. A test holds each against its schema. */

const LEAD = {
  email: "robin@northwind.example",
  name: "Robin Example",
  company: "Northwind Robotics",
  country: "DE",
  message: "We would like to see a demo.",
};

/** Small, whole and fit to be published: everything else a document may say has a default. */
const POLICY = {
  workspace: { name: "Acme Robotics", timezone: "America/New_York" },
  people: [
    { id: "ana", name: "Ana", email: "ana@acme.example", role: "revops" },
    {
      id: "ben",
      name: "Ben",
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
  teams: [{ id: "sales", name: "Sales", calendar: "us", manager: "ana", members: [{ person: "ben" }] }],
  sla: [{ id: "standard", firstTouch: "PT10M" }],
  routing: {
    rules: [{ id: "all", when: {}, to: { team: "sales" } }],
    default: ["ana"],
    defaultSla: "standard",
  },
  forms: [
    {
      key: "demo",
      name: "Request a demo",
      allowedOrigins: ["https://acme.example"],
      fields: [{ name: "email", type: "email", label: "Work e-mail", required: true }],
    },
  ],
  dispositions: [{ code: "not_a_fit", label: "Not a fit", outcome: "rejected", recycle: true }],
};

/** By operation. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  submitForm: {
    submissionId: "7f1c1b52-6d35-4c7e-9a3e-0d4f6a1b2c3d",
    fields: LEAD,
    page: { url: "https://acme.example/demo", title: "Request a demo" },
    attribution: { utmSource: "newsletter" },
  },
  createLead: { submissionId: "fair-2026-0042", source: "trade-fair", fields: LEAD },
  recordTouch: {
    channel: "call",
    direction: "outbound",
    personal: true,
    outcome: "connected",
    body: "Talked for five minutes.",
  },
  acceptLead: { by: "ben" },
  closeLead: { code: "meeting_booked", nextStep: "Demo on Thursday" },
  reassignLead: { to: "ben", reason: "Speaks the language" },
  correctAccount: { account: "001A1", learn: ["domain"], reason: "Their holding writes from there" },
  handOffLead: { stage: "sal", to: "ana", nextAction: "Prepare the demo" },
  reportBounce: { kind: "email", reason: "550 no such user" },
  moveStage: { stage: "mql" },
  correctLead: { email: "robin@northwind.example", phone: "+49 30 901820", reason: "Asked on the phone" },
  completeTask: { note: "Proposal sent" },
  searchLeads: { q: "robin@northwind.example", status: "open" },
  recordActivities: {
    activities: [
      {
        source: "dialler",
        id: "call-8812",
        type: "call",
        at: "2026-11-23T15:04:00Z",
        email: "robin@northwind.example",
        by: "ben@acme.example",
        outcome: "connected",
      },
      {
        source: "crm",
        id: "mail-551",
        type: "reply",
        at: "2026-11-23T15:20:00Z",
        externalId: "003C1",
      },
    ],
  },
  replanLeads: { dryRun: true, reason: "Winter hours begin" },
  setAvailability: { availability: "away", until: "2026-11-23T09:00:00Z", reason: "At the dentist" },
  addTimeOff: { start: "2026-12-21T00:00:00Z", end: "2027-01-04T00:00:00Z", reason: "Holiday" },
  deactivatePerson: { reason: "Left the company" },
  setCapacity: { capacity: 12, until: "2026-11-30T18:00:00Z" },
  putConfig: POLICY,
  setEnforcement: { mode: "observe", reason: "The CRM sync is being repaired" },
  startBacktest: { version: 12, from: "2026-10-01", to: "2026-10-31" },
  takeBaseline: { from: "2026-09-01", to: "2026-09-30", note: "Before Leadclock" },
  exportPerson: { email: "robin@northwind.example" },
  erasePerson: { email: "robin@northwind.example", doNotContact: true },
  leaveAlone: { email: "robin@northwind.example" },
  askForLink: { email: "ana@acme.example", callbackURL: "/board" },
  createKey: { name: "Website backend", scopes: ["leads:create", "leads:read"] },
  // Bulk calls: a record a line, a row each, or a list.
  upsertAccounts: [
    {
      id: "001A1",
      name: "Northwind Robotics",
      domain: "northwind.example",
      owner: "005HE0000000001",
      country: "DE",
      employees: 1200,
      lifecycle: "prospect",
    },
    {
      id: "001A2",
      name: "Northwind Robotics Polska",
      domain: "northwind-pl.example",
      parentId: "001A1",
      country: "PL",
    },
  ],
  upsertContacts: [
    { id: "003C1", email: "robin@northwind.example", name: "Robin Example", accountId: "001A1" },
  ],
  upsertOpportunities: [
    {
      id: "006O1",
      accountId: "001A1",
      stage: "Proposal",
      open: true,
      amount: 48_000,
      owner: "005HE0000000001",
    },
  ],
  openImport: { kind: "accounts", name: "accounts.csv", size: 48_213 },
  finishImport: { parts: 3 },
  mergeAccount: { into: "001A1" },
  matchLeads: {
    leads: [{ id: "1", email: "robin@northwind.example", company: "Northwind Robotics", country: "DE" }],
  },
  dryRun: { leads: [LEAD] },
  askCalendar: {
    timezone: "America/New_York",
    hours: { mon: [["09:00", "17:00"]], tue: [["09:00", "17:00"]] },
    holidays: ["2026-12-25"],
    cases: [{ start: "2026-11-23T21:55:00Z", add: "PT10M" }, { at: "2026-11-24T15:00:00Z" }],
  },
};
