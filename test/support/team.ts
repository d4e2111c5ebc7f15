/** Configuration documents for the real product under load and faults: one team, always open, everything goes to it. */
import { configDocument, type ConfigDocument, type ConfigInput } from "../../schema/config/document.ts";

export interface TeamOptions {
  /** How many reps; 5 if left out. */
  readonly reps?: number;
  /** Leads awaiting first touch for each of them; no limit if left out. */
  readonly capacity?: number;
  /** ISO 8601 durations; the product's own defaults if left out. */
  readonly firstTouch?: string;
  readonly maxReassignments?: number;
}

const day: [string, string][] = [["00:00", "24:00"]];
const always = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };

const rep = (n: number, capacity: number | undefined): ConfigInput["people"][number] => ({
  id: `rep${n}`,
  name: `Rep ${n}`,
  email: `rep${n}@acme.example`,
  manager: "mia",
  ...(capacity === undefined ? {} : { capacity }),
});

/** `mia` manages `rep1`, `rep2` … of the team `smb`; `last` is the default chain; the form is `demo`. */
export function teamDocument(options: TeamOptions = {}): ConfigDocument {
  const { reps = 5, capacity, firstTouch, maxReassignments } = options;
  const members = Array.from({ length: reps }, (_, index) => rep(index + 1, capacity));
  return configDocument.parse({
    workspace: { name: "Acme", timezone: "UTC" },
    people: [
      { id: "mia", name: "Mia", email: "mia@acme.example", role: "manager" },
      { id: "last", name: "Last", email: "last@acme.example", role: "manager" },
      ...members,
    ],
    calendars: [{ id: "always", timezone: "UTC", hours: always }],
    teams: [
      {
        id: "smb",
        name: "SMB",
        calendar: "always",
        manager: "mia",
        members: members.map(({ id }) => ({ person: id })),
      },
    ],
    sla: [
      {
        id: "standard",
        ...(firstTouch === undefined ? {} : { firstTouch }),
        ...(maxReassignments === undefined ? {} : { maxReassignments }),
      },
    ],
    routing: { rules: [{ id: "rest", to: { team: "smb" } }], default: ["last"], defaultSla: "standard" },
    forms: [
      {
        key: "demo",
        name: "Demo",
        allowedOrigins: ["*"],
        fields: [
          { name: "email", type: "email", label: "Work e-mail", required: true },
          { name: "name", label: "Name" },
          { name: "company", label: "Company" },
        ],
      },
    ],
    dispositions: [{ code: "not_a_fit", label: "Not a fit", outcome: "rejected", recycle: true }],
  } satisfies ConfigInput);
}
