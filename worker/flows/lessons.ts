/** What a correction teaches of an account, checked against what it may mean; and lessons taken back. */
import type { Row } from "../domain/crm/merge.ts";
import { joinLearned, knownAs, learnedIn, MAX_LESSONS, unlearn } from "../domain/crm/learned.ts";
import type { Lesson, LessonKind } from "../domain/crm/learned.ts";
import { nameKey } from "../domain/matching/keys.ts";
import { learnableDomain, learnableName, solidName } from "../domain/matching/learnable.ts";
import { readGone } from "../store/accounts.ts";
import { eventsStatement } from "../store/happened.ts";
import {
  aliasGuards,
  changeStatements,
  holderGuards,
  isMoved,
  MOST_HOLDERS,
  readHolders,
  readRows,
  type Stored,
} from "../store/crm.ts";
import { keysOfAccount } from "./account-keys.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";
import { refuse, type Hand, type Outcome } from "./hand.ts";

const nameOfRow = (stored: Stored): string => String(stored.row["name"]);

const named = ({ row }: Stored) => ({
  name: String(row["name"]),
  domain: row["domain"] === null || row["domain"] === undefined ? null : String(row["domain"]),
  ...knownAs(row),
});

/** A lesson, and what must still hold of other accounts when it is written. */
interface Checked {
  lesson: Lesson;
  guards: readonly D1PreparedStatement[];
}

interface Claim {
  kind: LessonKind;
  value: string;
}

const keysOfClaim = ({ kind, value }: Claim): string[] =>
  kind === "domain" ? [`d:${value}`, `a:${value}`] : [nameKey(solidName(value))];

/** Whatever stands under its domain goes by it; under a name, only what is called so as a whole. */
const goesBy = (holder: Stored, { kind, value }: Claim): boolean => {
  const { name, otherNames } = named(holder);
  return kind === "domain" || [name, ...otherNames].some((each) => solidName(each) === solidName(value));
};

/** Other accounts under its keys, and the one that goes by it already: two would go by one then, and neither be found. */
const othersUnder = async (
  deps: Deps,
  accountId: string,
  claim: Claim,
): Promise<{ others: Stored[]; rival: Stored | null; tooMany: boolean }> => {
  const holders = await readHolders(deps.db, keysOfClaim(claim));
  const others = [...holders.values()].filter(({ row }) => row["id"] !== accountId);
  const rival = others.find((holder) => goesBy(holder, claim)) ?? null;
  return { others, rival, tooMany: holders.size >= MOST_HOLDERS };
};

const taken = (rival: Stored, { kind, value }: Claim): Outcome<never> => {
  const who = `${nameOfRow(rival)} (${String(rival.row["id"])})`;
  return refuse(
    409,
    kind === "domain"
      ? `${value} is a domain of ${who}: merge the accounts, or remove it there first.`
      : `“${value}” is what ${who} is called: merge the accounts, or teach the domain instead.`,
    "/learn",
  );
};

/** One lesson, null where the account goes by it already, or why not. */
const lessonOf = async (
  hand: Hand,
  stored: Stored,
  kind: LessonKind,
  by: string,
): Promise<Outcome<Checked | null>> => {
  const { lead } = hand.lead.facts;
  const account = named(stored);
  const can = kind === "domain" ? learnableDomain(lead, account) : learnableName(lead.company, account);
  if (!can.ok) return refuse(422, can.why, "/learn");
  if (can.value === null) return { ok: true, value: null };
  const { deps, now } = hand;
  const claim = { kind, value: can.value };
  const id = String(stored.row["id"]);
  const { others, rival, tooMany } = await othersUnder(deps, id, claim);
  if (rival !== null) return taken(rival, claim);
  if (tooMany) return refuse(422, `“${can.value}” is part of too many accounts' names.`, "/learn");
  const guards = holderGuards(deps.db, keysOfClaim(claim), [stored, ...others]);
  return { ok: true, value: { lesson: { ...claim, at: now, by, leadId: hand.lead.id }, guards } };
};

export interface Lessons {
  lessons: Lesson[];
  guards: D1PreparedStatement[];
}

/** All lessons asked for, or the first refusal. */
export const lessonsOf = async (
  hand: Hand,
  stored: Stored,
  kinds: readonly LessonKind[],
  by: string,
): Promise<Outcome<Lessons>> => {
  const lessons: Lesson[] = [];
  const guards: D1PreparedStatement[] = [];
  for (const kind of new Set(kinds)) {
    const checked = await lessonOf(hand, stored, kind, by);
    if (!checked.ok) return checked;
    if (checked.value === null) continue;
    lessons.push(checked.value.lesson);
    guards.push(...checked.value.guards);
  }
  if (learnedIn(stored.row).length + lessons.length > MAX_LESSONS)
    return refuse(
      422,
      `${nameOfRow(stored)} has learned ${MAX_LESSONS} domains and names; remove some first.`,
      "/learn",
    );
  return { ok: true, value: { lessons, guards } };
};

export const rowWith = ({ row }: Stored, lessons: readonly Lesson[]): Row => ({
  ...row,
  learned: JSON.stringify(joinLearned(learnedIn(row), lessons)),
});

/** Row and keys at once; they break the batch where the account was changed or merged away meanwhile. */
export const lessonStatements = (deps: Deps, stored: Stored, row: Row): D1PreparedStatement[] => [
  ...aliasGuards(deps.db, [String(stored.row["id"])]),
  ...changeStatements(deps.db, "accounts", [{ row, print: stored.print, keyed: keysOfAccount(row) }]),
];

/** As events tell it. */
export const lessonEvent = (stored: Stored, { kind, value, leadId }: Lesson) => ({
  account: { id: stored.row["id"], name: nameOfRow(stored) },
  kind,
  value,
  leadId,
});

/** The account of this id, or the one it was merged into. */
export const readAccount = async (deps: Deps, id: string): Promise<Stored | null> => {
  const { aliases } = await readGone(deps.db, [id]);
  const meant = aliases.get(id) ?? id;
  return (await readRows(deps.db, "accounts", [meant])).get(meant) ?? null;
};

/** Takes back what was learned; what the CRM says itself stays. */
export const dropLesson = async (
  deps: Deps,
  id: string,
  value: string,
  by: string,
): Promise<"dropped" | "no account" | "no lesson"> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const stored = await readAccount(deps, id);
    if (!stored) return "no account";
    const { kept, dropped } = unlearn(learnedIn(stored.row), value);
    if (dropped.length === 0) return "no lesson";
    const row = { ...stored.row, learned: JSON.stringify(kept) };
    const type = "account.alias_dropped";
    const events = dropped.map((lesson) => ({ type, actor: by, data: lessonEvent(stored, lesson) }));
    try {
      await deps.db.batch([
        ...lessonStatements(deps, stored, row),
        eventsStatement(deps.db, null, deps.now(), events),
      ]);
      return "dropped";
    } catch (error) {
      if (!isMoved(error)) throw error;
    }
  }
  throw new Error("The account was changed by somebody else too often");
};
