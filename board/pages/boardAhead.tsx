/** Leads that came after hours: their owner is provisional and nobody can be late before the window opens. */
import { useComputed } from "@preact/signals";
import { now } from "../api/clock.ts";
import { zone } from "../api/session.ts";
import { duration } from "../logic/countdown.ts";
import { knownZone, when, zoneCity } from "../logic/times.ts";
import { board, flashing } from "../api/live.ts";
import { RowWho } from "../ui/leadRow.tsx";
import type { LeadSummary } from "../../schema/wire/lead.ts";

export function Ahead({ leads }: { leads: LeadSummary[] }) {
  return (
    <section class="group group-ahead" aria-labelledby="ahead">
      <header class="group-head">
        <h2 id="ahead">Waiting for opening</h2>
        <span>Owners are confirmed when their window opens; the clock starts then.</span>
      </header>
      <ul class="rows">
        {leads.map((lead) => (
          <AheadRow key={lead.id} lead={lead} />
        ))}
      </ul>
    </section>
  );
}

function AheadRow({ lead }: { lead: LeadSummary }) {
  const owner = board.value?.people.find((person) => person.id === lead.owner?.id);
  return (
    <li class={`row row-ahead${flashing.value.has(lead.id) ? " row-changed" : ""}`} data-lead={lead.id}>
      <Opening at={lead.clockStartsAt} timezone={knownZone(owner?.timezone, zone.value)} />
      <RowWho lead={lead} />
      <div class="row-facts">
        {lead.segment && <span class="chip">{lead.segment}</span>}
        {lead.owner && (
          <span class="faint">
            {lead.provisional ? "provisionally " : ""}
            {lead.owner.name}
          </span>
        )}
      </div>
    </li>
  );
}

/** `Opens Mon 09:00 in New York (in 6 h 12 m)`. */
export function Opening({ at, timezone }: { at: string | null; timezone: string }) {
  const opensAt = at === null ? null : Date.parse(at);
  const left = useComputed(() =>
    opensAt === null ? "" : duration(Math.max(0, Math.ceil((opensAt - now.value) / 60_000) * 60_000)),
  );
  if (opensAt === null) return <span class="opening">Opens with the next window</span>;
  return (
    <span class="opening">
      <span class="opening-at">Opens {when(opensAt, now.peek(), timezone)}</span>{" "}
      <span class="faint">
        in {zoneCity(timezone)} (in <span class="figure">{left}</span>)
      </span>
    </span>
  );
}
