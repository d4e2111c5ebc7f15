/** People, calendars, teams and queues of the configuration document. */
import * as z from "zod";
import { condition } from "./condition.ts";
import { duration, email, id, label, localDate, windows } from "./primitives.ts";

export const ROLES = ["rep", "manager", "marketer", "revops", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** What sums up by mail: the morning's for managers, the week's scorecard. */
export const DIGEST_KINDS = ["morning", "weekly"] as const;
export type DigestKind = (typeof DIGEST_KINDS)[number];

export const person = z.strictObject({
  id,
  name: label,
  email,
  role: z.enum(ROLES).default("rep"),
  manager: id.nullish(),
  backup: id.nullish(),
  /** Most leads awaiting first touch; absent: no limit. */
  capacity: z.int().min(0).max(100_000).nullish(),
  /** Most open leads of any kind; absent: no limit. */
  activeLeads: z.int().min(0).max(100_000).nullish(),
  skills: z.array(z.string().max(64)).max(100).default([]),
  languages: z.array(z.string().max(35)).max(50).default([]),
  calendar: id.nullish(),
  /** Ids of this person in other systems, by system: `{ "hubspot": "1201" }`. */
  externalIds: z.record(z.string().max(64), z.string().max(200)).default({}),
  phone: z.string().max(40).nullish(),
  /** A notification that reaches this person beside mail: warnings, second touches and reminders go there too. */
  nudge: id.nullish(),
  /** Digests by mail; absent: what the role usually gets (managers both, RevOps and marketers the week's). */
  digests: z.array(z.enum(DIGEST_KINDS)).max(2).nullish(),
});

const hours = z
  .strictObject({
    mon: windows,
    tue: windows,
    wed: windows,
    thu: windows,
    fri: windows,
    sat: windows,
    sun: windows,
  })
  .partial();

export const calendar = z.strictObject({
  id,
  name: label.nullish(),
  timezone: z.string().min(1).max(64),
  hours,
  holidays: z.array(localDate).max(2000).default([]),
  /** ISO country (or country-region) codes whose public holidays are worked out when the calendar is published. */
  holidaySets: z.array(z.string().min(2).max(12)).max(20).default([]),
  overrides: z.record(localDate, windows).default({}),
});

export const team = z.strictObject({
  id,
  name: label,
  calendar: id.nullish(),
  manager: id.nullish(),
  members: z
    .array(
      z.strictObject({
        person: id,
        weight: z.number().positive().max(1000).default(1),
        when: condition.optional(),
      }),
    )
    .max(1000)
    .default([]),
  backupTeams: z.array(id).max(50).default([]),
  followTheSun: z.array(id).max(50).default([]),
  /** True where this team takes only new business: customers and open opportunities never enter it. */
  newBusiness: z.boolean().default(true),
});

/** A calendar of absences somewhere else. */
export const timeOffFeed = z
  .strictObject({
    id,
    /** Where it is fetched, https. */
    url: z.string().max(2000).nullish(),
    /** In place of `url`: the name of the secret that holds the address, where the address itself is the key. */
    secretRef: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "use an environment name such as ANA_CALENDAR_URL")
      .nullish(),
    /** Whose absences they are: one person's, or everybody's of a team. */
    person: id.nullish(),
    team: id.nullish(),
  })
  .refine(({ url, secretRef }) => Boolean(url) !== Boolean(secretRef), {
    path: ["url"],
    message: "give either url or secretRef",
  })
  .refine(({ person, team }) => Boolean(person) !== Boolean(team), {
    path: ["person"],
    message: "give either person or team",
  });

export const QUEUE_PURPOSES = ["qualification", "data_cleanup", "recycle", "quarantine"] as const;

export const queue = z.strictObject({
  id,
  name: label,
  steward: id,
  backupSteward: id.nullish(),
  /** Who hears, beside its stewards, when a lead waits too long or no steward is there; absent: the end of the default chain. */
  alert: id.nullish(),
  calendar: id.nullish(),
  target: duration.default("PT60M"),
  /**
   * What waits here. Leads whose contact data fail go to `data_cleanup`; those in `quarantine` are quarantined. Without one, a
   * queue's name says it ("cleanup", "quarantine").
   */
  purpose: z.enum(QUEUE_PURPOSES).nullish(),
});
