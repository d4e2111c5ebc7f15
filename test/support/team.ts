/** Configuration documents for the real product under load and faults: one team (or several), to which everything goes. */
import { configDocument, type ConfigDocument, type ConfigInput } from "../../schema/config/document.ts";

export interface TeamOptions {
  /** How many reps; 5 if left out. */
  readonly reps?: number;
  /** How many teams they are divided among: a lead's `desk` (2, 3, …) says to which it goes, else to the first. 1 if left out. */
  readonly teams?: number;
  /** Leads awaiting first touch for each of them, in turn where several are given; no limit if left out. */
  readonly capacity?: number | readonly number[];
  /** When teams are there, UTC, each day; always if left out. */
  readonly hours?: readonly [string, string];
  /** ISO 8601 durations; the product's own defaults if left out. */
  readonly firstTouch?: string;
  readonly maxReassignments?: number;
}

type Team = NonNullable<ConfigInput["teams"]>[number];

const everyDay = ([from, to]: readonly [string, string]) => {
  const day: [string, string][] = [[from, to]];
  return { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
};

const rep = (n: number, capacity: TeamOptions["capacity"]): ConfigInput["people"][number] => {
  const room = typeof capacity === "object" ? capacity[(n - 1) % capacity.length] : capacity;
  return {
    id: `rep${n}`,
    name: `Rep ${n}`,
    email: `rep${n}@acme.example`,
    manager: "mia",
    ...(room === undefined ? {} : { capacity: room }),
  };
};

const teamsOf = (people: ConfigInput["people"], count: number): Team[] =>
  Array.from({ length: count }, (_, nth) => ({
    id: nth === 0 ? "smb" : `smb${nth + 1}`,
    name: nth === 0 ? "SMB" : `SMB ${nth + 1}`,
    calendar: "always",
    manager: "mia",
    members: people.filter((__, n) => n % count === nth).map(({ id }) => ({ person: id })),
  }));

const byDesk = ({ id }: Team, nth: number) => ({
  id: `desk${nth + 1}`,
  when: { field: "custom.desk", op: "eq" as const, value: String(nth + 1) },
  to: { team: id },
});

/** `mia` manages `rep1`, `rep2` … of the team `smb` (and `smb2` …); `last` is the default chain; the form is `demo`. */
export function teamDocument(options: TeamOptions = {}): ConfigDocument {
  const { reps = 5, teams: count = 1, capacity, hours = ["00:00", "24:00"] } = options;
  const { firstTouch, maxReassignments } = options;
  const people = Array.from({ length: reps }, (_, index) => rep(index + 1, capacity));
  const teams = teamsOf(people, count);
  return configDocument.parse({
    workspace: { name: "Acme", timezone: "UTC" },
    people: [
      { id: "mia", name: "Mia", email: "mia@acme.example", role: "manager" },
      { id: "last", name: "Last", email: "last@acme.example", role: "manager" },
      ...people,
    ],
    calendars: [{ id: "always", timezone: "UTC", hours: everyDay(hours) }],
    teams,
    sla: [
      {
        id: "standard",
        ...(firstTouch === undefined ? {} : { firstTouch }),
        ...(maxReassignments === undefined ? {} : { maxReassignments }),
      },
    ],
    routing: {
      rules: [...teams.map(byDesk).slice(1), { id: "rest", to: { team: "smb" } }],
      default: ["last"],
      defaultSla: "standard",
    },
    forms: [
      {
        key: "demo",
        name: "Demo",
        allowedOrigins: ["*"],
        fields: [
          { name: "email", type: "email", label: "Work e-mail", required: true },
          { name: "name", label: "Name" },
          { name: "company", label: "Company" },
          ...(count > 1 ? [{ name: "desk", label: "Desk" }] : []),
        ],
      },
    ],
    dispositions: [{ code: "not_a_fit", label: "Not a fit", outcome: "rejected", recycle: true }],
  } satisfies ConfigInput);
}
