/** What the board shows at a moment, and what changed since a cursor. */
import type { Board, BoardPerson, Strike } from "../../schema/wire/board.ts";
import { add, isOpen } from "../domain/calendar/coverage.ts";
import { startOfLocalDay } from "../domain/calendar/local.ts";
import { clockCalendar, teamCalendar, type Compiled } from "../domain/config/compiled.ts";
import { capacityOf, standingOf, type People } from "../domain/routing/people.ts";
import { STRIKE_WINDOW_MS } from "../domain/sla/strikes.ts";
import { feedOf } from "../domain/timeoff/spans.ts";
import { readNets, readToday } from "../store/board.ts";
import { loadConfig } from "../store/config.ts";
import type { Db } from "../store/db.ts";
import { readAwaiting } from "../store/leads.ts";
import { listTimeOff, readCurrent, readHoldings } from "../store/people.ts";
import { listStrikes } from "../store/strikes.ts";
import { isoOrNull, iso, toSummary } from "./view.ts";

type Holdings = Map<string, { awaiting: number; open: number }>;

const boardPerson = (
  compiled: Compiled,
  people: People,
  holdings: Holdings,
  id: string,
  now: number,
): BoardPerson | null => {
  const person = compiled.people.get(id);
  if (!person) return null;
  const teams = compiled.teamsOf.get(id) ?? [];
  const standing = standingOf(compiled, people, id, teams[0]?.id ?? null, now);
  const held = holdings.get(id);
  const until =
    standing.kind === "off_shift" ? standing.opensAt : "until" in standing ? standing.until : null;
  return {
    id,
    name: person.name,
    role: person.role,
    teams: teams.map((team) => team.id),
    timezone: clockCalendar(compiled, person, teams[0]?.id ?? null).timezone,
    state: standing.kind === "unknown" ? "deactivated" : standing.kind,
    until: isoOrNull(until),
    capacity: capacityOf(person, people, now),
    awaiting: held?.awaiting ?? 0,
    open: held?.open ?? 0,
  };
};

export const peopleOnBoard = (
  compiled: Compiled,
  people: People,
  holdings: Holdings,
  now: number,
): BoardPerson[] =>
  compiled.document.people
    .map((person) => boardPerson(compiled, people, holdings, person.id, now))
    .filter((person) => person !== null);

/** Null while nothing is published. */
export const readBoard = async (db: Db, now: number): Promise<Board | null> => {
  const current = await readCurrent(db, now);
  const compiled = await loadConfig(db, current.config);
  if (!compiled) return null;
  const { workspace } = compiled.document;
  const [holdings, awaiting, today, nets] = await Promise.all([
    readHoldings(db),
    readAwaiting(db),
    readToday(db, startOfLocalDay(now, workspace.timezone)),
    readNets(db, now),
  ]);
  return {
    now: iso(now),
    workspace: { name: workspace.name, timezone: workspace.timezone, version: compiled.version },
    people: peopleOnBoard(compiled, current.people, holdings, now),
    teams: compiled.document.teams.map((team) => {
      const calendar = teamCalendar(compiled, team);
      const open = isOpen(calendar, now);
      return {
        id: team.id,
        name: team.name,
        open,
        nextOpening: open ? null : isoOrNull(add(calendar, now, 0)),
      };
    }),
    leads: awaiting.map((lead) => toSummary(compiled, lead)),
    today,
    nets,
  };
};

/** How far back missed first touches are shown. */
const SHOWN_MS = 90 * 86_400_000;

const strikesNow = async (
  db: Db,
  now: number,
  of: "everybody" | { only: string },
): Promise<{ strikes: Strike[]; deadlinesMissed: { person: string; count: number }[] }> => {
  const rows = await listStrikes(db, now - SHOWN_MS, of === "everybody" ? null : of.only);
  const strikes = rows.map(({ id, leadId, why, personId, at, attribution, voidedAt, stands }) => ({
    id,
    leadId,
    why,
    person: personId,
    at: iso(at),
    attribution: attribution as Strike["attribution"],
    voidedAt: isoOrNull(voidedAt),
    counts: stands && at > now - STRIKE_WINDOW_MS,
  }));
  const missed = new Map(rows.map((row) => [row.personId, row.missed]));
  return { strikes, deadlinesMissed: [...missed].map(([person, count]) => ({ person, count })) };
};

/** Everybody with state, load, time off, and what they missed. */
export const peopleNow = async (db: Db, now: number, strikesOf: "everybody" | { only: string }) => {
  const current = await readCurrent(db, now);
  const compiled = await loadConfig(db, current.config);
  const timeOff = await listTimeOff(db, now);
  return {
    people: compiled ? peopleOnBoard(compiled, current.people, await readHoldings(db), now) : [],
    timeOff: timeOff.map((span) => ({
      id: span.id,
      person: span.personId,
      start: iso(span.startAt),
      end: iso(span.endAt),
      reason: span.reason,
      feed: feedOf(span.id),
    })),
    ...(await strikesNow(db, now, strikesOf)),
  };
};
