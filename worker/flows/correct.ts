/** A person says which account a lead belongs to, and what of it holds for every lead to come. */
import { knownAs, type Lesson, type LessonKind } from "../domain/crm/learned.ts";
import { speaksFor } from "../domain/matching/decide.ts";
import type { Match, MatchedAccount } from "../domain/matching/types.ts";
import { readAccounts } from "../store/candidates.ts";
import type { CandidateAccount } from "../store/known.ts";
import type { Stored } from "../store/crm.ts";
import { keysOfAccount } from "./account-keys.ts";
import { assignmentOf, judgedColumns, matchedData, mayReroute, planAgain } from "./again.ts";
import { closed, DONE, notTheirs, type Asker } from "./asking.ts";
import { keysOf, matchOptions, toMatchCandidate, type Judged } from "./decide.ts";
import type { Deps } from "./deps.ts";
import { factsOf, nameOf, refuse, save, withLead, type Draft, type Hand, type Outcome } from "./hand.ts";
import { lessonEvent, lessonsOf, lessonStatements, readAccount, rowWith } from "./lessons.ts";

export interface Correction {
  /** Null: it belongs to none. */
  account: string | null;
  learn: readonly LessonKind[];
  reason: string | null;
  /** Whether it may go to somebody else for that. */
  reroute: boolean;
}

/** The account that was chosen, with what it is to learn. */
interface Chosen {
  stored: Stored;
  account: CandidateAccount;
  lessons: readonly Lesson[];
  /** What must still hold of other accounts when they are written. */
  guards: readonly D1PreparedStatement[];
}

const MAX_SHOWN = 5;

const choose = async (hand: Hand, request: Correction, by: string): Promise<Outcome<Chosen | null>> => {
  const { deps } = hand;
  if (request.account === null)
    return request.learn.length > 0
      ? refuse(422, "Without an account there is nothing to learn for.", "/learn")
      : { ok: true, value: null };
  const unknown = refuse(422, `There is no account ${request.account}.`, "/account");
  const stored = await readAccount(deps, request.account);
  if (!stored) return unknown;
  const id = String(stored.row["id"]);
  const account = (await readAccounts(deps.db, JSON.stringify([id]))).get(id);
  if (!account) return unknown;
  const lessons = await lessonsOf(hand, stored, request.learn, by);
  return lessons.ok ? { ok: true, value: { stored, account, ...lessons.value } } : lessons;
};

/**
 * How the account compares with the lead once it has learned. Policies rely on a method wherever there is an account
 * (relations of the proof): where nothing but the person speaks for it, they speak for what the company is called.
 */
const comparison = (hand: Hand, { account, stored, lessons }: Chosen): MatchedAccount => {
  const { lead, compiled, contact } = hand;
  const row = rowWith(stored, lessons);
  const keys = new Set(keysOfAccount(row).keys);
  const candidate = {
    ...toMatchCandidate(account),
    ...knownAs(row),
    matchedKeys: keysOf(lead.facts.lead).filter((key) => keys.has(key)),
  };
  const found = speaksFor(lead.facts.lead, candidate, matchOptions(compiled));
  const isContact = contact?.accountId === account.id;
  return {
    accountId: account.id,
    name: account.name,
    confidence: 1,
    method: isContact ? "contact" : (found?.method ?? "name"),
    reasons: found?.reasons ?? [],
  };
};

const speaker = (hand: Hand, actor: string): string =>
  actor.startsWith("person:")
    ? (nameOf(hand.compiled, actor.slice("person:".length)) ?? actor)
    : "An API key";

const matchByHand = (hand: Hand, chosen: Chosen | null, { reason }: Correction, by: string): Match => {
  const { lead, now } = hand;
  const says = chosen === null ? "none of the accounts" : chosen.account.name;
  const said = `${speaker(hand, by)} says it belongs to ${says}${reason === null ? "." : `: ${reason}`}`;
  const corrected = { by, at: now, reason };
  const others = lead.match.candidates.filter(({ accountId }) => accountId !== chosen?.account.id);
  if (chosen === null)
    return {
      accountId: null,
      confidence: 0,
      method: "none",
      reasons: [said],
      candidates: others,
      corrected,
    };
  const found = comparison(hand, chosen);
  const { accountId, confidence, method } = found;
  const candidates = [found, ...others].slice(0, MAX_SHOWN);
  return { accountId, confidence, method, reasons: [said, ...found.reasons], candidates, corrected };
};

