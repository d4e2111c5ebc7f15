/** People with nothing that waits: who could take the next lead, at a glance. */
import type { BoardPerson } from "../../schema/wire/board.ts";
import { LocalTime, State } from "../ui/personBits.tsx";

export function Idle({ people }: { people: BoardPerson[] }) {
  return (
    <section class="group group-idle" aria-labelledby="idle">
      <header class="group-head">
        <h2 id="idle">Nothing waiting</h2>
      </header>
      <ul class="idle">
        {people.map((person) => (
          <li key={person.id}>
            <strong>{person.name}</strong>
            <State person={person} />
            <LocalTime timezone={person.timezone} />
          </li>
        ))}
      </ul>
    </section>
  );
}
