/** The people of the fake workspace: one of each role and one in each state. */
import type { BoardPerson } from "../../../../schema/wire/board.ts";
import type { Reply } from "./replies.ts";

export interface Member extends BoardPerson {
  email: string;
  timeOff?: { id: string; start: string; end: string; reason: string | null; feed?: string }[];
}

const member = (id: string, name: string, role: string, over: Partial<Member> = {}): Member => ({
  id,
  name,
  email: `${id}@acme.example`,
  role,
  teams: ["smb"],
  timezone: "America/New_York",
  state: "available",
  until: null,
  capacity: 5,
  awaiting: 0,
  open: 0,
  ...over,
});

export function makePeople(now: number): Member[] {
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  return [
    member("ana", "Ana Ferreira", "manager", { capacity: null, open: 3 }),
    member("ben", "Ben Okafor", "rep", {
      open: 7,
      timeOff: [{ id: "feed.ben~ben~a~b", start: at(1440), end: at(1500), reason: "calendar", feed: "ben" }],
    }),
    member("chloe", "Chloé Martin", "rep", {
      timezone: "Europe/Paris",
      teams: ["emea"],
      open: 4,
      timeOff: [
        { id: "feed.emea~chloe~a~b", start: at(1440), end: at(1500), reason: "calendar", feed: "emea" },
      ],
    }),
    member("dev", "Dev Raman", "rep", { state: "away", until: at(45), capacity: 3, open: 5 }),
    member("eli", "Eli Nakamura", "rep", { state: "suspended", open: 6 }),
    member("fay", "Fay Lindholm", "rep", {
      state: "time_off",
      until: at(2 * 1440),
      timezone: "Europe/Stockholm",
      teams: ["emea"],
      timeOff: [{ id: "to-1", start: at(-1440), end: at(2 * 1440), reason: "Holiday" }],
    }),
    member("gus", "Gus Ibarra", "rep", {
      state: "off_shift",
      until: at(372),
      timezone: "America/Los_Angeles",
      open: 2,
      timeOff: [{ id: "feed.gus~gus~a~b", start: at(1440), end: at(1500), reason: "calendar", feed: "gus" }],
    }),
    member("mia", "Mia Sommer", "marketer", { teams: [], capacity: null }),
    member("rui", "Rui Tavares", "revops", { teams: [], capacity: null, timezone: "Europe/Lisbon" }),
  ];
}

export interface Feed {
  id: string;
  person: string | null;
  team: string | null;
  checkedAt: string | null;
  okAt: string | null;
  failures: number;
  readable: boolean;
  error: string | null;
  events: number;
}

/** One that is read, one whose last try failed, and one that can't be read any more. */
export const makeFeeds = (now: number): Feed[] => {
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const feed = {
    person: null,
    team: null,
    checkedAt: at(-4),
    okAt: at(-4),
    failures: 0,
    readable: true,
    error: null,
    events: 0,
  };
  return [
    { ...feed, id: "emea", team: "emea", events: 3 },
    { ...feed, id: "gus", person: "gus", okAt: at(-19), failures: 1, error: "it took too long" },
    {
      ...feed,
      id: "ben",
      person: "ben",
      okAt: at(-90),
      failures: 6,
      readable: false,
      error: "the server answered 500",
    },
  ];
};

/** The refusal of a deactivation, as the Worker words it. */
export function holeWithout(id: string, now: number): Reply {
  const message = "A lead can end with nobody: the default chain has nobody active.";
  const hole = {
    severity: "error",
    pointer: "/routing/default",
    code: "nobody",
    message,
    rules: [],
    counterexample: {
      leads: [{ email: "visitor@counterexample.example", name: "Robin Example" }],
      at: new Date(now).toISOString(),
      deactivated: [id],
      path: [
        "Rule: rest: holds. to SMB",
        "last resort: possible. Nobody of the default chain can take it: Ana stands in",
      ],
    },
  };
  const detail = `Without ${id} the policy would have a hole. ${message} Publish a document without them first.`;
  const errors = [{ pointer: "/document/routing/default", detail: message }];
  return {
    status: 409,
    body: { type: "about:blank", title: "Conflict", status: 409, detail, errors, findings: [hole] },
  };
}
