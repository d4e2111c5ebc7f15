/** The words for coded things, in the users' terms. One place, so that every page says the same. Pure. */
import type { BoardPerson } from "../../schema/wire/board.ts";
import type { LeadSummary, Status, TimerKind } from "../../schema/wire/lead.ts";
import type { TaskKind } from "../../schema/wire/tasks.ts";
import type { Channel } from "../../schema/config/routing.ts";

type Stage = LeadSummary["stage"];

export const STATUS_WORDS: Record<Status, string> = {
  new: "New",
  working: "Working",
  scheduled: "Meeting booked",
  qualified: "Qualified",
  disqualified: "Disqualified",
  recycled: "Recycled",
  quarantined: "Quarantined",
};

export const STAGE_WORDS: Record<Stage, string> = {
  inquiry: "Inquiry",
  mql: "MQL",
  sal: "SAL",
  sql: "SQL",
  opportunity: "Opportunity",
  rejected: "Rejected",
  recycled: "Recycled",
};

export const CHANNEL_WORDS: Record<Channel, string> = {
  call: "Call",
  sms: "SMS",
  email: "E-mail",
  chat: "Chat",
  meeting: "Meeting",
  linkedin: "LinkedIn",
  letter: "Letter",
  other: "Other",
};

export const STATE_WORDS: Record<BoardPerson["state"], string> = {
  available: "Available",
  away: "Away",
  time_off: "On time off",
  suspended: "Suspended",
  off_shift: "Off shift",
  deactivated: "Deactivated",
};

export const TIMER_WORDS: Record<TimerKind, string> = {
  assign: "Assign",
  warning: "Warn the owner",
  firstTouch: "First touch",
  opening: "Window opens",
  secondTouch: "Second touch",
  noReply: "Reply overdue",
  takeoverTouch: "First touch after takeover",
  accept: "Accept",
  untouchedTask: "Tell the manager",
  rehome: "Routed again",
  effort: "Next step",
  stageAge: "Stage too old",
  queueAge: "Steward’s answer",
  reminder: "Remind",
};

export const TASK_WORDS: Record<TaskKind, string> = {
  secondTouch: "Second touch",
  noReply: "Reach out again",
  takeoverTouch: "First touch after takeover",
  followUp: "Next step",
  handoff: "Handed over",
  badContact: "Mend the contact data",
  confirmBounce: "Does the contact data fail?",
};

/** Outcomes offered for a touch, by channel; the wire takes any text. */
export const OUTCOMES_BY_CHANNEL: Record<Channel, readonly (readonly [string, string])[]> = {
  call: [
    ["connected", "Connected"],
    ["voicemail", "Left a voicemail"],
    ["no_answer", "No answer"],
    ["wrong_number", "Wrong number"],
  ],
  sms: [["sent", "Sent"]],
  email: [["sent", "Sent"]],
  chat: [
    ["sent", "Sent"],
    ["connected", "Talked"],
  ],
  meeting: [
    ["held", "Held"],
    ["booked", "Booked"],
    ["no_show", "No-show"],
  ],
  linkedin: [["sent", "Sent"]],
  letter: [["sent", "Sent"]],
  other: [["done", "Done"]],
};

export const METHOD_WORDS: Record<string, string> = {
  contact: "Known contact",
  domain: "E-mail domain",
  alias: "Alias domain",
  suffix: "Same name, other suffix",
  name: "Company name",
  fuzzy: "Similar name",
  family: "Company family",
  none: "No match",
};

const CAUSE_WORDS: Record<string, string> = {
  capture: "When it came in",
  breach: "First touch missed",
  opening: "When the window opened",
  bounce: "Contact data failed",
  release: "Released from its queue",
  handoff: "Handed off",
  away: "The owner went away",
  "on time off": "The owner is on time off",
};

/** `capture: Territory` → "When it came in: Territory"; other causes as they are. */
export function causeInWords(reason: string): string {
  const [cause = "", ...rest] = reason.split(": ");
  const words = CAUSE_WORDS[cause];
  return words === undefined || rest.length === 0 ? capital(reason) : `${words}: ${rest.join(": ")}`;
}

/** A code such as `not_icp_fit` as words, where nobody gave it a label. */
export function humanise(code: string): string {
  const plain = code
    .replace(/[._-]+/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .trim()
    .toLowerCase();
  return capital(plain);
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

/** "a, b and 3 more" */
export function firstOf(words: readonly string[], most = 5): string {
  const more = words.length - most;
  return words.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** "42 s", "4 min 12 s", "3 h 20 min"; to the minute, "4 min" from a minute on. Hours are as many as there are. */
export function secondsInWords(seconds: number, to: "second" | "minute" = "second"): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600 && to === "second") return pair(whole, "min", "s");
  const minutes = Math.round(whole / 60);
  return minutes < 60 ? `${minutes} min` : pair(minutes, "h", "min");
}

const pair = (small: number, bigName: string, smallName: string): string =>
  `${Math.floor(small / 60)} ${bigName}${small % 60 === 0 ? "" : ` ${small % 60} ${smallName}`}`;

/** Whom a lead is about, in the fewest words that identify them. */
export function leadName(lead: Pick<LeadSummary, "person">): string {
  return lead.person.name?.trim() || lead.person.email;
}

/** The line under the name: what they do and where, else how they can be reached. */
export function leadAbout({ person }: Pick<LeadSummary, "person">): string {
  const known = [person.title, person.company].filter(Boolean).join(", ");
  return known || (person.name?.trim() ? person.email : "no name or company given");
}

/** What going away does to the leads somebody hasn't touched, of which `ahead` only wait for an opening. */
export function rehomedInWords({ count, ahead }: { count: number; ahead: number }): string {
  if (count === 0) return "Nothing is waiting for a first touch, so nothing changes hands.";
  const go = `${count === 1 ? "goes" : "go"} to others at once, without a strike.`;
  const leads = count === 1 ? "The lead" : `The ${plural(count, "lead")}`;
  if (ahead === count) return `${leads} still waiting (for an opening) ${go}`;
  const part = ahead === 0 ? "" : `, ${ahead} of them until an opening,`;
  return `${leads} still waiting for a first touch${part} ${go}`;
}

/** The stage beside a status or an outcome; null where it would say the same word again. */
export function stageBeside(said: string, stage: Stage): string | null {
  return STAGE_WORDS[stage].toLowerCase() === said.toLowerCase() ? null : STAGE_WORDS[stage];
}
