/** The visitor's own view of what became of their request. */
import type { Acknowledgement, Receipt } from "../../schema/wire/capture.ts";
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
  const receipt: Receipt = {
    status: statusOf(lead),
    owner: owner ? { name: firstName(owner.name) } : null,
    promiseAt: told.promiseAt,
    receivedAt: iso(received as number),
    answeredAt: isoOrNull(lead.firstTouchAt),
    message: told.message,
    timezone: told.timezone,
  };
  return { receipt, formKey: form as string };
};
