/** The demo workspace's configuration: Helio Robotics, an invented maker of warehouse robots. */
import type { ConfigInput } from "../../schema/config/document.ts";
import { demoCalendars } from "./config-calendars.ts";
import { demoDispositions, demoForms, demoNotifications, demoQueues, demoStages } from "./config-forms.ts";
import { demoFeeds, demoPeople, demoTeams } from "./config-people.ts";
import {
  demoRouting,
  demoScoring,
  demoSla,
  demoSlaRules,
  demoSuppression,
  demoTerritories,
} from "./config-routing.ts";

/** `origin` is where this installation is served, such as `http://localhost:8787`, without a path. */
export const demoConfig = (origin: string): ConfigInput => ({
  workspace: {
    name: "Helio Robotics",
    timezone: "America/New_York",
    currency: "USD",
    calendar: "us",
    mailFrom: "hello@heliorobotics.example",
    alertEmail: "sales-ops@heliorobotics.example",
  },
  people: demoPeople,
  calendars: demoCalendars,
  teams: demoTeams,
  timeOffFeeds: demoFeeds,
  queues: demoQueues,
  territories: demoTerritories,
  sla: demoSla,
  slaRules: demoSlaRules,
  stages: demoStages,
  commitments: {
    marketing: { mqlsPerWeek: 180, requiredFieldsShare: 0.9 },
    sales: { firstTouchShare: 0.95 },
  },
  scoring: demoScoring,
  routing: demoRouting,
  forms: demoForms(origin),
  dispositions: demoDispositions,
  suppression: demoSuppression,
  notifications: demoNotifications(origin),
  enrichment: { company: { provider: "people_data_labs", secretRef: "PDL_API_KEY" } },
  retention: { closedLeads: "P730D", submissions: "P730D" },
});
