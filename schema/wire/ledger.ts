/** Reports about the rotation: what each member was due and got, and owners the CRM names that nobody here answers to. */
import * as z from "zod";
import { dayInput, isoTime, personRef } from "./common.ts";

export const period = z.strictObject({
  from: dayInput
    .optional()
    .describe("A day of the workspace's zone, or a time; seven days before `to`, where it is left out"),
  to: dayInput
    .optional()
    .describe(
      "A day, which is included, or a time, which is not; now, where it is left out. At most 92 days after `from`",
    ),
});

const member = z.object({
  person: personRef,
  weight: z.number().nullable().describe("In the document in force; null: no member any more"),
  available: z.int().describe("Picks in which they had room and were there"),
  share: z.number().describe("Leads they were due of those picks, by weight"),
  received: z.int(),
  credited: z.number().describe("Leads given back by name in the period; listed under `entries`"),
  credit: z.number().describe("What the rotation owes them now, in leads"),
  skips: z
    .record(z.string(), z.int())
    .describe(
      "Decisions in which they were passed over, by reason: full, away, time_off, off_shift, suspended, deactivated, unskilled, not_for_lead, excluded",
    ),
});

/**
 * A number of the ledger, for `GET /v1/leads?ledger=`: the team, what is counted (`received`, `available`, or the reason of being
 * passed over) and, unless it is the whole team's, the member.
 */
export const LEDGERED =
  /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}~(received|available|[a-z_]{2,20})(~[A-Za-z0-9][A-Za-z0-9._:-]{0,63})?$/;

/** The books are read pick by pick: a longer period would keep the database from its visitors. */
export const MOST_LEDGER_DAYS = 92;

export const rotationLedgerAnswer = z
  .object({
    from: isoTime,
    to: isoTime,
    teams: z.array(z.object({ id: z.string(), name: z.string(), picks: z.int(), members: z.array(member) })),
    entries: z
      .array(
        z.object({
          id: z.string(),
          at: isoTime,
          team: z.string(),
          person: personRef,
          leadId: z.string(),
          kind: z.string().describe("invalid: the lead turned out to be none"),
          amount: z.number(),
          note: z.string().nullable().describe("The disposition's code"),
        }),
      )
      .describe("The newest 5,000"),
  })
  .meta({ id: "RotationLedger" });
export type RotationLedger = z.infer<typeof rotationLedgerAnswer>;

export const unknownOwnersAnswer = z
  .object({
    from: isoTime,
    to: isoTime,
    owners: z.array(
      z.object({
        name: z.string().describe("As the CRM names them"),
        leads: z.int(),
        lastAt: isoTime,
        lastLeadId: z.string(),
      }),
    ),
  })
  .meta({ id: "UnknownOwners" });
