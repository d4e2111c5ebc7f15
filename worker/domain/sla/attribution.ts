/** Whose a breach is: the owner's, or that of their absence, of our delivery, of our own lateness. By evidence, with it. */
import type { Attribution } from "../../../schema/reports.ts";
import { standingInWords, type Standing } from "../routing/people.ts";

export interface BreachFacts {
  /** Nobody was to contact them. */
  leftAlone: boolean;
  /** When the touch was due, and when the clock got to see that it hadn't come. */
  dueAt: number;
  now: number;
  /** When the owner's clock started, and when it would have ended had they had their whole target. */
  startedAt: number | null;
  wholeTargetAt: number | null;
  /** How the owner stood when the touch was due; null: nobody owned it. */
  standing: Standing | null;
  /** Whoever has it only holds it, because its team was full. */
  overflow: boolean;
  /** The news of the assignment; null where none was owed, as for somebody who took it themselves. */
  news: { status: string; sentAt: number | null } | null;
}

export interface Verdict {
  attribution: Attribution;
  /** The evidence in words, for the timeline and for whoever asks. */
  because: string;
}

/** Our own delay beyond this is ours: nobody can say whether a touch would have been recorded in it. */
export const LATE_MS = 60_000;
/** Targets are rounded to milliseconds on several ways here. */
const SLACK_MS = 1_000;

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

const byUs = ({ dueAt, now, wholeTargetAt, standing }: BreachFacts): string | null => {
  if (standing === null) return "Nobody owned it.";
  if (now - dueAt > LATE_MS) return `Our clock came ${seconds(now - dueAt)} after the time.`;
  if (wholeTargetAt !== null && wholeTargetAt - dueAt > SLACK_MS)
    return `They were given ${seconds(wholeTargetAt - dueAt)} less than the target.`;
  return null;
};

/** News that came when more than half of the time was gone hasn't reached somebody in time. */
const byDelivery = ({ news, startedAt, dueAt }: BreachFacts): string | null => {
  if (news === null) return null;
  if (news.sentAt === null) return `The news of it hadn't gone out (${news.status}).`;
  const half = startedAt === null ? dueAt : startedAt + (dueAt - startedAt) / 2;
  return news.sentAt > half
    ? `The news of it went out ${seconds(dueAt - news.sentAt)} before the time.`
    : null;
};

/** Somebody who wasn't there can't have missed it. Who is suspended from new leads is there for those they have. */
const byAbsence = ({ standing }: BreachFacts): string | null =>
  standing === null || standing.kind === "available" || standing.kind === "suspended"
    ? null
    : `They were ${standingInWords(standing)} when it was due.`;

const byFullTeam = ({ overflow }: BreachFacts): string | null =>
  overflow ? "Its team was full: they hold it until somebody has room." : null;

/** Who does as the person asked hasn't missed anything. */
const byRequest = ({ leftAlone }: BreachFacts): string | null =>
  leftAlone ? "The person had asked not to be contacted." : null;

const RULES: readonly (readonly [Attribution, (facts: BreachFacts) => string | null])[] = [
  ["system", byRequest],
  ["coverage", byFullTeam],
  ["coverage", byAbsence],
  ["delivery", byDelivery],
  ["system", byUs],
];

/** The rules (docs/sla.md), the first that holds: the person's wish, a full team, absence, then delivery, then our own delay; what is left is the person's. */
export const attribute = (facts: BreachFacts): Verdict => {
  for (const [attribution, rule] of RULES) {
    const because = rule(facts);
    if (because !== null) return { attribution, because };
  }
  return { attribution: "person", because: "They were there, had been told, and had the whole target." };
};
