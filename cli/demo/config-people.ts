/** The demo company's people and teams: three regions by day, one desk that shares out nights and weekends. */
import type { ConfigInput } from "../../schema/config/document.ts";

type People = ConfigInput["people"];
type Teams = NonNullable<ConfigInput["teams"]>;

const DOMAIN = "heliorobotics.example";
const at = (name: string): string => `${name}@${DOMAIN}`;

const managers: People = [
  {
    id: "imani",
    name: "Imani Okonveld",
    email: at("imani.okonveld"),
    role: "manager",
    calendar: "us",
    backup: "katrin",
    languages: ["en", "nl"],
    externalIds: { hubspot: "9001", salesforce: "005HE0000000001" },
  },
  {
    id: "katrin",
    name: "Katrin Öhlmannsegg",
    email: at("katrin.oehlmannsegg"),
    role: "manager",
    manager: "imani",
    backup: "imani",
    calendar: "de",
    languages: ["de", "en"],
    externalIds: { hubspot: "9002", salesforce: "005HE0000000002" },
  },
  {
    id: "meiling",
    name: "Mei-Ling Tanawira",
    email: at("meiling.tanawira"),
    role: "manager",
    manager: "imani",
    backup: "imani",
    calendar: "sg",
    languages: ["en", "zh"],
    externalIds: { hubspot: "9003", salesforce: "005HE0000000003" },
  },
];

const rep = (
  id: string,
  name: string,
  manager: string,
  backup: string,
  calendar: string | null,
  languages: string[],
  skills: string[],
  crm: string,
): People[number] => ({
  id,
  name,
  email: at(
    name
      .normalize("NFD")
      .replace(/[^A-Za-z ]/g, "")
      .toLowerCase()
      .replaceAll(" ", "."),
  ),
  role: "rep",
  manager,
  backup,
  ...(calendar === null ? {} : { calendar }),
  capacity: 10,
  activeLeads: 120,
  languages,
  skills,
  externalIds: { hubspot: crm, salesforce: `005HE000000${crm}` },
});

const reps: People = [
  rep("mateo", "Mateo Arrivillo", "imani", "june", "us-sat", ["en", "es"], ["enterprise"], "9101"),
  rep("june", "June Takebell", "imani", "mateo", "us-sun", ["en", "fr"], ["enterprise"], "9102"),
  rep("darnell", "Darnell Whitlowe", "imani", "june", null, ["en"], [], "9103"),
  rep("tomasz", "Tomasz Brzeziewski", "katrin", "leila", "de-sat", ["en", "de", "pl"], [], "9104"),
  rep(
    "leila",
    "Leila Haddanour",
    "katrin",
    "tomasz",
    "de-sun",
    ["en", "de", "fr", "ar"],
    ["enterprise"],
    "9105",
  ),
  rep("arjun", "Arjun Velapuri", "meiling", "hana", "sg-sat", ["en", "hi"], ["enterprise"], "9106"),
  rep("hana", "Hana Morishiro", "meiling", "arjun", "sg-sun", ["en", "ja"], [], "9107"),
  // Looks after customers: in no new-business team, and reached only through the account's `csm`.
  { ...rep("noor", "Noor Elsaying", "katrin", "katrin", "de", ["en", "nl"], [], "9108"), capacity: 20 },
];

const operations: People = [
  {
    id: "seun",
    name: "Seun Adebrook",
    email: at("seun.adebrook"),
    role: "revops",
    manager: "imani",
    backup: "bea",
    calendar: "de",
    languages: ["en", "yo"],
    externalIds: { hubspot: "9201" },
  },
  {
    id: "bea",
    name: "Bea Lindoval",
    email: at("bea.lindoval"),
    role: "marketer",
    manager: "imani",
    backup: "seun",
    calendar: "us",
    languages: ["en", "pt"],
    externalIds: { hubspot: "9202" },
  },
];

export const demoPeople: People = [...managers, ...reps, ...operations];

/**
 * Americas and EMEA follow the sun, so somebody answers them at any hour of any day. APAC and the strategic team don't:
 * their buyers are promised the local team, which is what after-hours leads look like.
 */
export const demoTeams: Teams = [
  {
    id: "amer",
    name: "Americas",
    calendar: "us",
    manager: "imani",
    members: [
      { person: "mateo", weight: 2 },
      { person: "june", weight: 2 },
      // Still ramping: large companies go to the others.
      { person: "darnell", when: { not: { field: "account.employees", op: "gte", value: 1000 } } },
    ],
    backupTeams: ["desk"],
    followTheSun: ["apac", "desk"],
  },
  {
    id: "emea",
    name: "EMEA",
    calendar: "de",
    manager: "katrin",
    members: [{ person: "tomasz" }, { person: "leila" }],
    backupTeams: ["desk"],
    followTheSun: ["amer", "desk"],
  },
  {
    id: "apac",
    name: "APAC",
    calendar: "sg",
    manager: "meiling",
    members: [{ person: "arjun" }, { person: "hana" }],
    backupTeams: ["desk"],
    followTheSun: [],
  },
  {
    id: "strategic",
    name: "Strategic accounts",
    calendar: "us",
    manager: "imani",
    members: [{ person: "june", weight: 2 }, { person: "mateo" }, { person: "leila" }, { person: "arjun" }],
    backupTeams: ["amer"],
    followTheSun: [],
  },
  {
    id: "desk",
    name: "Inbound desk",
    calendar: "always",
    manager: "imani",
    members: ["mateo", "june", "tomasz", "leila", "arjun", "hana"].map((person) => ({ person })),
    backupTeams: [],
    followTheSun: [],
  },
];

/** Her calendar's address is its key, so a secret holds it; this machine serves it (cli/local/calendar.ts). */
export const demoFeeds: NonNullable<ConfigInput["timeOffFeeds"]> = [
  { id: "meiling-calendar", person: "meiling", secretRef: "MEILING_CALENDAR_URL" },
];
