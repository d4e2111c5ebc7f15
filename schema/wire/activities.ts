/** Activities recorded elsewhere: a CRM's or a dialler's calls, mails, meetings and replies. */
import * as z from "zod";
import { CHANNELS } from "../config/routing.ts";
import { isoInput } from "./common.ts";

export const ACTIVITY_TYPES = [...CHANNELS, "reply"] as const;

export const activity = z
  .object({
    source: z.string().min(1).max(64).describe("The system that recorded it, such as `dialler`"),
    id: z
      .string()
      .min(1)
      .max(128)
      .describe("Its id there; with the source it makes a repeat the same activity"),
    type: z.enum(ACTIVITY_TYPES),
    at: isoInput,
    direction: z.enum(["outbound", "inbound"]).nullish().describe("Outbound when absent, but for a reply"),
    leadId: z.string().max(64).nullish(),
    email: z.string().max(254).nullish().describe("Of the person: finds their open lead, else their last"),
    externalId: z.string().max(128).nullish().describe("Of the contact in the CRM"),
    by: z.string().max(254).nullish().describe("Who did it: a person's id, external id or e-mail"),
    outcome: z.string().max(64).nullish(),
    automated: z.boolean().nullish(),
    personal: z.boolean().nullish(),
    replyPath: z.boolean().nullish(),
    body: z.string().max(20_000).nullish(),
  })
  .meta({ id: "Activity" });
export type Activity = z.infer<typeof activity>;

export const activitiesBody = z
  .object({ activities: z.array(z.unknown()).max(500, "send at most 500 activities at a time") })
  .meta({ id: "ActivitiesRequest" });

const line = z.object({ line: z.int().describe("Counted from 1"), id: z.string().nullable() });

export const activitiesAnswer = z
  .object({
    received: z.int(),
    recorded: z.int(),
    repeated: z.int().describe("Known already; nothing changed"),
    unknown: z.array(line).describe("No lead was found: send them again once there is one"),
    rejected: z.array(line.extend({ error: z.string() })),
    notDone: z.array(line).describe("Nothing is wrong with them: not taken up in this call, send them again"),
  })
  .meta({ id: "ActivitiesAnswer" });
export type ActivitiesAnswer = z.infer<typeof activitiesAnswer>;
