/** One team's week as a map of seven days by 24 hours. One stop for the keyboard; arrow keys walk the hours. */
import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import type { CoverageTeam } from "../../../schema/wire/policy.ts";
import { cellInWords, DAY_NAMES, hourName, shadeOf, step, teamInWords } from "../../logic/coverage.ts";
import { zoneCity } from "../../logic/times.ts";
import { withQuery } from "../../router.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function CoverageMap({ team }: { team: CoverageTeam }) {
  const id = useId();
  const chosen = useSignal<number | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const name = (person: string) => team.members.find((member) => member.id === person)?.name ?? person;
  const stop = chosen.value ?? firstHole(team);
  const cell = chosen.value === null ? null : team.cells[chosen.value];

  function choose(index: number): void {
    chosen.value = index;
    grid.current?.querySelector<HTMLElement>(`[data-hour="${index}"]`)?.focus();
  }
  return (
    <section class="coverage-team" aria-labelledby={id}>
      <header>
        <h2 id={id}>{team.name}</h2>
        <p class="faint">
          {teamInWords(team)}; at home in {zoneCity(team.timezone)}.{" "}
          <a href={withQuery("/board/reports/rotation-ledger", { team: team.id })}>Who got what</a>
        </p>
      </header>
      <table
        class="heat"
        role="grid"
        aria-labelledby={id}
        ref={grid}
        onKeyDown={(event) => {
          const next = step(stop, event.key);
          if (next === null) return;
          event.preventDefault();
          choose(next);
        }}
      >
        <thead>
          <tr>
            <th class="unseen">Day</th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {hour % 3 === 0 ? hour : <span class="unseen">{hour}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAY_NAMES.map((day, row) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {HOURS.map((hour) => {
                const index = row * 24 + hour;
                const here = team.cells[index]!;
                const shade = shadeOf(here);
                return (
                  <td
                    key={hour}
                    data-hour={index}
                    class={`shade-${shade}`}
                    tabIndex={index === stop ? 0 : -1}
                    aria-selected={index === chosen.value}
                    aria-label={`${hourName(index)}. ${cellInWords(here, name)}`}
                    onClick={() => choose(index)}
                    data-least={here.open > 0 && here.uncovered === 0 ? here.least : undefined}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="coverage-said" role="status">
        {cell ? (
          <>
            <strong>{hourName(chosen.value!)}</strong> {cellInWords(cell, name)}
          </>
        ) : (
          <span class="faint">{membersInWords(team)}</span>
        )}
      </p>
    </section>
  );
}

const firstHole = (team: CoverageTeam): number =>
  Math.max(
    0,
    team.cells.findIndex(({ uncovered }) => uncovered > 0),
  );

function membersInWords({ members }: CoverageTeam): string {
  if (members.length === 0) return "No members.";
  return `${members.map(({ name, absent }) => (absent ? `${name} (${absent})` : name)).join(", ")}.`;
}
