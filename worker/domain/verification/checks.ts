/**
 * Checks of a document that has its shape: what it names exists, conditions make sense, calendars open, somebody is left
 * at the end of every chain. Pure; the proof over rules, hours and absences builds on a document that passes these.
 */
import type { ConfigDocument } from "../../../schema/config/document.ts";
import type { PersonState } from "../routing/people.ts";
import { checkCalendars } from "./calendars.ts";
import { checkConditions } from "./conditions.ts";
import { bounded, newReport, type Report, type Verification } from "./findings.ts";
import { checkForms } from "./forms.ts";
import { checkNotifications } from "./notifications.ts";
import { checkPeople } from "./people.ts";
import { checkReferences } from "./references.ts";
import { checkRules } from "./rules.ts";
import { checkTimes } from "./times.ts";
import { checkNames } from "./names.ts";

export interface CheckInput {
  document: ConfigDocument;
  /** Runtime state of people, by id. */
  states: ReadonlyMap<string, PersonState>;
  /** Dates worked out from the calendars' holiday sets, by calendar. */
  holidays: Readonly<Record<string, readonly string[]>>;
  /** Open leads that each person owns or keeps as a steward, by id. */
  holdings: ReadonlyMap<string, number>;
  now: number;
}

export type Check = (input: CheckInput, report: Report) => void;

const CHECKS: readonly Check[] = [
  checkNames,
  checkReferences,
  checkPeople,
  checkCalendars,
  checkTimes,
  checkConditions,
  checkRules,
  checkForms,
  checkNotifications,
];

export const checkDocument = (input: CheckInput): Verification => {
  const report = newReport();
  for (const check of CHECKS) check(input, report);
  return { errors: bounded(report.errors), warnings: bounded(report.warnings) };
};