const judgeByHand = (hand: Hand, chosen: Chosen | null, match: Match): Judged => {
  const account = chosen?.account ?? null;
  const opportunity = account?.openOpportunities[0] ?? null;
  const scored = factsOf({ ...hand, lead: { ...hand.lead, match }, account, opportunity });
  return { match, scored, relationship: null };
};

const previousOf = ({ match }: Hand["lead"]) => ({
  accountId: match.accountId,
  name: match.candidates.find(({ accountId }) => accountId === match.accountId)?.name ?? null,
  method: match.method,
  confidence: match.confidence,
  corrected: match.corrected !== undefined,
});

const eventsOf = (
  hand: Hand,
  chosen: Chosen | null,
  judged: Judged,
  by: string,
): NonNullable<Draft["events"]> => [
  {
    type: "lead.matched",
    data: {
      ...matchedData(judged),
      account: chosen && { id: chosen.account.id, name: chosen.account.name },
      corrected: true,
      by,
      reason: judged.match.corrected?.reason ?? null,
      previous: previousOf(hand.lead),
    },
  },
  ...(chosen === null
    ? []
    : chosen.lessons.map((lesson) => ({
        type: "account.alias_learned" as const,
        data: lessonEvent(chosen.stored, lesson),
      }))),
];

const draftOf = (
  hand: Hand,
  chosen: Chosen | null,
  judged: Judged,
  plan: ReturnType<typeof planAgain>,
  by: string,
): Draft => ({
  actor: by,
  set: {
    account_id: judged.match.accountId,
    match: JSON.stringify(judged.match),
    ...judgedColumns(hand.lead, judged, plan),
  },
  events: eventsOf(hand, chosen, judged, by),
  ...assignmentOf(plan, "correction"),
  ...(chosen && chosen.lessons.length > 0
    ? {
        also: [
          ...chosen.guards,
          ...lessonStatements(hand.deps, chosen.stored, rowWith(chosen.stored, chosen.lessons)),
        ],
      }
    : {}),
});

/** It is so already, by a person's word, and nothing is new to learn. */
const isSaid = ({ lead }: Hand, chosen: Chosen | null): boolean =>
  lead.match.corrected !== undefined &&
  lead.match.accountId === (chosen?.account.id ?? null) &&
  (chosen?.lessons.length ?? 0) === 0;

/** What is taught holds for everybody's leads, so who may take it back may teach it. */
const mayNotTeach = () =>
  refuse(
    403,
    "What an account learns holds for every lead to come: correct this one without it, or ask a manager to teach it.",
    "/learn",
  );

/** The same again changes nothing. Late facts of a provider don't change it either (refine.ts). */
export const correctMatch = (
  deps: Deps,
  leadId: string,
  asker: Asker,
  request: Correction,
): Promise<Outcome<null>> =>
  withLead<null>(deps, leadId, async (hand) => {
    if (!hand.lead.open) return closed();
    const refusal = notTheirs(hand, asker);
    if (refusal) return refusal;
    if (asker.onlyOwn !== null && request.learn.length > 0) return mayNotTeach();
    const found = await choose(hand, request, asker.actor);
    if (!found.ok) return found;
    const chosen = found.value;
    const judged = judgeByHand(hand, chosen, matchByHand(hand, chosen, request, asker.actor));
    const plan = request.reroute ? planAgain(hand, hand.lead.facts, judged, "correction") : null;
    if (isSaid(hand, chosen) && plan === null) return DONE;
    if (request.reroute && !mayReroute(hand.lead))
      return refuse(
        409,
        "Somebody has acted on the lead already, or it is with whom its person knows: correct it without routing it again, or reassign it.",
        "/reroute",
      );
    await save(hand, draftOf(hand, chosen, judged, plan, asker.actor));
    return DONE;
  });
