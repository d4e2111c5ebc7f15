/** A timeline event as a sentence a person would say. Pure. Unknown data is left out, never guessed. */
import { EVENT_TYPES, type EventType } from "../../schema/events.ts";
import type { Lead } from "../../schema/wire/lead.ts";
import { duration } from "./countdown.ts";
import { isRecord } from "./record.ts";
import {
  capital,
  CHANNEL_WORDS,
  humanise,
  METHOD_WORDS,
  STAGE_WORDS,
  STATE_WORDS,
  TASK_WORDS,
} from "./words.ts";

type Event = Lead["timeline"][number];
type Data = Record<string, unknown>;

export interface Speaker {
  /** The name of a person's id, or the id itself. */
  name(id: string): string;
  /** A time as the reader would write it. */
  time(at: number): string;
}

/** Who did it, in words: `person:ben` → Ben, `key:…` → an API key, the first one → the admin key. */
export function actorName(actor: string, speaker: Speaker): string {
  if (actor.startsWith("person:")) return speaker.name(actor.slice("person:".length));
  if (actor === "key:admin") return "the admin key";
  if (actor.startsWith("key:")) return "an API key";
  return actor === "visitor" ? "the visitor" : "Leadclock";
}

export function sentence(event: Event, speaker: Speaker): string {
  const teller = TELLERS[event.type];
  return teller ? teller(event.data, actorName(event.actor, speaker), speaker) : event.type;
}

function text(data: Data, ...keys: string[]): string | null {
  for (const key of keys) {
    const value = data[key];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    if (typeof value === "number") return String(value);
  }
  return null;
}

/** A person given by id, by `{id, name}`, or by a name beside the id. */
function who(data: Data, speaker: Speaker, ...keys: string[]): string | null {
  for (const key of keys) {
    const value = data[key];
    if (typeof value === "string" && value !== "") return text(data, `${key}Name`) ?? speaker.name(value);
    if (isRecord(value) && typeof value["name"] === "string") return value["name"];
    if (isRecord(value) && typeof value["id"] === "string") return speaker.name(value["id"]);
  }
  return null;
}

function time(data: Data, speaker: Speaker, ...keys: string[]): string | null {
  for (const key of keys) {
    const value = data[key];
    const at = typeof value === "number" ? value : typeof value === "string" ? Date.parse(value) : NaN;
    if (Number.isFinite(at)) return speaker.time(at);
  }
  return null;
}

/** `a` where there is something to say, with the word that leads to it. */
const tail = (lead: string, value: string | null) => (value === null ? "" : `${lead}${value}`);
const because = (data: Data) => tail(": ", text(data, "reasonText", "reason", "why", "detail"));
const quoted = (value: string | null) => (value === null ? "" : ` “${value}”`);
/** By which code, what comes next, and in whose words. */
const coded = (data: Data): string =>
  `${text(data, "label") ?? humanise(text(data, "code") ?? "done")}${tail("; next: ", text(data, "nextStep"))}.${quoted(text(data, "note"))}`;
const stage = (data: Data) => {
  const id = text(data, "stage", "to");
  return id === null ? null : ((STAGE_WORDS as Record<string, string>)[id] ?? humanise(id));
};

type Teller = (data: Data, actor: string, speaker: Speaker) => string;

/** What the data provider added, in a line. */
const enriched = (company: unknown): string => {
  const { name, employees, industry, country } = (company ?? {}) as Data;
  const parts = [
    typeof industry === "string" ? industry : null,
    typeof employees === "number" ? `${employees.toLocaleString("en")} employees` : null,
    typeof country === "string" ? country : null,
  ].filter((part) => part !== null);
  const called = typeof name === "string" ? ` ${name}` : "";
  return `A data provider told more about the company${called}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}.`;
};

/** Escalations that aren't the reminder at the end of the chain. */
const ESCALATIONS: Readonly<Record<string, string>> = {
  assign: "Nobody who keeps the queue was there: its alert person was told.",
  untouchedTask: "Nobody did what was to be done: the manager was told.",
};

