/** The fake API's rotation ledger: one team with all there is to tell, one that hasn't begun. */
import { rotationLedgerAnswer, type RotationLedger } from "../../../../schema/wire/ledger.ts";

type Member = RotationLedger["teams"][number]["members"][number];

const member = (id: string, name: string, more: Partial<Member>): Member => ({
  person: { id, name },
  weight: 1,
  available: 0,
  share: 0,
  received: 0,
  credited: 0,
  credit: 0,
  skips: {},
  ...more,
});

const MEMBERS = [
  member("ben", "Ben Okafor", {
    weight: 2,
    available: 18,
    share: 11.666667,
    received: 12,
    credited: 1,
    credit: 0.666667,
    skips: { full: 2, not_for_lead: 1 },
  }),
  member("chloe", "Chloé Martin", { available: 20, share: 8.333333, received: 8, credit: -0.666667 }),
  member("old", "Oda Winter", { weight: null, skips: { away: 1204 } }),
];

export function makeLedger(query: URLSearchParams, nothing: boolean): RotationLedger {
  const [from, to] = [query.get("from")!, query.get("to")!];
  const idle = MEMBERS.slice(0, 2).map(({ person }) => member(person.id, person.name, {}));
  return rotationLedgerAnswer.parse({
    from,
    to,
    teams: [
      { id: "smb", name: "SMB", picks: nothing ? 0 : 20, members: nothing ? idle : MEMBERS },
      { id: "emea", name: "EMEA", picks: 0, members: idle },
    ],
    entries: nothing
      ? []
      : [
          {
            id: "invalid.L-done-1",
            at: to,
            team: "smb",
            person: { id: "ben", name: "Ben Okafor" },
            leadId: "L-late",
            kind: "invalid",
            amount: 1,
            note: "spam",
          },
        ],
  });
}
