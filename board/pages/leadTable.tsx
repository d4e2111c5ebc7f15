/** Leads as a table on a desk, as cards on a phone: the same markup. */
import type { LeadSummary } from "../../schema/wire/lead.ts";
import { duration } from "../logic/countdown.ts";
import { deadlineOf, isClosed } from "../logic/grouping.ts";
import { leadAbout, leadName, stageBeside, STATUS_WORDS } from "../logic/words.ts";
import { Countdown } from "../ui/countdown.tsx";
import { Time } from "../ui/time.tsx";

export function LeadTable({ leads }: { leads: LeadSummary[] }) {
  return (
    <table class="table table-cards">
      <caption class="unseen">Leads</caption>
      <thead>
        <tr>
          <th scope="col">Clock</th>
          <th scope="col">Lead</th>
          <th scope="col">Owner</th>
          <th scope="col">Status</th>
          <th scope="col">Segment, score</th>
          <th scope="col">Came</th>
        </tr>
      </thead>
      <tbody>
        {leads.map((lead) => (
          <Row key={lead.id} lead={lead} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ lead }: { lead: LeadSummary }) {
  const status = lead.disposition?.label ?? STATUS_WORDS[lead.status];
  return (
    <tr>
      <td class="cell-clock">
        <Clock lead={lead} />
      </td>
      <td class="cell-main">
        <a class="row-link" href={`/board/leads/${lead.id}`} data-row>
          {leadName(lead)}
        </a>
        <span class="row-company">{leadAbout(lead)}</span>
      </td>
      <td>
        {lead.queue ? (
          <>
            <span class="faint">Queue</span> {lead.queue.name}{" "}
            <span class="faint">({lead.queue.steward.name})</span>
          </>
        ) : (
          (lead.owner?.name ?? <span class="faint">being assigned</span>)
        )}
      </td>
      <td>
        {status} <span class="faint">{stageBeside(status, lead.stage)}</span>
      </td>
      <td>
        {lead.segment ?? <span class="faint">–</span>} <span class="figure faint">{lead.score}</span>
      </td>
      <td class="cell-came">
        <Time at={lead.createdAt} />
      </td>
    </tr>
  );
}

/** Running while a touch is awaited; afterwards the speed that was reached, a miss told in words. */
function Clock({ lead }: { lead: LeadSummary }) {
  if (lead.firstTouchAt === null && !isClosed(lead)) return <Countdown deadline={deadlineOf(lead)} />;
  if (lead.firstTouchAt === null) return <span class="faint">not touched</span>;
  const took = duration(Date.parse(lead.firstTouchAt) - Date.parse(lead.createdAt));
  return (
    <span class="took">
      <span class="faint">in</span> <span class="figure">{took}</span>
      {lead.breaches > 0 && <span class="missed">, late</span>}
    </span>
  );
}