const TELLERS: Record<EventType, Teller> = {
  "lead.captured": (data) =>
    `Asked for contact${tail(" through the form ", text(data, "form", "formKey"))}${tail(" via ", text(data, "source"))}.`,
  "lead.joined": () => "Wrote again while this lead was open; the new words joined it.",
  "lead.matched": (data, actor) => (data["corrected"] === true ? corrected(data, actor) : matched(data)),
  "lead.enriched": (data) => enriched(data["company"]),
  "lead.assigned": (data, _, speaker) =>
    `Assigned to ${who(data, speaker, "owner", "to", "person") ?? "an owner"}${ruled(data)}${tail(", first touch due ", time(data, speaker, "firstTouchDueAt", "dueAt"))}.`,
  "lead.queued": (data, _, speaker) =>
    `Put into the queue ${text(data, "queueName", "queue") ?? "of a steward"}${tail(", looked after by ", who(data, speaker, "steward"))}${because(data)}.`,
  "lead.released": (data, actor) =>
    `${capital(actor)} released it from the queue${tail(" ", text(data, "queueName", "queue"))} to be routed.`,
  "lead.reassigned": (data, actor, speaker) => reassigned(data, actor, speaker),
  "lead.opened": (data, _, speaker) =>
    `The window opened; ${who(data, speaker, "owner", "to") ?? "the owner"} was confirmed as owner.`,
  "lead.accepted": (data, actor, speaker) =>
    `${capital(who(data, speaker, "by", "person") ?? actor)} accepted the lead.`,
  "lead.touched": (data, actor, speaker) => touched(data, actor, speaker),
  "lead.replied": (data) => `They replied${tail(" by ", channel(data))}.`,
  "lead.bounced": (data) =>
    `${text(data, "kind") === "phone" ? "The phone number failed" : "The e-mail bounced"}${because(data)}.`,
  "lead.corrected": (data, actor) =>
    `${capital(actor)} corrected ${list(data["fields"] ?? data["changed"]) ?? "contact data"}.`,
  "lead.staged": (data, actor) => `${capital(actor)} moved it to ${stage(data) ?? "another stage"}.`,
  "lead.handed_off": (data, actor, speaker) =>
    `${capital(actor)} handed it to ${who(data, speaker, "to", "owner") ?? "a new owner"}${tail(" as ", stageOnly(data))}${tail("; next: ", text(data, "nextAction"))}.`,
  "lead.booked": (data, actor) => `${capital(actor)} noted: ${coded(data)}`,
  "lead.closed": (data, actor) => `${capital(actor)} closed it as ${coded(data)}`,
  "lead.returned": (data) =>
    `It came back${because(data)}${data["into"] ? "; its person has another open lead, which goes on" : ""}.`,
  "lead.replanned": (data, actor) =>
    `${capital(actor)} moved it to policy version ${text(data, "version") ?? ""}`.trim() + ".",
  "lead.rerouted": (data) => `Routed again${because(data)}.`,
  "privacy.exported": (_, actor) => `${capital(actor)} gave out what is held of them, at their request.`,
  "privacy.erased": (data, actor) =>
    text(data, "cause") === "retention"
      ? "Kept without its person from here on: the time it is kept is over."
      : `${capital(actor)} took the person out of it, at their request.`,
  "privacy.do_not_contact": (_, actor) => `They don’t want to be contacted any more, noted ${actor}.`,
  "sla.warned": (data, _, speaker) =>
    `${capital(who(data, speaker, "owner", "person") ?? "the owner")} was reminded that the first touch is due${tail(" at ", time(data, speaker, "dueAt", "firstTouchDueAt"))}.`,
  "sla.breached": (data, _, speaker) => breached(data, speaker),
  "sla.second_touch_due": (data, _, speaker) =>
    `The second touch is due${tail(" from ", who(data, speaker, "owner"))}${tail(", best by ", channel(data))}.`,
  "sla.no_reply": () => "No reply in time: another touch is due on the next day of coverage.",
  "sla.effort_due": (data, _, speaker) =>
    `The next step is due${tail(" from ", who(data, speaker, "owner", "steward"))}.`,
  "task.completed": (data, actor) => `${capital(actor)} did what was to be done${tail(": ", task(data))}.`,
  "sla.rearmed": () => "The first touch is due anew: it passed while clocks only reported.",
  "sla.escalated": (data, _, speaker) =>
    ESCALATIONS[text(data, "kind") ?? ""] ??
    `${capital(who(data, speaker, "to", "owner", "person") ?? "the end of the chain")} was reminded: nobody has reached out yet.`,
  "sla.strike_voided": (data, _, speaker) =>
    `${data["attribution"] === "coverage" ? "They were off then, as was told afterwards" : "A touch made in time came to light"}: what ${who(data, speaker, "person") ?? "the owner"} missed no longer counts.`,
  "person.availability": (data, actor, speaker) => availability(data, actor, speaker),
  "person.time_off": (data, actor, speaker) =>
    `Time off of ${who(data, speaker, "person") ?? actor} was recorded${because(data)}.`,
  "person.suspended": (data, _, speaker) =>
    `${who(data, speaker, "person") ?? "Somebody"} was taken out of new assignment${because(data)}.`,
  "person.reinstated": (data, actor, speaker) =>
    `${capital(actor)} reinstated ${who(data, speaker, "person") ?? "somebody"}.`,
  "person.deactivated": (data, actor, speaker) =>
    `${capital(actor)} deactivated ${who(data, speaker, "person") ?? "somebody"}; what they held has new owners.`,
  "config.published": (data, actor) =>
    `${capital(actor)} published configuration ${text(data, "version") ?? ""}`.trim() +
    `${quoted(text(data, "note"))}.`,
  "enforcement.changed": (data, actor) =>
    `${capital(actor)} ${text(data, "mode") === "observe" ? "put the brake on: clocks only report" : "released the brake: clocks act again"}${because(data)}.`,
  "account.merged": (data, actor) =>
    `${capital(actor)} merged the account ${text(data, "from") ?? ""}`.trim() +
    `${tail(" into ", text(data, "into"))}.`,
  "account.parted": (data, actor) =>
    `${capital(actor)} undid the merge of the account ${text(data, "from") ?? ""}`.trim() +
    `${tail(" into ", text(data, "into"))}.`,
  "account.removed": (data, actor) =>
    `${capital(actor)} removed the account ${text(data, "from") ?? ""}`.trim() + ".",
  "account.alias_learned": (data, actor) =>
    `${capital(actor)} taught that ${alias(data)} is ${accountOf(data)} from the next match on.`,
  "account.alias_dropped": (data, actor) =>
    `${capital(actor)} took back that ${alias(data)} is ${accountOf(data)}.`,
  "import.started": (data, actor) =>
    `${capital(actor)} began to import ${text(data, "name", "kind") ?? "records"}.`,
  "import.finished": (data) => `The import of ${text(data, "name", "kind") ?? "records"} came to its end.`,
  "delivery.dead": (data) =>
    `${capital(text(data, "channel", "kind") ?? "A message")} could not be delivered${tail(": ", text(data, "lastError", "error"))}.`,
  "net.caught": (data) =>
    data["net"] === "unknownOwner"
      ? `The CRM names ${text(data, "name") ?? "somebody"} as the account's owner, who is no active person here.`
      : `The safety net “${humanise(text(data, "label", "net") ?? "unknown")}” caught it.`,
};

