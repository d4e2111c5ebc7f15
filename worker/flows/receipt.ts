/** The visitor's own view of what became of their request. */
import type { Acknowledgement, Receipt } from "../../schema/wire/capture.ts";
import { acknowledge, promiseInWords } from "../domain/routing/acknowledge.ts";
import { loadConfig } from "../store/config.ts";
import { parseJson } from "../store/db.ts";
import { toLead } from "../store/rows.ts";
import type { Deps } from "./deps.ts";
import { iso, isoOrNull } from "./view.ts";

const firstName = (name: string): string => name.split(/\s+/)[0] ?? name;

const statusOf = (lead: {
  open: boolean;
  ownerId: string | null;
  firstTouchAt: number | null;
}): Receipt["status"] => {
  if (!lead.open) return "closed";
  if (lead.firstTouchAt !== null) return "answered";
  return lead.ownerId === null ? "received" : "assigned";
};

interface Waiting {
  open: boolean;
  firstTouchAt: number | null;
}

/** The promise has passed and nobody has reached out. */
const isLate = (lead: Waiting, { promiseAt }: Acknowledgement, now: number): boolean =>
  lead.open && lead.firstTouchAt === null && promiseAt !== null && Date.parse(promiseAt) < now;

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
      `SELECT s.acknowledgement AS ack, s.created_at AS received, s.form_key AS form, l.* FROM submissions s JOIN leads l ON l.id = s.lead_id
       WHERE s.receipt = ?1`,
    )
    .bind(token)
    .first();
  if (!row) return null;
  const { ack, received, form, ...rest } = row;
  const lead = toLead(rest);
  const told = parseJson<Acknowledgement>(ack as string);
  const compiled = await loadConfig(deps.db, lead.policyVersion);
  const owner =
    lead.ownerId && !(lead.provisional && told.owner === null)
      ? compiled?.people.get(lead.ownerId)
      : undefined;
  const late = isLate(lead, told, deps.now());
  const receipt: Receipt = {
    status: statusOf(lead),
    late,
    owner: owner ? { name: firstName(owner.name) } : null,
    promiseAt: told.promiseAt,
    ...(told.dayPart ? { dayPart: told.dayPart } : {}),
    receivedAt: iso(received as number),
    answeredAt: isoOrNull(lead.firstTouchAt),
    message: late
      ? sorry(told, owner?.name ?? null, deps.now())
      : current(told, owner?.name ?? null, received as number),
    timezone: told.timezone,
  };
  return { receipt, formKey: form as string };
};
