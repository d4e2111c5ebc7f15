/**
 * Calls, mails, meetings and replies that a CRM or a dialler recorded: verified touches, so that what was done elsewhere never
 * makes a false breach. In order of time, each once, each line judged on its own.
 */
import { activity, type ActivitiesAnswer, type Activity } from "../../schema/wire/activities.ts";
import { foldCrmName, type Compiled } from "../domain/config/compiled.ts";
import { parseEmail } from "../domain/enrichment/email.ts";
import { findActivities, type Wanted } from "../store/activities.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { logged } from "./apart.ts";
import { hasRoom } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { liftUngrounded } from "./strikes.ts";
import { recordTouch } from "./touch.ts";

interface Line {
  line: number;
  activity: Activity;
}

type Rejected = ActivitiesAnswer["rejected"][number];

const idOf = (given: unknown): string | null => {
  const id = typeof given === "object" && given !== null ? (given as { id?: unknown }).id : null;
  return typeof id === "string" ? id : null;
};

/** What can't be read is reported by line and name; the rest goes on. */
const readLines = (given: readonly unknown[]): { lines: Line[]; rejected: Rejected[] } => {
  const lines: Line[] = [];
  const rejected: Rejected[] = [];
  given.forEach((item, at) => {
    const parsed = activity.safeParse(item);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const error = `${issue?.path.join(".") || "activity"}: ${issue?.message ?? "can't be read"}`;
      rejected.push({ line: at + 1, id: idOf(item), error });
    } else if (!parsed.data.leadId && !parsed.data.email && !parsed.data.externalId) {
      const error = "Name whom it is about: leadId, email or externalId.";
      rejected.push({ line: at + 1, id: parsed.data.id, error });
    } else lines.push({ line: at + 1, activity: parsed.data });
  });
  lines.sort((a, b) => Date.parse(a.activity.at) - Date.parse(b.activity.at));
  return { lines, rejected };
};

/** The id of the touch that an activity becomes: the same however often it is sent, whichever lead it falls to. */
const keyOf = ({ source, id }: Activity): string => `activity:${source}:${id}`;

const normalised = (email: string | null | undefined): string | null => {
  if (!email) return null;
  const parsed = parseEmail(email);
  return parsed.ok ? parsed.normalized : null;
};

const wantedOf = ({ line, activity: item }: Line): Wanted => ({
  n: line,
  key: keyOf(item),
  leadId: item.leadId ?? null,
  emailNorm: normalised(item.email),
  externalId: item.externalId ?? null,
  at: Date.parse(item.at),
});

/** Recorded somewhere means that it took place: where nobody says how it went, that it did is the outcome. */
const outcomeOf = ({ outcome, type }: Activity): string => outcome ?? (type === "email" ? "sent" : "logged");

const isInbound = ({ type, direction }: Activity): boolean =>
  (direction ?? (type === "reply" ? "inbound" : "outbound")) === "inbound";

const touchOf = (compiled: Compiled | null, item: Activity, actor: string) => {
  const by = item.by ? (compiled?.byCrmName.get(foldCrmName(item.by))?.id ?? null) : null;
  return {
    channel: item.type === "reply" ? ("email" as const) : item.type,
    direction: isInbound(item) ? ("inbound" as const) : ("outbound" as const),
    personal: item.personal ?? true,
    automated: item.automated ?? false,
    replyPath: item.replyPath ?? false,
    outcome: outcomeOf(item),
    body: item.body ?? null,
    at: item.at,
    evidence: { grade: "verified" as const, source: item.source },
    key: keyOf(item),
    actor,
    person: by,
    // Somebody of theirs whom Leadclock doesn't know reached out all the same: covered.
    stranger: Boolean(item.by) && by === null,
  };
};

/** Questions that a line may take, lost races and a returning lead included. */
const A_LINE = 60;

/** Null: not done, and as safe to send again as any. */
const recorded = async (deps: Deps, leadId: string, touch: ReturnType<typeof touchOf>) => {
  if (!hasRoom(deps, A_LINE)) return null;
  try {
    return await recordTouch(deps, leadId, touch);
  } catch (error) {
    logged("activity", error, { leadId });
    return null;
  }
};

/** Takes activities in; the answer accounts for every line. */
export const takeActivities = async (
  deps: Deps,
  actor: string,
  given: readonly unknown[],
): Promise<ActivitiesAnswer> => {
  const { lines, rejected } = readLines(given);
  const compiled = await loadCurrentConfig(deps.db);
  const found = new Map((await findActivities(deps.db, lines.map(wantedOf))).map((item) => [item.n, item]));
  const answer: ActivitiesAnswer = {
    received: given.length,
    recorded: 0,
    repeated: 0,
    unknown: [],
    rejected,
    notDone: [],
  };
  const resent = new Set<string>();
  for (const { line, activity: item } of lines) {
    const { recordedOf, leadId } = found.get(line) ?? { recordedOf: null, leadId: null };
    // A reply that is known may have died before the lead came back for it.
    if (recordedOf !== null && (leadId === null || !isInbound(item))) {
      resent.add(recordedOf);
      answer.repeated++;
    } else if (leadId === null) answer.unknown.push({ line, id: item.id });
    else {
      const outcome = await recorded(deps, leadId, touchOf(compiled, item, actor));
      if (outcome === null) answer.notDone.push({ line, id: item.id });
      else if (!outcome.ok) answer.rejected.push({ line, id: item.id, error: outcome.detail });
      else if (outcome.value.repeat) answer.repeated++;
      else answer.recorded++;
    }
  }
  // A call that is known may have died before what its voided strikes had led to was lifted.
  if (resent.size > 0) await liftUngrounded(deps, [...resent]);
  answer.rejected.sort((a, b) => a.line - b.line);
  return answer;
};