function ruled(data: Data): string {
  const rule = text(data, "ruleName", "ruleId", "rule");
  const reason = text(data, "reasonText", "reason");
  if (rule && reason && reason !== rule) return ` by the rule ${rule} (${reason})`;
  return tail(rule ? " by the rule " : ": ", rule ?? reason);
}

function matched(data: Data): string {
  const method = text(data, "method") ?? "none";
  if (method === "none") return "No account matched.";
  const account = data["account"];
  const name =
    (isRecord(account) ? text(account, "name", "id") : null) ??
    text(data, "accountName", "account", "accountId");
  const share =
    typeof data["confidence"] === "number" ? `, ${Math.round(data["confidence"] * 100)} % sure` : "";
  return `Matched${tail(" to ", name)} by ${(METHOD_WORDS[method] ?? humanise(method)).toLowerCase()}${share}.`;
}

const nameIn = (value: unknown): string | null => (isRecord(value) ? text(value, "name", "id") : null);
const accountOf = (data: Data): string => nameIn(data["account"]) ?? "an account";
const alias = (data: Data): string =>
  text(data, "kind") === "name"
    ? `“${text(data, "value") ?? "a name"}”`
    : `mail from ${text(data, "value") ?? "a domain"}`;

/** A person named the account; what was matched before stands beside it. */
function corrected(data: Data, actor: string): string {
  const before = isRecord(data["previous"]) ? data["previous"] : {};
  const was = text(before, "name", "accountId");
  const now = nameIn(data["account"]);
  const said =
    now === null
      ? `${capital(actor)} said it belongs to no account`
      : was === now
        ? `${capital(actor)} confirmed the account ${now}`
        : `${capital(actor)} corrected the account to ${now}`;
  return `${said}${was === null || was === now ? "" : ` (was ${was})`}${because(data)}.`;
}

