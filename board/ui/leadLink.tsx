/** A lead where a list knows only its id: whom it is about and where they work, with the way to it. */
import { leadById } from "../api/leadNames.ts";
import { leadName } from "../logic/words.ts";

/** Ids are long; this much tells them apart. */
const SHOWN_OF_ID = 14;

export function LeadLink({ id }: { id: string }) {
  const lead = leadById(id).value;
  const company = lead?.person.name ? lead.person.company : null;
  return (
    <>
      <a href={`/board/leads/${encodeURIComponent(id)}`}>
        {lead ? leadName(lead) : id.slice(0, SHOWN_OF_ID)}
      </a>
      {company && <span class="faint"> {company}</span>}
    </>
  );
}
