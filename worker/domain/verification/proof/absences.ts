/**
 * Who is missed. For each branch that aims at a team or a person: the hours at which nobody but the last resort takes its
 * leads, and the people whose single absence makes it so. Every instant of the coming year is looked at, as spans between
 * change points; every example is confirmed by production's own functions before it is shown.
 */
import type { Target } from "../../../../schema/config/routing.ts";
import { holds } from "../../conditions.ts";
import type { Situation } from "../../routing/options.ts";
import { resolveTarget, targetInWords, type Resolved } from "../../routing/targets.ts";
import { chainOf, timesOf, type Times } from "./chain.ts";
import { moment, situationOf, type Branch } from "./branches.ts";
import { leadAt, quoted, shown, type Item, type Policy } from "./policy.ts";
import { aloneIn, complement, intersect, lengthOf, NEVER, whole, type Horizon, type Spans } from "./spans.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const YEAR = 366 * DAY;
/** Somebody without whom a quarter of the year has nobody is worth a warning; a shift of one's own is a note. */
const OFTEN = YEAR / 4;
/** Waiting at the year's end finds an opening after it. */
const BEYOND = 21 * DAY;

export const yearFrom = (now: number): Horizon => ({ from: now, to: now + YEAR });

export const timesFor = ({ compiled, now }: Policy): Times =>
  timesOf(compiled, { from: now, to: now + YEAR + BEYOND });

interface Gaps {
  branch: Branch;
  /** Nobody but the last resort. */
  nobody: Spans;
  /** By person: instants at which they alone stand before the last resort. */
  alone: ReadonlyMap<string, Spans>;
}

type Safe = (holders: ReadonlyMap<string, Spans>) => boolean;

/** At least two at every instant; worked out once for each team. */
const safely = (times: Times): Safe => {
  const known = new WeakMap<ReadonlyMap<string, Spans>, boolean>();
  return (holders) => {
    const before = known.get(holders);
    if (before !== undefined) return before;
    const { held, alone } = aloneIn(holders, times.horizon);
    const safe = alone.size === 0 && complement(held, times.horizon).length === 0;
    known.set(holders, safe);
    return safe;
  };
};

/** All that a chain depends on besides the clock: branches alike in it are worked out once. */
const shapeOf = (policy: Policy, situation: Situation, to: Resolved, item: Item): string => {
  const target = to.kind === "person" ? [to.person.id, to.relationship] : to.kind === "none" ? [] : [to.id];
  const members = policy.document.teams.flatMap((team) =>
    team.members.flatMap(({ when }) => (when ? [holds(when, situation.facts)] : [])),
  );
  const { skills, languages, existingBusiness, territoryIndex } = situation;
  const backup = item.backup && "territory" in item.backup ? territoryIndex : item.backup;
  const named = [situation.facts["account"], situation.facts["opportunity"]];
  return JSON.stringify([to.kind, target, backup, skills, languages, existingBusiness, members, named]);
};

type Shape = Pick<Gaps, "nobody" | "alone"> | null;

const chainGaps = (policy: Policy, times: Times, situation: Situation, item: Item, safe: Safe): Shape => {
  const year = yearFrom(policy.now);
  const within = whole(year);
  const chain = chainOf(times, situation, item, safe);
  if (chain.settled || safe(chain.holders)) return null;
  const { held, alone } = aloneIn(chain.holders, times.horizon);
  const nobody = intersect(complement(held, times.horizon), within);
  if (alone.size === 0 && nobody.length === 0) return null;
  return { nobody, alone: new Map([...alone].map(([id, spans]) => [id, intersect(spans, within)])) };
};

/** Null for branches that end elsewhere: with a queue's steward, or with whom the CRM names. */
const gapsOf = (
  policy: Policy,
  times: Times,
  branch: Branch,
  known: Map<string, Shape>,
  safe: Safe,
): Gaps | null => {
  const { item, made, at } = branch;
  if (!item || !made) return null;
  const { scored } = made.read;
  const situation = situationOf(policy, item, scored.facts, scored.territory?.index ?? null, at);
  const to = resolveTarget(situation, item.to, "");
  if (to.kind !== "team" && to.kind !== "person") return null;
  const key = shapeOf(policy, situation, to, item);
  const shape = known.has(key) ? (known.get(key) ?? null) : chainGaps(policy, times, situation, item, safe);
  known.set(key, shape);
  return shape && { branch, ...shape };
};

/** Instants to try: the first of the span, and of some others spread over the year. */
const samples = (spans: Spans): number[] => {
  const count = spans.length / 2;
  const step = Math.max(1, Math.floor(count / 4));
  return Array.from({ length: Math.min(4, count) }, (_, at) => spans[2 * at * step] ?? 0);
};

