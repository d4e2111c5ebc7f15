/** One lead as a row: its time left first, then who it is and what is known. */
import { flashing } from "../api/live.ts";
import { deadlineOf } from "../logic/grouping.ts";
import { leadAbout, leadName, STAGE_WORDS } from "../logic/words.ts";
import type { LeadSummary } from "../../schema/wire/lead.ts";
import { Countdown } from "./countdown.tsx";
import { Time } from "./time.tsx";

export function LeadRow({ lead, showOwner = false }: { lead: LeadSummary; showOwner?: boolean }) {
  const changed = flashing.value.has(lead.id);
  return (
    <li class={`row${changed ? " row-changed" : ""}`} data-lead={lead.id}>
      <Countdown deadline={deadlineOf(lead)} />
      <RowWho lead={lead} />
      <div class="row-facts">
        {lead.segment && <span class="chip">{lead.segment}</span>}
        {lead.priority > 0 && <span class="chip">priority {lead.priority}</span>}
        <span class="faint">{STAGE_WORDS[lead.stage]}</span>
        {lead.reassignments > 0 && <span class="faint">reassigned {lead.reassignments}×</span>}
        {showOwner && lead.owner && <span class="faint">{lead.owner.name}</span>}
      </div>
      <div class="row-when faint">
        <RowTime lead={lead} />
      </div>
    </li>
  );
}

/** Who it is, with the way to the lead. */
export const RowWho = ({ lead }: { lead: LeadSummary }) => (
  <div class="row-who">
    <a class="row-link" href={`/board/leads/${lead.id}`} data-row>
      {leadName(lead)}
    </a>
    <span class="row-company">{leadAbout(lead)}</span>
  </div>
);

function RowTime({ lead }: { lead: LeadSummary }) {
  const { dueAt } = deadlineOf(lead);
  if (dueAt === null)
    return (
      <>
        came <Time at={lead.createdAt} lead={lead.person.timezone} />
      </>
    );
  return (
    <>
      due <Time at={dueAt} lead={lead.person.timezone} exact />
    </>
  );
}
