/** What an event says, for people: names for ids, words for terms, times in the reader's zone. */
import { toldMinute, zoneName } from "../../schema/wire/told.ts";
import { facts } from "./layout.ts";
import { nameOf, type Reader, type Scene } from "./scene.ts";
import { humanise } from "./text.ts";
import { dayAndTime, deadline } from "./times.ts";

/** How fields are called, and those that tell a person nothing. */
const LABELS: Readonly<Record<string, string | null>> = {
  dueAt: "Was due",
  promiseAt: "Promised by",
  recycleOn: "Comes back on",
  target: "Which target",
  attribution: "Counted as",
  otherChannel: "Another channel works",
  by: "By",
  counted: "Counts as",
  grade: "Evidence",
  submissionId: null,
  delivery: null,
  configSeen: null,
  n: null,
  seq: null,
  accountId: null,
};

const WORDS: Readonly<Record<string, string>> = {
  firstTouch: "First touch",
  secondTouch: "Second touch",
  queueAge: "Time in a queue",
  accept: "Acceptance",
  noReply: "No reply",
  takeoverTouch: "Touch after a takeover",
  untouchedTask: "Nothing done for a day",
  person: "The owner's",
  coverage: "Coverage: they were unavailable",
  delivery: "Delivery: our message hadn't arrived",
  system: "The system's",
  reported: "Reported",
  verified: "Verified",
};

/** Fields whose texts are terms of ours; anybody else's words stay as they were written. */
const TERMS = new Set([
  "target",
  "attribution",
  "kind",
  "cause",
  "counted",
  "grade",
  "status",
  "channel",
  "outcome",
  "stage",
  "from",
  "to",
]);

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

const term = (value: string): string =>
  Object.hasOwn(WORDS, value) ? (WORDS[value] ?? value) : humanise(value);

const timeOf = (scene: Scene, reader: Reader, name: string, at: number): string => {
  const told = name === "promiseAt" ? toldMinute(at) : at;
  const words = name === "dueAt" ? deadline : dayAndTime;
  return `${words(told, scene.now, reader.zone)} ${zoneName(reader.zone)}`;
};

const ofText = (scene: Scene, reader: Reader, name: string, value: string): string | null => {
  if (value === "") return null;
  if (ISO.test(value)) return timeOf(scene, reader, name, Date.parse(value));
  const person = nameOf(scene, value);
  if (person !== null && person !== value) return person;
  const queue = name === "queue" ? scene.compiled?.queues.get(value)?.name : undefined;
  return queue ?? (TERMS.has(name) ? term(value) : value);
};

/** Plain values, and things by their names. */
const readable = (scene: Scene, reader: Reader, name: string, value: unknown): string | null => {
  if (typeof value === "string") return ofText(scene, reader, name, value);
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) return null;
  const { name: called, id } = value as { name?: unknown; id?: unknown };
  if (typeof called === "string" && called !== "") return called;
  return typeof id === "string" ? ofText(scene, reader, name, id) : null;
};

export const eventFacts = (scene: Scene, reader: Reader, data: unknown): [string, string][] =>
  typeof data === "object" && data !== null
    ? facts(
        Object.entries(data)
          .filter(([name]) => LABELS[name] !== null)
          .map(
            ([name, value]) =>
              [LABELS[name] ?? humanise(name), readable(scene, reader, name, value)] as const,
          ),
      ).slice(0, 20)
    : [];
