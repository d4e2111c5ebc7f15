/** What a correction teaches of an account, checked against what it may mean; and lessons taken back. */
import type { Row } from "../domain/crm/merge.ts";
import { joinLearned, knownAs, learnedIn, MAX_LESSONS, unlearn } from "../domain/crm/learned.ts";
import type { Lesson, LessonKind } from "../domain/crm/learned.ts";
import { learnableDomain, learnableName, solidName } from "../domain/matching/learnable.ts";
import { readGone } from "../store/accounts.ts";
import { readCandidates } from "../store/candidates.ts";
import { eventsStatement, type CandidateAccount } from "../store/capture.ts";
import { aliasGuards, changeStatements, isMoved, readRows, type Stored } from "../store/crm.ts";
import { keysOfAccount } from "./account-keys.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";
import { refuse, type Hand, type Outcome } from "./hand.ts";

const nameOfRow = (stored: Stored): string => String(stored.row["name"]);

const named = ({ row }: Stored) => ({
  name: String(row["name"]),
  domain: row["domain"] === null || row["domain"] === undefined ? null : String(row["domain"]),
  ...knownAs(row),
});

/** Another account that goes by it already: two would go by one then, and neither be found. */
const rivalOf = async (
  deps: Deps,
  accountId: string,
  kind: LessonKind,
  value: string,
): Promise<CandidateAccount | null> => {
  const solid = kind === "name" ? solidName(value) : "";
  const keys = kind === "domain" ? [`d:${value}`, `a:${value}`] : [`n:${solid.slice(0, 80)}`];
  const [found] = await readCandidates(deps.db, [{ emailNorm: null, keys }]);
  const goesByIt = ({ name, otherNames }: CandidateAccount): boolean =>
    kind === "domain" || [name, ...otherNames].some((each) => solidName(each) === solid);
  return (found?.accounts ?? []).find((each) => each.id !== accountId && goesByIt(each)) ?? null;
};

/** One lesson, null where the account goes by it already, or why not. */
const lessonOf = async (
  hand: Hand,
  stored: Stored,
  kind: LessonKind,
  by: string,
): Promise<Outcome<Lesson | null>> => {
  const { lead } = hand.lead.facts;
  const account = named(stored);
  const can = kind === "domain" ? learnableDomain(lead, account) : learnableName(lead.company, account);
  if (!can.ok) return refuse(422, can.why, "/learn");
  if (can.value === null) return { ok: true, value: null };
  const rival = await rivalOf(hand.deps, String(stored.row["id"]), kind, can.value);
  if (rival === null)
    return { ok: true, value: { kind, value: can.value, at: hand.now, by, leadId: hand.lead.id } };
  return refuse(
    409,
    kind === "domain"
      ? `${can.value} is a domain of ${rival.name} (${rival.id}): merge the accounts, or remove it there first.`
      : `“${can.value}” is what ${rival.name} (${rival.id}) is called: merge the accounts, or teach the domain instead.`,
    "/learn",
  );
};

/** All lessons asked for, or the first refusal. */
export const lessonsOf = async (
  hand: Hand,
  stored: Stored,
  kinds: readonly LessonKind[],
  by: string,
): Promise<Outcome<Lesson[]>> => {
  const lessons: Lesson[] = [];
  for (const kind of new Set(kinds)) {
    const lesson = await lessonOf(hand, stored, kind, by);
    if (!lesson.ok) return lesson;
    if (lesson.value !== null) lessons.push(lesson.value);
  }
  if (learnedIn(stored.row).length + lessons.length > MAX_LESSONS)
    return refuse(
      422,
      `${nameOfRow(stored)} has learned ${MAX_LESSONS} domains and names; remove some first.`,
      "/learn",
    );
  return { ok: true, value: lessons };
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
