/** How the policy runs: what each of its branches took over a period, and who covers which hour of a week. */
import * as z from "zod";
import { isoTime, personRef } from "./common.ts";

/** How a branch's leads found their owner. All but the first two are steps of the fall-through. */
export const WAYS = [
  "target",
  "sun",
  "ruleBackup",
  "personBackup",
  "backupTeam",
  "manager",
  "defaultChain",
  "lastResort",
] as const;
export type Way = (typeof WAYS)[number];

export const branch = z
  .object({
    id: z.string().describe("The rule's id; `~default` for the default chain. Filters GET /v1/leads?rule="),
    kind: z.enum(["suppression", "relationship", "rule", "default", "retired"]),
    name: z.string(),
    /** The condition in words. */
    when: z.string(),
    to: z.string(),
    backup: z.string().nullable(),
    sla: z.string().nullable().describe("Null: the SLA rules choose, else the default policy"),
    mode: z.enum(["enforce", "observe"]),
    priority: z.int(),
    tags: z.array(z.string()),
    requires: z.string().nullable(),
    reached: z.int().describe("Leads that none of the branches before took"),
    leads: z.int().describe("Leads that it took, counted by their first decision"),
    share: z.number().describe("Of all leads of the period, 0–1"),
    observed: z.int().describe("In mode `observe`: leads it held for and passed on"),
    fellThrough: z.int().describe("Of its leads, those its target didn't take"),
    ways: z.array(
      z.object({
        way: z.enum(WAYS),
        leads: z.int(),
        to: z.array(z.string()).describe("Where these went, the most frequent first, by today's names"),
      }),
    ),
  })
  .meta({ id: "PolicyBranch" });
export type Branch = z.infer<typeof branch>;

export const policyFlow = z
  .object({
    from: isoTime,
    to: isoTime,
    version: z.int().describe("The version whose branches are shown"),
    total: z.int(),
    branches: z
      .array(branch)
      .describe("In the order in which they are asked; then what only older versions had, as `retired`"),
  })
  .meta({ id: "PolicyFlow" });
export type PolicyFlow = z.infer<typeof policyFlow>;

const span = z.object({ from: isoTime, to: isoTime });

export const coverageCell = z
  .object({
    /** Minutes in the hour: 60, but not where clocks change. */
    minutes: z.int(),
    open: z.int().describe("Minutes of it that the team is open"),
    uncovered: z.int().describe("Of the open minutes, those with nobody of the team on duty"),
    least: z.int().describe("The fewest on duty at once while open; while closed, the most"),
    people: z.array(z.string()).describe("Ids of those on duty at some time of the hour"),
  })
  .meta({ id: "CoverageCell" });

export const coverageTeam = z
  .object({
    id: z.string(),
    name: z.string(),
    timezone: z.string(),
    members: z.array(personRef.extend({ absent: z.string().nullable() })),
    cells: z.array(coverageCell).describe("Hour by hour from Monday 00:00 in the zone asked for: 168"),
    holes: z.array(span.extend({ why: z.string() })).describe("Open, and nobody on duty"),
  })
  .meta({ id: "CoverageTeam" });

export const coverage = z
  .object({
    week: z.string().describe("The Monday, YYYY-MM-DD"),
    timezone: z.string(),
    from: isoTime,
    to: isoTime,
    teams: z.array(coverageTeam),
    nobody: z.array(span).describe("Hours at which nobody of any team is on duty"),
    holidays: z
      .array(
        z.object({
          date: z.string(),
          calendar: z.object({ id: z.string(), name: z.string(), timezone: z.string() }),
          teams: z.array(z.string()),
          people: z.array(z.string()),
          hours: z.array(z.tuple([z.string(), z.string()])).describe("Empty: closed all day"),
        }),
      )
      .describe("Dates with hours of their own, from the week shown on, by calendar in use"),
  })
  .meta({ id: "Coverage" });
export type Coverage = z.infer<typeof coverage>;
export type CoverageTeam = z.infer<typeof coverageTeam>;
export type CoverageCell = z.infer<typeof coverageCell>;
