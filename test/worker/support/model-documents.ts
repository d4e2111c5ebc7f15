/** The policies of the model's days. */
import type { ConfigInput } from "../../../schema/config/document.ts";
import { document, person } from "./workspace.ts";

export const REPS = ["ben", "cleo", "dan"];

const WORKDAYS = ["mon", "tue", "wed", "thu", "fri"];
const hoursOf = (...windows: [string, string][]): Record<string, [string, string][]> =>
  Object.fromEntries(WORKDAYS.map((day) => [day, windows]));

const OFFICES = [
  { id: "york", timezone: "America/New_York", hours: hoursOf(["09:00", "12:00"], ["13:00", "17:00"]) },
  { id: "sydney", timezone: "Australia/Sydney", hours: hoursOf(["22:00", "06:00"]) },
];

/** The documents that are published in turn: targets, hours (always, New York with a lunch break, nights in Sydney) and rotation differ; everybody stays. */
export const DOCUMENTS: readonly ConfigInput[] = [15, 5, 40].map((minutes, index) => ({
  ...document({
    people: [
      ...document().people.map((each) => (REPS.includes(each.id) ? { ...each, capacity: 4 } : each)),
      person("dan", { manager: "mia", capacity: 4 }),
    ],
    teams: [
      {
        id: "smb",
        name: "SMB",
        calendar: ["always", "york", "sydney"][index] ?? "always",
        manager: "mia",
        members: REPS.slice(0, 3 - (index % 2)).map((id) => ({ person: id, weight: 1 + index })),
      },
    ],
    calendars: [...(document().calendars ?? []), ...OFFICES],
    queues: [
      { id: "qualification", name: "Qualification", steward: "mia", backupSteward: "last" },
      { id: "cleanup", name: "Data cleanup", steward: "mia", purpose: "data_cleanup" },
    ],
    sla: [{ id: "standard", firstTouch: `PT${minutes}M`, acceptWithin: index === 1 ? "PT3M" : null }],
    stages: [{ id: "inquiry", maxAge: "P1D" }],
    routing: {
      rules: [
        {
          id: "free",
          when: { field: "lead.freeMail", op: "eq", value: true },
          to: { queue: "qualification" },
        },
        { id: "rest", to: { team: "smb" } },
      ],
      default: ["last"],
      defaultSla: "standard",
    },
    dispositions: [
      ...document().dispositions!,
      { code: "booked", label: "Meeting booked", outcome: "scheduled" },
    ],
  }),
}));
