/** What becomes of a lead after it arrived: each story is the steps people take, counted from when its clock starts. */
import type { Channel } from "../../schema/config/routing.ts";
import type { Random } from "./random.ts";
import { DAY, MINUTE, type Step } from "./steps.ts";

const STORIES = [
  "fresh",
  "touched",
  "worked",
  "covered",
  "replied",
  "scheduled",
  "qualified",
  "partner",
  "bounced",
  "released",
  "late",
  "rejected",
  "no_fit",
  "bad_timing",
  "no_budget",
  "no_response",
  "spam",
] as const;
export type Story = (typeof STORIES)[number];

export interface Told {
  submissionId: string;
  /** When the clock starts: capture, or the opening that a closed team waits for. */
  start: number;
  story: Story;
  /** Minutes from the start to the first touch. */
  firstTouch: number;
  /** Whether somebody must accept it first (owners, success managers). */
  accepts: boolean;
  phone: boolean;
  /** Who touches it in place of its owner, for `covered`. */
  colleague: string;
}

const REPLIES = [
  "Thanks for getting back so quickly. Thursday afternoon works for us.",
  "Could you send the payload figures first? Then let us talk.",
  "Great timing, we decide this month. Call me any time after lunch.",
  "Merci beaucoup, mardi nous convient 👍",
  "Danke für die schnelle Antwort! Nächste Woche passt gut.",
];

const ENDINGS: Partial<Record<Story, { code: string; nextStep: string; note?: string }>> = {
  scheduled: { code: "meeting_booked", nextStep: "Live demo with their operations lead" },
  qualified: { code: "opportunity_created", nextStep: "Site visit and layout scan" },
  partner: { code: "sent_to_partner", nextStep: "Introduce the regional integrator" },
  rejected: { code: "missing_data", nextStep: "Marketing to ask for a working address" },
  no_fit: {
    code: "not_icp_fit",
    nextStep: "Back to the newsletter",
    note: "One site of 300 m²: too small for a fleet",
  },
  bad_timing: { code: "bad_timing", nextStep: "Ask again when the new hall opens" },
  no_budget: { code: "no_budget", nextStep: "Ask again in the new budget year" },
  no_response: { code: "no_response", nextStep: "Back to nurturing" },
  spam: { code: "spam", nextStep: "None" },
};

/** How far each story goes: touches, then a reply, then an ending. */
const touchesOf = (story: Story): number => {
  if (story === "fresh" || story === "released" || story === "spam" || story === "rejected") return 0;
  if (story === "touched" || story === "bounced") return 1;
  return story === "no_response" ? 5 : 2;
};

const REPLIED: readonly Story[] = ["replied", "scheduled", "qualified", "partner", "bad_timing", "no_budget"];
const BY_MANAGER: readonly Story[] = ["rejected", "no_fit", "bad_timing", "no_budget", "no_response", "spam"];

/** Minutes from the first touch to each of the next; the later ones are a diligent rep's days. */
const GAPS = [0, 15, 1500, 2940, 4300];

const touches = (told: Told, random: Random): Step[] => {
  const first = told.phone && random.chance(0.6) ? 0 : 1;
  return Array.from({ length: touchesOf(told.story) }, (_, index): Step => {
    const channel: Channel =
      (index + first) % 2 === 0 && told.phone ? "call" : index % 3 === 2 ? "linkedin" : "email";
    const shift = index === 0 ? 0 : random.int(-4, 4);
    return {
      at: told.start + Math.round((told.firstTouch + (GAPS[index] ?? 0) + shift) * MINUTE),
      do: "touch",
      submissionId: told.submissionId,
      channel: index === 1 && !told.phone ? "chat" : channel,
      outcome: channel === "call" ? random.pick(["connected", "voicemail", "no_answer"]) : "sent",
      by: told.story === "covered" && index === 0 ? told.colleague : "owner",
    };
  });
};

const lastAt = (steps: readonly Step[], otherwise: number): number => steps.at(-1)?.at ?? otherwise;

/** Steps in order; the caller leaves out what lies in the future. */
export const tell = (told: Told, random: Random): Step[] => {
  const { submissionId, start, story } = told;
  const steps: Step[] = [];
  if (told.accepts) {
    const wait = Math.max(0.5, told.firstTouch - 1);
    steps.push({ at: start + Math.round(wait * MINUTE), do: "accept", submissionId, by: "owner" });
  }
  steps.push(...touches(told, random));
  if (story === "bounced") {
    const at = lastAt(steps, start) + 2 * MINUTE;
    steps.push({
      at,
      do: "bounce",
      submissionId,
      kind: "email",
      grade: "verified",
      reason: "550 5.1.1 mailbox unknown",
    });
  }
  if (story === "released") {
    steps.push({ at: start + 24 * MINUTE, do: "release", submissionId, by: "steward" });
    steps.push({
      at: start + 30 * MINUTE,
      do: "touch",
      submissionId,
      channel: "email",
      outcome: "sent",
      by: "owner",
    });
  }
  if (REPLIED.includes(story)) {
    const at = lastAt(steps, start) + random.int(9, 45) * MINUTE;
    steps.push({ at, do: "reply", submissionId, channel: "email", body: random.pick(REPLIES) });
  }
  const ending = ENDINGS[story];
  if (ending) {
    // What isn't worth a touch is closed before one is due.
    const wait = touchesOf(story) === 0 ? random.int(3, 7) : random.int(12, 50);
    const at = lastAt(steps, start) + wait * MINUTE;
    const by = BY_MANAGER.includes(story) ? "manager" : "owner";
    steps.push({ at, do: "disposition", submissionId, by, ...ending, ...recycling(story, at) });
  }
  return steps;
};

const recycling = (story: Story, at: number): { recycleOn?: string } => {
  const days = { bad_timing: 45, no_budget: 120, no_response: 30 }[story as "bad_timing"];
  return days === undefined ? {} : { recycleOn: new Date(at + days * DAY).toISOString().slice(0, 10) };
};
