/** The rotation ledger's words, links and bars. Pure. */
import type { RotationLedger } from "../../schema/wire/ledger.ts";
import { withQuery } from "./query.ts";
import { humanise } from "./words.ts";

export type LedgerTeam = RotationLedger["teams"][number];
export type LedgerMember = LedgerTeam["members"][number];

/** At most as many days as the API adds up. */
export const LEDGER_PERIODS: readonly (readonly [days: number, label: string])[] = [
  [1, "24 h"],
  [7, "7 days"],
  [30, "30 days"],
  [90, "90 days"],
];

/** Why somebody was passed over, to be read after their name. */
const SKIP_WORDS: Readonly<Record<string, string>> = {
  full: "full",
  away: "away",
  time_off: "on time off",
  off_shift: "off shift",
  suspended: "suspended",
  deactivated: "deactivated",
  unskilled: "without a skill or language it needs",
  not_for_lead: "not meant for such leads",
  excluded: "had it before",
};

export const skipInWords = (why: string): string => SKIP_WORDS[why] ?? humanise(why).toLowerCase();

/** Reasons with their counts, the most frequent first. */
export const skipsOf = ({ skips }: LedgerMember): [why: string, count: number][] =>
  Object.entries(skips).toSorted(([a, many], [b, more]) => more - many || a.localeCompare(b));

/** What a number counts: `received`, `available` or why somebody was passed over; without a person, the whole team's. */
export const ledgerLeads = (
  { from, to }: { from: string; to: string },
  team: string,
  what: string,
  person?: string,
): string =>
  withQuery("/board/leads", {
    ledger: [team, what, ...(person === undefined ? [] : [person])].join("~"),
    since: from,
    until: to,
  });

/** "that the rotation of SMB gave to Ben": what a list of leads shows, after "leads". */
export function ledgerInWords(
  ledger: string,
  nameOf: { team: (id: string) => string; person: (id: string) => string },
): string {
  const [team = "", what = "", person] = ledger.split("~");
  const [of, whom] = [nameOf.team(team), person === undefined ? "its members" : nameOf.person(person)];
  if (what === "received")
    return `that the rotation of ${of} gave ${person === undefined ? "away" : `to ${whom}`}`;
  if (what === "available") return `that the rotation of ${of} could have given to ${whom}`;
  return `for which ${of} passed over ${whom} (${skipInWords(what)})`;
}

/** Shares are parts of leads: one digit where there is a part. */
export const leadsInWords = (leads: number): string =>
  leads.toLocaleString("en-GB", { maximumFractionDigits: 1 });

/** What the rotation owes somebody, or they it: "+0.4", "−1", "0". */
export function creditInWords(credit: number): string {
  const text = leadsInWords(Math.abs(credit));
  if (text === "0") return text;
  return `${credit > 0 ? "+" : "−"}${text}`;
}

/** Parts of the longest bar of a team: what a member got, and the share they were due. */
export function barOf(
  { members }: LedgerTeam,
  { received, share }: LedgerMember,
): { got: number; due: number } {
  const most = Math.max(1, ...members.flatMap((member) => [member.received, member.share]));
  return { got: received / most, due: share / most };
}
