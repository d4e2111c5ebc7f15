/** The demo's forms, dispositions, stages, queues and notifications. */
import type { ConfigInput } from "../../schema/config/document.ts";

type Part<K extends keyof ConfigInput> = NonNullable<ConfigInput[K]>;
type Field = Part<"forms">[number]["fields"][number];

const field = (name: string, type: Field["type"], label: string, more: Partial<Field> = {}): Field => ({
  name,
  type,
  label,
  ...more,
});

const email = field("email", "email", "Work e-mail", { required: true, autocomplete: "email" });
const name = field("name", "text", "Your name", { autocomplete: "name", maxLength: 200 });
const company = field("company", "text", "Company", { autocomplete: "organization", maxLength: 200 });
const title = field("title", "text", "Job title", { autocomplete: "organization-title", maxLength: 200 });
const phone = field("phone", "tel", "Phone", {
  autocomplete: "tel",
  help: "With a number we can call you back within minutes.",
});
const country = field("country", "country", "Country", { autocomplete: "country" });
const message = field("message", "textarea", "What should our robots do for you?", { maxLength: 4000 });

export const demoForms = (origin: string): Part<"forms"> => [
  {
    key: "demo",
    name: "Request a demo",
    title: "See a Helio at work",
    description: "Tell us where to reach you. You will see who answers and by when.",
    submitLabel: "Request my demo",
    accent: "#1f6f5c",
    allowedOrigins: [origin, "https://heliorobotics.example", "https://www.heliorobotics.example"],
    fields: [email, name, company, title, phone, country, message],
    consent: { label: "Helio Robotics may write to me about its products. I can say no at any time." },
  },
  {
    key: "contact",
    name: "Contact us",
    title: "Ask us anything",
    submitLabel: "Send",
    accent: "#1f6f5c",
    allowedOrigins: [origin, "https://heliorobotics.example", "https://www.heliorobotics.example"],
    fields: [email, name, company, { ...message, label: "Your question", required: true }],
  },
];

export const demoDispositions: Part<"dispositions"> = [
  { code: "meeting_booked", label: "Meeting booked", outcome: "scheduled" },
  { code: "opportunity_created", label: "Opportunity created", outcome: "qualified" },
  { code: "sent_to_partner", label: "Qualified, handed to a partner", outcome: "qualified" },
  { code: "not_icp_fit", label: "Not a fit for our robots", outcome: "rejected", recycle: true },
  { code: "missing_data", label: "Data missing or wrong", outcome: "rejected", recycle: true },
  { code: "bad_timing", label: "Right company, wrong time", outcome: "recycled", recycle: true },
  { code: "no_response", label: "No response after full effort", outcome: "recycled", recycle: true },
  { code: "no_budget", label: "No budget this year", outcome: "recycled", recycle: true },
  { code: "chose_competitor", label: "Chose somebody else", outcome: "disqualified" },
  { code: "student_or_press", label: "Student, press or job seeker", outcome: "disqualified" },
  { code: "existing_customer", label: "Customer's service request", outcome: "disqualified" },
  { code: "spam", label: "Spam or test", outcome: "disqualified", invalid: true },
];

export const demoStages: Part<"stages"> = [
  { id: "inquiry", maxAge: "P5D" },
  {
    id: "mql",
    entry: { field: "score", op: "gte", value: 15 },
    requiredFields: ["email", "company"],
    maxAge: "P2D",
  },
  { id: "sal", requiredFields: ["email"], maxAge: "P7D" },
  { id: "sql", requiredFields: ["email"], maxAge: "P14D" },
  { id: "opportunity", requiredFields: ["email"] },
];

export const demoQueues: Part<"queues"> = [
  {
    id: "qualification",
    name: "Qualification",
    steward: "bea",
    backupSteward: "seun",
    calendar: "always",
    target: "PT60M",
  },
  {
    id: "cleanup",
    name: "Data cleanup",
    steward: "seun",
    backupSteward: "bea",
    calendar: "de",
    target: "PT4H",
  },
  { id: "recycle", name: "Recycle", steward: "bea", backupSteward: "seun", calendar: "us", target: "P1D" },
  {
    id: "quarantine",
    name: "Quarantine",
    steward: "seun",
    backupSteward: "imani",
    calendar: "de",
    target: "PT8H",
  },
];

export const demoNotifications = (origin: string): Part<"notifications"> => [
  {
    id: "ops",
    channel: "webhook",
    url: `${origin}/local/hooks/ops`,
    secretRef: "OPS_WEBHOOK_SECRET",
    events: ["lead.*", "sla.*", "person.*"],
  },
  {
    id: "sales-ops",
    channel: "email",
    to: ["sales-ops@heliorobotics.example"],
    events: ["sla.breached", "sla.escalated", "person.suspended", "delivery.dead", "net.caught"],
  },
];
