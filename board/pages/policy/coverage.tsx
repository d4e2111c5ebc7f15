/** Who is on duty, team by team and hour by hour of a week; the hours nobody covers, and the holidays ahead. */
import { now } from "../../api/clock.ts";
import { useResource } from "../../api/resource.ts";
import { session, zone } from "../../api/session.ts";
import type { Coverage } from "../../../schema/wire/policy.ts";
import { dayName, SHADE_WORDS, zonesOf } from "../../logic/coverage.ts";
import { addDays, knownZone, localDay, when, zoneCity } from "../../logic/times.ts";
import { plural } from "../../logic/words.ts";
import { go, place, withQuery } from "../../router.ts";
import { Card } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { Empty, Failure, Loading } from "../../ui/notice.tsx";
import { CoverageMap } from "./coverageMap.tsx";
import { PolicyPage } from "./frame.tsx";

export function CoveragePage() {
  const { query } = place.value;
  const timezone = knownZone(query.get("zone"), zone.value);
  const week = query.get("week");
  const coverage = useResource<Coverage>(withQuery("/v1/coverage", { timezone, week }));
  const found = coverage.value.value;
  return (
    <PolicyPage title="Coverage" aside={found && <Week coverage={found} />}>
      {coverage.error.value && (
        <Failure
          error={coverage.error.value}
          what="The coverage didn’t load."
          retry={() => void coverage.reload()}
        />
      )}
      {!found && !coverage.error.value && <Loading what="the coverage" />}
      {found && found.teams.length === 0 && (
        <Empty title="No team yet">
          <p>
            Each team of the policy appears here with its week: when it is open, and who of it is on duty.
          </p>
          <p>
            <a class="button" href="/board/config/edit">
              Add a team
            </a>
          </p>
        </Empty>
      )}
      {found && found.teams.length > 0 && <Body coverage={found} />}
    </PolicyPage>
  );
}

const show = (query: Record<string, string | null>) => {
  const kept = Object.fromEntries(place.peek().query);
  go(withQuery("/board/config/coverage", { ...kept, ...query }), "replace");
};

function Week({ coverage: { week, timezone, teams } }: { coverage: Coverage }) {
  const today = localDay(now.peek(), timezone);
  const here = today >= week && today < addDays(week, 7);
  const zones = zonesOf(zone.value, session.value?.workspace.timezone ?? "UTC", teams);
  return (
    <div class="coverage-bar">
      <Field label="Times in">
        <select value={timezone} onChange={(event) => show({ zone: event.currentTarget.value })}>
          {zones.map((name) => (
            <option key={name} value={name} selected={name === timezone}>
              {zoneCity(name)}
              {name === zone.value ? " (yours)" : ""}
            </option>
          ))}
        </select>
      </Field>
      <div class="segmented" role="group" aria-label="Week">
        <button type="button" onClick={() => show({ week: addDays(week, -7) })} aria-label="The week before">
          ←
        </button>
        <button type="button" aria-pressed={here} onClick={() => show({ week: null })}>
          This week
        </button>
        <button type="button" onClick={() => show({ week: addDays(week, 7) })} aria-label="The week after">
          →
        </button>
      </div>
    </div>
  );
}

function Body({ coverage }: { coverage: Coverage }) {
  return (
    <>
      <p class="coverage-week">
        Week of {dayName(coverage.week)}, times in {zoneCity(coverage.timezone)}. Time off and absences known
        today count; choose an hour to see who is there.
      </p>
      <ul class="legend" aria-label="What the shades mean">
        {SHADE_WORDS.map(([shade, words]) => (
          <li key={shade}>
            <span class={`swatch shade-${shade}`} aria-hidden="true" /> {words}
          </li>
        ))}
      </ul>
      <div class="coverage-maps">
        {coverage.teams.map((team) => (
          <CoverageMap key={`${team.id} ${coverage.week} ${coverage.timezone}`} team={team} />
        ))}
      </div>
      <div class="coverage-more">
        <Holes coverage={coverage} />
        <Holidays coverage={coverage} />
      </div>
    </>
  );
}

const MOST_HOLES = 60;

function Holes({ coverage }: { coverage: Coverage }) {
  const at = (instant: string) => dayTime(Date.parse(instant), coverage);
  const holes = coverage.teams.flatMap((team) => team.holes.map((hole) => ({ ...hole, team: team.name })));
  return (
    <Card title="Hours that nobody covers">
      {holes.length === 0 && <p>Whenever a team is open, somebody of it is on duty.</p>}
      {holes.length > 0 && (
        <ul class="hole-list">
          {holes.slice(0, MOST_HOLES).map((hole, index) => (
            <li key={index}>
              <p>
                <strong>{hole.team}</strong>: {at(hole.from)} to {at(hole.to)}
              </p>
              <p class="faint">{hole.why}.</p>
            </li>
          ))}
        </ul>
      )}
      {holes.length > MOST_HOLES && (
        <p class="faint">And {plural(holes.length - MOST_HOLES, "hole")} more.</p>
      )}
      <p class="faint">
        Leads of these hours fall through: to a team it follows the sun with, a backup team, the manager, or
        they wait for the opening.
      </p>
      {coverage.nobody.length > 0 && (
        <details class="raw">
          <summary>
            {plural(coverage.nobody.length, "stretch", "stretches")} with nobody of any team on duty
          </summary>
          <ul class="hole-list">
            {coverage.nobody.map(({ from, to }) => (
              <li key={from}>
                {at(from)} to {at(to)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

/** Within six days of the week's middle the weekday says it. */
const dayTime = (at: number, { from, timezone }: Coverage): string =>
  when(at, Date.parse(from) + 3.5 * 86_400_000, timezone);

function Holidays({ coverage: { holidays } }: { coverage: Coverage }) {
  return (
    <Card title="Holidays ahead">
      {holidays.length === 0 && (
        <p class="faint">
          No date with hours of its own in the next four months. Holidays stand in a calendar: a country’s
          set, or single dates.
        </p>
      )}
      <ul class="hole-list">
        {[...Map.groupBy(holidays, ({ date }) => date)].map(([date, calendars]) => (
          <li key={date}>
            <p>
              <strong>{dayName(date)}</strong>
            </p>
            <ul>
              {calendars.map(({ calendar, teams, people, hours }) => (
                <li key={calendar.id}>
                  {calendar.name}{" "}
                  {hours.length === 0
                    ? "closed"
                    : `open ${hours.map(([from, to]) => `${from}–${to}`).join(", ")}`}{" "}
                  <span class="faint">{[...teams, ...people].join(", ")}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}
