/** The forms that the stand-in server knows. */
import type { PublicForm } from "../../../schema/wire/capture.ts";

type Field = PublicForm["fields"][number];
const field = (name: string, type: Field["type"], label: string, more: Partial<Field> = {}): Field => ({
  name,
  type,
  label,
  required: false,
  ...more,
});

const base = { description: null, submitLabel: "Request a demo", accent: null, consent: null };

export const DEFINITIONS: Record<string, PublicForm> = {
  demo: {
    ...base,
    key: "demo",
    name: "Request a demo",
    title: "See it with your own data",
    description: "Half an hour, no slides. You’ll learn at once who answers, and by when.",
    consent: {
      label: "You may contact me about this request. How we treat data: https://acme.example/privacy.",
      required: true,
    },
    fields: [
      field("email", "email", "Work e-mail", { required: true }),
      field("name", "text", "Name", { required: true }),
      field("company", "text", "Company"),
      field("phone", "tel", "Phone"),
      field("message", "textarea", "What would you like to see?", { maxLength: 500 }),
      field("plan", "hidden", "Plan", { value: "standard" }),
    ],
  },
  short: {
    ...base,
    key: "short",
    name: "Call me",
    title: null,
    submitLabel: "Call me",
    accent: "#0f766e",
    fields: [field("email", "email", "Work e-mail", { required: true })],
  },
  full: {
    ...base,
    key: "full",
    name: "Everything",
    title: "Tell us about your team",
    accent: "#f5c518",
    consent: { label: "Keep me informed.", required: false },
    fields: [
      field("email", "email", "Work e-mail", { required: true, help: "We answer to this address." }),
      field("name", "text", "Name"),
      field("website", "url", "Website"),
      field("employees", "number", "Employees", { required: true }),
      field("country", "country", "Country", { required: true }),
      field("interest", "select", "Interest", {
        required: true,
        options: [
          { value: "routing", label: "Routing" },
          { value: "sla", label: "Response times" },
        ],
      }),
      field("message", "textarea", "Message", { maxLength: 20 }),
      field("nda", "checkbox", "We need an NDA first"),
    ],
  },
};
