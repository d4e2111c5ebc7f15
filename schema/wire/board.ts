/** The board: leads awaiting first touch by owner, and what its live socket says. */
import * as z from "zod";
import { ATTRIBUTIONS } from "../reports.ts";
import { isoTime } from "./common.ts";
import { leadSummary } from "./lead.ts";

export const boardPerson = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    teams: z.array(z.string()),
    timezone: z.string(),
    /** What decides whether they may be assigned now, worst first. */
    state: z.enum(["available", "away", "time_off", "suspended", "off_shift", "deactivated"]),
    until: isoTime.nullable(),
    capacity: z.int().nullable(),
    awaiting: z.int(),
    open: z.int(),
  })
  .meta({ id: "BoardPerson" });

/** A missed first touch, and whose it was. */
export const strike = z
  .object({
    id: z.string(),
    person: z.string(),
    leadId: z.string(),
    at: isoTime,
    attribution: z.enum(ATTRIBUTIONS),
    /** The evidence for the attribution. */
    why: z.string().nullable(),
    /** A touch made in time came to light. */
    voidedAt: isoTime.nullable(),
    /** Whether it counts towards being taken out of new assignment: theirs, not voided, recent, after any reinstatement. */
    counts: z.boolean(),
  })
  .meta({ id: "Strike" });
export type Strike = z.infer<typeof strike>;

export const board = z
  .object({
    now: isoTime,
    workspace: z.object({ name: z.string(), timezone: z.string(), version: z.int() }),
    people: z.array(boardPerson),
    teams: z.array(
      z.object({ id: z.string(), name: z.string(), open: z.boolean(), nextOpening: isoTime.nullable() }),
    ),
    /** Leads awaiting first touch and leads in queues, most urgent first. */
    leads: z.array(leadSummary),
    /** Today, in the workspace's zone. */
    today: z.object({
      captured: z.int(),
      touched: z.int(),
      breached: z.int(),
      reassigned: z.int(),
      medianSpeedToLeadSeconds: z.number().nullable(),
    }),
    /** What each safety net holds at this moment. */
    nets: z.array(z.object({ net: z.string(), label: z.string(), count: z.int() })),
  })
  .meta({ id: "Board" });
export type Board = z.infer<typeof board>;
export type BoardPerson = z.infer<typeof boardPerson>;

/** Messages of `GET /v1/board/live`: `leads` replaces those it names, `gone` left the board. */
export type BoardMessage =
  | { type: "hello"; at: string }
  | { type: "leads"; at: string; leads: z.infer<typeof leadSummary>[]; gone: string[] }
  /** People, configuration or availability changed: fetch the board again. */
  | { type: "refresh"; at: string };
