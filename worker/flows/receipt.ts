/** The visitor's own view of what became of their request. */
import type { Acknowledgement, Receipt } from "../../schema/wire/capture.ts";
import { toldMinute } from "../../schema/wire/told.ts";
import { acknowledge, promiseInWords, timeInWords } from "../domain/routing/acknowledge.ts";
import { loadConfig } from "../store/config.ts";
import { parseJson } from "../store/db.ts";
import { toLead } from "../store/rows.ts";
import type { Deps } from "./deps.ts";
import { iso, isoOrNull } from "./view.ts";

const firstName = (name: string): string => name.split(/\s+/)[0] ?? name;

/** What became of one submission: a request that joined a lead already answered waits for an answer of its own. */
interface Fate {
  open: boolean;
  ownerId: string | null;
  answeredAt: number | null;
}

const statusOf = ({ open, ownerId, answeredAt }: Fate): Receipt["status"] => {
  if (!open) return "closed";
  if (answeredAt !== null) return "answered";
  return ownerId === null ? "received" : "assigned";
};

/** The promised minute has passed and nobody has reached out. */
const isLate = ({ open, answeredAt }: Fate, { promiseAt }: Acknowledgement, now: number): boolean =>
  open && answeredAt === null && promiseAt !== null && toldMinute(Date.parse(promiseAt)) < now;

const AGAIN = "If there is anything else, please send the form again.";

/** Once somebody has reached out, or nobody will any more, nothing is promised: it is said what was done. */
const ended = ({ open, answeredAt }: Fate, { timezone }: Acknowledgement, now: number): string => {
  if (answeredAt === null) return `This request is closed: we don’t work on it any more. ${AGAIN}`;
  const done = `We reached out to you ${timeInWords(answeredAt, now, timezone)}.`;
  return open
    ? `${done} If you missed it, look among your calls and into your spam folder.`
    : `${done} This request is closed. ${AGAIN}`;
};

/** A missed promise is admitted, not repeated. */
const sorry = ({ promiseAt, timezone }: Acknowledgement, owner: string | null, now: number): string => {
  const when = promiseInWords(Date.parse(promiseAt ?? ""), now, timezone);
  const who = owner === null ? "Your request is still with us" : `${firstName(owner)} has your request now`;
  return `We are sorry: you were to hear from us ${when}, and you haven’t yet. ${who}.`;
};

/** What they were told then, with the name of whoever has it now where they were told one. */
const current = (told: Acknowledgement, owner: string | null, receivedAt: number): string => {
  if (told.owner === null || owner === null || told.owner.name === owner || told.promiseAt === null)
    return told.message;
  const promiseAt = Date.parse(told.promiseAt);
  const { message } = acknowledge({
    ownerName: owner,
    promiseAt,
    clockStartsAt: told.kind === "after_hours" ? promiseAt : null,
    busy: told.busy === true,
    timezone: told.timezone,
    now: receivedAt,
  });
  return message;
};

export interface FoundReceipt {
  receipt: Receipt;
  /** The form it came through: its sites may read the receipt. */
  formKey: string;
}

/** Null when there is no such receipt. */
export const readReceipt = async (deps: Deps, token: string): Promise<FoundReceipt | null> => {
  const row = await deps.db
    .prepare(
      `SELECT s.acknowledgement AS ack, s.created_at AS received, s.form_key AS form, s.joined AS joined,
         (SELECT min(at) FROM touches WHERE lead_id = l.id AND at >= s.created_at AND owned + covered > 0) AS touched, l.*
       FROM submissions s JOIN leads l ON l.id = s.lead_id WHERE s.receipt = ?1`,
    )
    .bind(token)
    .first();
  if (!row) return null;
  const { ack, received, form, joined, touched } = row;
  const lead = toLead(row);
  const told = parseJson<Acknowledgement>(ack as string);
  const compiled = await loadConfig(deps.db, lead.policyVersion);
  const owner =
    lead.ownerId && !(lead.provisional && told.owner === null)
      ? compiled?.people.get(lead.ownerId)
      : undefined;
  const now = deps.now();
  // A lead's first touch answers the request that made it; a later one is answered by what came after it.
  const isFirst = joined === 0 || (lead.firstTouchAt ?? 0) >= (received as number);
  const answeredAt = isFirst ? lead.firstTouchAt : (touched as number | null);
  const fate: Fate = { open: lead.open, ownerId: lead.ownerId, answeredAt };
  const late = isLate(fate, told, now);
  const receipt: Receipt = {
    status: statusOf(fate),
    late,
    owner: owner ? { name: firstName(owner.name) } : null,
    promiseAt: told.promiseAt,
    ...(told.dayPart ? { dayPart: told.dayPart } : {}),
    receivedAt: iso(received as number),
    answeredAt: isoOrNull(answeredAt),
    message: late
      ? sorry(told, owner?.name ?? null, now)
      : answeredAt !== null || !lead.open
        ? ended(fate, told, now)
        : current(told, owner?.name ?? null, received as number),
    timezone: told.timezone,
  };
  return { receipt, formKey: form as string };
};
