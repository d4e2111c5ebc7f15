/** The last hand-off of a lead: what somebody who asks for it again asks for. */
import type { Db } from "./db.ts";

export interface HandedOff {
  actor: string;
  to: string;
  stage: string;
  nextAction: string;
}

export const lastHandoff = (db: Db, leadId: string): Promise<HandedOff | null> =>
  db
    .prepare(
      `SELECT actor, data ->> '$.to' AS "to", data ->> '$.stage' AS stage, data ->> '$.nextAction' AS nextAction
       FROM events WHERE lead_id = ?1 AND type = 'lead.handed_off' ORDER BY seq DESC LIMIT 1`,
    )
    .bind(leadId)
    .first<HandedOff>();
