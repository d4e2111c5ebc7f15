/** The configuration document: one versioned whole. Its published JSON Schema is generated from here. */
import * as z from "zod";
import { enrichment } from "./enrichment.ts";
import { disposition, form, notification, retention, stageRule, commitments } from "./forms.ts";
import { matching } from "./matching.ts";
import { calendar, person, queue, team, timeOffFeed } from "./people.ts";
import { id, label, WEEKDAYS } from "./primitives.ts";
import { routing, scoring, slaPolicy, slaRule, suppression, territory } from "./routing.ts";

export const configDocument = z
  .strictObject({
    $schema: z.string().max(500).optional(),
    workspace: z.strictObject({
      name: label,
      timezone: z.string().min(1).max(64),
      /** In which opportunities' amounts are added up; the only one there is, when absent. */
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, "use a currency's three letters, such as EUR")
        .nullish(),
      /** Calendar of people and teams without one; the first calendar when absent. */
      calendar: id.nullish(),
      /** Sender of e-mail, where it isn't the deployment's default. */
      mailFrom: z.string().max(254).nullish(),
      /** Most operators' alerts go here; the managers of the default chain when absent. */
      alertEmail: z.string().max(254).nullish(),
      /** When digests go out, in their readers' own time. */
      digests: z
        .strictObject({
          at: z
            .string()
            .regex(/^(0\d|1[01]):[0-5]\d$/, "use a time before noon, such as 07:00")
            .default("07:00"),
          weeklyOn: z.enum(WEEKDAYS).default("mon"),
        })
        .nullish(),
    }),
    people: z.array(person).min(1).max(10_000),
    calendars: z.array(calendar).max(500).default([]),
    teams: z.array(team).max(500).default([]),
    timeOffFeeds: z.array(timeOffFeed).max(2000).default([]),
    queues: z.array(queue).max(200).default([]),
    territories: z.array(territory).max(2000).default([]),
    sla: z.array(slaPolicy).min(1).max(200),
    slaRules: z.array(slaRule).max(500).default([]),
    stages: z.array(stageRule).max(20).default([]),
    commitments: commitments.default({}),
    matching: matching.default({ acceptThreshold: 0.6, reviewThreshold: 0.1 }),
    scoring: scoring.default({ rules: [], segments: [] }),
    routing,
    forms: z.array(form).max(500).default([]),
    dispositions: z.array(disposition).max(200).default([]),
    suppression: z.array(suppression).max(200).default([]),
    notifications: z.array(notification).max(200).default([]),
    retention: retention.default({}),
    enrichment: enrichment.default({}),
  })
  .meta({ id: "Configuration", title: "Leadclock configuration" });

/** JSON Schema of what may be written, draft 2020-12. Without the id the document stands at the root, not behind a $ref. */
export const configJsonSchema = () =>
  z.toJSONSchema(z.strictObject(configDocument.shape).meta({ title: "Leadclock configuration" }), {
    io: "input",
    target: "draft-2020-12",
  });

export type ConfigDocument = z.infer<typeof configDocument>;
export type ConfigInput = z.input<typeof configDocument>;
export type Person = ConfigDocument["people"][number];
export type CalendarConfig = ConfigDocument["calendars"][number];
export type Team = ConfigDocument["teams"][number];
export type Queue = ConfigDocument["queues"][number];
export type SlaPolicy = ConfigDocument["sla"][number];
export type Rule = ConfigDocument["routing"]["rules"][number];
export type Suppression = ConfigDocument["suppression"][number];
export type Form = ConfigDocument["forms"][number];
export type FormField = Form["fields"][number];
export type Notification = ConfigDocument["notifications"][number];
