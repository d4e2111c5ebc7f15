/** A time in the reader's zone, with the lead's beside it where it differs. */
import { now } from "../api/clock.ts";
import { zone } from "../api/session.ts";
import { beside, when } from "../logic/times.ts";

interface Props {
  at: string | number | null;
  /** The lead's zone. */
  lead?: string | null;
  /** Said where there is no time. */
  none?: string;
  /** A deadline: to the second where it doesn't fall on a minute. */
  exact?: boolean;
}

export function Time({ at, lead = null, none = "–", exact = false }: Props) {
  if (at === null) return <span class="faint">{none}</span>;
  const instant = typeof at === "number" ? at : Date.parse(at);
  // Peeked: a date beside a ticking clock must not render its page each second.
  const current = now.peek();
  const theirs = beside(instant, current, zone.value, lead, exact);
  return (
    <span class="time">
      <time dateTime={new Date(instant).toISOString()}>{when(instant, current, zone.value, exact)}</time>
      {theirs && <span class="faint"> ({theirs})</span>}
    </span>
  );
}