function reassigned(data: Data, actor: string, speaker: Speaker): string {
  const from = who(data, speaker, "from", "previous", "previousOwner");
  const to = who(data, speaker, "to", "owner") ?? "a new owner";
  const start = actor === "Leadclock" ? "Reassigned" : `${capital(actor)} reassigned it`;
  return `${start}${tail(" from ", from)} to ${to}${because(data)}.`;
}

const channel = (data: Data) => {
  const id = text(data, "channel");
  return id === null
    ? null
    : ((CHANNEL_WORDS as Record<string, string>)[id] ?? humanise(id)).toLowerCase().replace("sms", "SMS");
};

/** What a task asked for, in the words of the page of tasks. */
const task = (data: Data) => {
  const kind = text(data, "kind");
  return kind === null
    ? null
    : ((TASK_WORDS as Record<string, string>)[kind] ?? humanise(kind)).toLowerCase();
};

const stageOnly = (data: Data) => (text(data, "stage") === null ? null : stage({ stage: data["stage"] }));

function touched(data: Data, actor: string, speaker: Speaker): string {
  const by = capital(who(data, speaker, "by", "person") ?? actor);
  const way = channel(data) ?? "some channel";
  const outcome = text(data, "outcome");
  const speed =
    typeof data["speedSeconds"] === "number"
      ? `, ${duration(data["speedSeconds"] * 1000)} after capture`
      : "";
  const cover = data["covered"] === true || data["counted"] === "covered" ? " (covering for the owner)" : "";
  const uncounted =
    data["counted"] === "not counted" ? ` (doesn’t count${tail(": ", text(data, "why"))})` : "";
  const inbound = data["direction"] === "inbound";
  const start = inbound ? `They reached ${by} by ${way}` : `${by} reached out by ${way}`;
  return `${start}${cover}${uncounted}${tail(": ", outcome === null ? null : humanise(outcome).toLowerCase())}${speed}.`;
}

const TARGET_WORDS: Record<string, string> = {
  firstTouch: "first touch",
  secondTouch: "second touch",
  noReply: "reply",
  assign: "assignment",
  accept: "acceptance",
  takeoverTouch: "first touch after takeover",
  queueAge: "queue",
  stageAge: "stage",
};

function breached(data: Data, speaker: Speaker): string {
  const target = text(data, "timer", "target", "kind");
  const name = target === null ? "target" : (TARGET_WORDS[target] ?? humanise(target).toLowerCase());
  const cause = text(data, "attributedTo", "attribution");
  return `The ${name} target passed without it${tail(" while ", tailHeld(data, speaker))}${cause === null ? "" : ` (put down to ${cause === "person" ? "the owner" : cause})`}.`;
}

const tailHeld = (data: Data, speaker: Speaker) => {
  const owner = who(data, speaker, "owner", "person", "from");
  return owner === null ? null : `${owner} held it`;
};

function availability(data: Data, actor: string, speaker: Speaker): string {
  const state = text(data, "availability", "state") ?? "available";
  const word = ((STATE_WORDS as Record<string, string>)[state] ?? humanise(state)).toLowerCase();
  return `${who(data, speaker, "person") ?? capital(actor)} is ${word}${tail(" until ", time(data, speaker, "until"))}${because(data)}.`;
}

function list(value: unknown): string | null {
  const names = Array.isArray(value) ? value.map(String) : isRecord(value) ? Object.keys(value) : [];
  return names.length > 0 ? names.join(", ") : null;
}

/** What an event type means, for a title beside the sentence. */
export const meaning = (type: EventType) => EVENT_TYPES[type];
