/**
 * The rotation ledger: for each member of each team what they were due, what they got, what was given back and why, and
 * why they were passed over (docs/routing.md).
 */
import type { RotationLedger } from "../../../schema/wire/ledger.ts";
import type { Compiled } from "../config/compiled.ts";

export interface LedgerRows {
  shares: { team: string; person: string; available: number; share: number; received: number }[];
  skips: { team: string; person: string; why: string; n: number }[];
  entries: {
    id: string;
    at: number;
    team: string;
    person: string;
    leadId: string;
    kind: string;
    amount: number;
    note: string | null;
  }[];
  credits: { team: string; person: string; credit: number }[];
}

type Ledger = RotationLedger["teams"][number];
type Member = Ledger["members"][number];

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

const key = ({ team, person }: { team: string; person: string }): string => `${team}\u0000${person}`;

const byMember = <T extends { team: string; person: string }>(rows: readonly T[]): Map<string, T[]> =>
  Map.groupBy(rows, key);

/** Members of today's document first, then those who are in the books only. */
const peopleOf = (compiled: Compiled, team: string, rows: LedgerRows): string[] => [
  ...new Set([
    ...(compiled.teams.get(team)?.members ?? []).map(({ person }) => person),
    ...[...rows.shares, ...rows.skips, ...rows.entries].flatMap((row) =>
      row.team === team ? [row.person] : [],
    ),
  ]),
];

/** Pure; `from` and `to` in epoch milliseconds. */
export const rotationLedger = (
  compiled: Compiled,
  rows: LedgerRows,
  from: number,
  to: number,
): RotationLedger => {
  const shares = byMember(rows.shares);
  const skips = byMember(rows.skips);
  const entries = byMember(rows.entries);
  const credits = byMember(rows.credits);
  const person = (id: string) => ({ id, name: compiled.people.get(id)?.name ?? id });
  const memberOf = (team: string, id: string): Member => {
    const of = key({ team, person: id });
    const got = shares.get(of)?.[0];
    const weight = compiled.teams.get(team)?.members.find((member) => member.person === id)?.weight;
    return {
      person: person(id),
      weight: weight ?? null,
      available: got?.available ?? 0,
      share: rounded(got?.share ?? 0),
      received: got?.received ?? 0,
      credited: rounded((entries.get(of) ?? []).reduce((sum, { amount }) => sum + amount, 0)),
      credit: rounded(credits.get(of)?.[0]?.credit ?? 0),
      skips: Object.fromEntries((skips.get(of) ?? []).map(({ why, n }) => [why, n])),
    };
  };
  const teams = new Set([
    ...compiled.document.teams.map(({ id }) => id),
    ...[...rows.shares, ...rows.entries].map(({ team }) => team),
  ]);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    teams: [...teams].map((id) => {
      const members = peopleOf(compiled, id, rows).map((each) => memberOf(id, each));
      return {
        id,
        name: compiled.teams.get(id)?.name ?? id,
        picks: members.reduce((sum, { received }) => sum + received, 0),
        members,
      };
    }),
    entries: rows.entries.map(({ team, person: id, at, ...entry }) => ({
      ...entry,
      at: new Date(at).toISOString(),
      team,
      person: person(id),
    })),
  };
};

/** One person's lines, and of their teams nothing that would tell what others got. */
export const ledgerOfPerson = (ledger: RotationLedger, person: string): RotationLedger => ({
  ...ledger,
  teams: ledger.teams.flatMap((team) => {
    const members = team.members.filter((member) => member.person.id === person);
    const picks = members.reduce((sum, { received }) => sum + received, 0);
    return members.length > 0 ? [{ ...team, picks, members }] : [];
  }),
  entries: ledger.entries.filter((entry) => entry.person.id === person),
});

const COLUMNS = [
  "team",
  "person",
  "name",
  "weight",
  "available",
  "share",
  "received",
  "credited",
  "credit",
] as const;

/** One line a member; a column for every reason of being passed over that occurred. */
export const ledgerTable = ({ teams }: RotationLedger): (string | number | null)[][] => {
  const reasons = [
    ...new Set(teams.flatMap(({ members }) => members.flatMap(({ skips }) => Object.keys(skips)))),
  ].sort();
  return [
    [...COLUMNS, ...reasons.map((reason) => `skipped${reason.charAt(0).toUpperCase()}${reason.slice(1)}`)],
    ...teams.flatMap(({ id, members }) =>
      members.map((member) => [
        id,
        member.person.id,
        member.person.name,
        member.weight,
        member.available,
        member.share,
        member.received,
        member.credited,
        member.credit,
        ...reasons.map((reason) => member.skips[reason] ?? 0),
      ]),
    ),
  ];
};
