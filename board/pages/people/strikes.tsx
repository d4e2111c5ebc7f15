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
  if (strike.voidedAt !== null) return "taken back: a touch made in time came to light";
  if (strike.attribution === "person" && !strike.counts) return "no longer counts";
  return WHOSE[strike.attribution];
};

const SHOWN = 5;

interface StrikesProps {
  name: string;
  /** The newest; those that were taken back too. */
  strikes: readonly Strike[];
  /** All of 90 days, without those that were taken back. */
  missed: number;
}

/** How many, and how many count, in the heading; the newest few below it, each with its lead. */
export function Strikes({ name, strikes, missed }: StrikesProps) {
  if (strikes.length === 0) return null;
  const standing = strikes.filter(({ counts }) => counts).length;
  const shown = strikes.slice(0, SHOWN);
  const older = missed - shown.filter(({ voidedAt }) => voidedAt === null).length;
  return (
    <details class="strikes">
      <summary>
        Deadlines missed: <span class="figure">{missed}</span> in 90 days
        {standing > 0 && (
          <>
            , <span class="figure">{standing}</span> {standing === 1 ? "counts" : "count"} now
          </>
        )}
      </summary>
      <ul class="time-off" aria-label={`Deadlines that ${name} missed`}>
        {shown.map((strike) => (
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
