/** Small signs about a person: state, load, local time. */
import { useComputed } from "@preact/signals";
import { now } from "../api/clock.ts";
import { zone } from "../api/session.ts";
import { clockTime, knownZone, when, zoneCity } from "../logic/times.ts";
import { STATE_WORDS } from "../logic/words.ts";
import type { BoardPerson } from "../../schema/wire/board.ts";

/** Never by colour alone: the word is always there. */
export function State({ person }: { person: BoardPerson }) {
  const until = person.until === null ? null : Date.parse(person.until);
  return (
    <span class={`state state-${person.state}`}>
      <span class="state-dot" aria-hidden="true" />
      {STATE_WORDS[person.state]}
      {until !== null && person.state !== "available" && <> until {when(until, now.peek(), zone.value)}</>}
    </span>
  );
}

export function Load({ person }: { person: BoardPerson }) {
  const { awaiting, capacity } = person;
  const full = capacity !== null && awaiting >= capacity;
  return (
    <span class="load">
      {capacity !== null && capacity > 0 && (
        <meter
          class="load-bar"
          min={0}
          max={capacity}
          value={Math.min(awaiting, capacity)}
          aria-hidden="true"
        />
      )}
      <span class="figure">
        {awaiting}
        {capacity === null ? "" : ` of ${capacity}`}
      </span>{" "}
      waiting{full ? ", full" : ""}
    </span>
  );
}

/** Their clock, changing by itself each minute. */
export function LocalTime({ timezone }: { timezone: string }) {
  const known = knownZone(timezone, "UTC");
  const text = useComputed(() => clockTime(now.value, known));
  return (
    <span class="local">
      <span class="figure">{text}</span> in {zoneCity(known)}
    </span>
  );
}