/** The branch's lead at an instant where it ends with the last resort. */
const confirmed = (policy: Policy, { item, point }: Branch, spans: Spans, absent: readonly string[]) => {
  for (const at of samples(spans)) {
    const found = leadAt(policy, point, (ending) => ending.ruleId === item?.id && ending.lastResort, {
      at,
      absent,
    });
    if (found) return found;
  }
  return null;
};

const hoursAWeek = (spans: Spans): string => {
  const hours = (lengthOf(spans) / YEAR) * (7 * 24);
  return hours < 1 ? "less than an hour a week" : `about ${Math.round(hours)} hours a week`;
};

const nameOf = ({ compiled }: Policy, id: string | null): string =>
  id === null ? "nobody" : (compiled.people.get(id)?.name ?? id);

const unique = (gaps: readonly Gaps[]): string[] => [
  ...new Set(gaps.flatMap(({ branch }) => (branch.item ? [branch.item.id] : []))),
];

/** What would help, by what the rules have already: one that has a backup needs another. */
const missingAdvice = (gaps: readonly Gaps[]): string => {
  const items = [...new Set(gaps.flatMap(({ branch }) => branch.item ?? []))];
  const bare = items.filter(({ backup }) => backup === null).map(({ id }) => id);
  if (bare.length > 0) return `Give ${quoted(bare)} a backup, or the team somebody else.`;
  return items.length === 1
    ? "Its backup can't take them then either: name another, or add somebody to the team."
    : "Their backups can't take them then either: name others, or add somebody to the team.";
};

const hoursAdvice = ({ compiled }: Policy, { made }: Branch, { to, backup }: Item): string => {
  const territory = compiled.document.territories[made?.read.scored.territory?.index ?? -1];
  const named = (target: Target): string =>
    targetInWords(
      { compiled, territoryIndex: null },
      "territory" in target && territory ? territory.to : target,
    );
  const hours = `${named(to)} hours at which somebody is on shift`;
  return backup === null
    ? `give it a backup, or ${hours}.`
    : `its backup, ${named(backup)}, can't take them then either. Name one who can, or give ${hours}.`;
};

/** One finding for each person, however many branches miss them. */
const missed = (policy: Policy, id: string, gaps: readonly Gaps[]): void => {
  const index = policy.document.people.findIndex((person) => person.id === id);
  for (const one of gaps) {
    const found = confirmed(policy, one.branch, one.alone.get(id) ?? NEVER, [id]);
    if (!found) continue;
    const rules = unique(gaps);
    const last = found.ending.human;
    const taker =
      last === id ? `${nameOf(policy, last)} all the same` : `${nameOf(policy, last)}, the last resort`;
    const longest = gaps.reduce((best, each) =>
      lengthOf(each.alone.get(id) ?? NEVER) > lengthOf(best.alone.get(id) ?? NEVER) ? each : best,
    );
    policy.findings.push({
      severity: lengthOf(longest.alone.get(id) ?? NEVER) >= OFTEN ? "warning" : "note",
      pointer: `/people/${index}`,
      code: "single_point_of_failure",
      rules,
      message: `If ${nameOf(policy, id)} is absent, leads of ${quoted(rules)} end with ${taker}, ${hoursAWeek(longest.alone.get(id) ?? NEVER)} (such as ${moment(policy, found.at)}): nobody else would take them. ${missingAdvice(gaps)}`,
      counterexample: shown(found, [id]),
    });
    return;
  }
};

const uncovered = (policy: Policy, gaps: readonly Gaps[]): void => {
  const byItem = Map.groupBy(gaps, ({ branch }) => branch.item);
  for (const [item, all] of byItem) {
    const worst = all.reduce((best, each) => (lengthOf(each.nobody) > lengthOf(best.nobody) ? each : best));
    const found = item && worst.nobody.length > 0 ? confirmed(policy, worst.branch, worst.nobody, []) : null;
    if (!item || !found) continue;
    policy.findings.push({
      severity: lengthOf(worst.nobody) >= HOUR ? "warning" : "note",
      pointer: item.pointer,
      code: "hours_without_cover",
      rules: [item.id],
      message: `Leads of "${item.id}" end with ${nameOf(policy, found.ending.human)}, the last resort, ${hoursAWeek(worst.nobody)} (such as ${moment(policy, found.at)}), although nobody is absent: ${hoursAdvice(policy, worst.branch, item)}`,
      counterexample: shown(found),
    });
  }
};

export const checkAbsences = (policy: Policy, times: Times, branches: readonly Branch[]): void => {
  const known = new Map<string, Shape>();
  const safe = safely(times);
  const gaps = branches.flatMap((branch) => gapsOf(policy, times, branch, known, safe) ?? []);
  uncovered(policy, gaps);
  for (const { id } of policy.document.people) {
    const missing = gaps.filter(({ alone }) => (alone.get(id)?.length ?? 0) > 0);
    if (missing.length > 0) missed(policy, id, missing);
  }
};
