/** Points for fit (who they are) and intent (what they did), and the segment they add up to. */
import type { ConfigDocument } from "../../../schema/config/document.ts";
import { holds, inWords, type Facts } from "../conditions.ts";

export interface Score {
  score: number;
  fit: number;
  intent: number;
  segment: string | null;
  /** Which rules gave points: rule id, points, why. */
  because: { rule: string; points: number; counts: "fit" | "intent"; why: string }[];
}

/** Adds up every rule that holds; the segment is the highest one whose minimum is reached. */
export const scoreLead = (scoring: ConfigDocument["scoring"], facts: Facts): Score => {
  const because = scoring.rules
    .filter((rule) => holds(rule.when, facts))
    .map((rule) => ({ rule: rule.id, points: rule.points, counts: rule.counts, why: inWords(rule.when) }));
  const sum = (counts: "fit" | "intent"): number =>
    because.reduce((total, item) => total + (item.counts === counts ? item.points : 0), 0);
  const fit = sum("fit");
  const intent = sum("intent");
  const score = fit + intent;
  const reached = scoring.segments.filter((segment) => score >= segment.min);
  const segment = reached.reduce<(typeof reached)[number] | null>(
    (best, item) => (best === null || item.min > best.min ? item : best),
    null,
  );
  return { score, fit, intent, segment: segment?.id ?? null, because };
};
