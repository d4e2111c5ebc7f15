/** What somebody missed lately, with whose fault it was: what a manager looks at before they reinstate. */
import type { Strike } from "../../../schema/wire/board.ts";
import { LeadLink } from "../../ui/leadLink.tsx";
import { Time } from "../../ui/time.tsx";

const WHOSE: Record<Strike["attribution"], string> = {
  person: "counts as a strike",
  coverage: "they weren’t there",
  system: "our delay",
  delivery: "they hadn’t been told",
};

const verdict = (strike: Strike): string => {
  if (strike.voidedAt !== null) return "voided: a touch made in time came to light";
  if (strike.attribution === "person" && !strike.counts) return "no longer counts";
  return WHOSE[strike.attribution];
};

const SHOWN = 5;

/** Standing strikes first in the heading; the newest few below it, each with its lead. */
export function Strikes({ name, strikes }: { name: string; strikes: readonly Strike[] }) {
  if (strikes.length === 0) return null;
  const standing = strikes.filter(({ counts }) => counts).length;
  const older = strikes.length - SHOWN;
  return (
    <details class="strikes">
      <summary>
        Missed first touches: <span class="figure">{strikes.length}</span> in 90 days
        {standing > 0 && (
          <>
            , <span class="figure">{standing}</span> {standing === 1 ? "counts" : "count"} now
          </>
        )}
      </summary>
      <ul class="time-off" aria-label={`Missed first touches of ${name}`}>
        {strikes.slice(0, SHOWN).map((strike) => (
          <li key={strike.id}>
            <Time at={strike.at} /> <LeadLink id={strike.leadId} />{" "}
            <span class="faint" title={strike.why ?? undefined}>
              {verdict(strike)}
            </span>
          </li>
        ))}
        {older > 0 && <li class="faint">and {older} earlier</li>}
      </ul>
    </details>
  );
}
