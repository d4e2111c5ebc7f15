/** The rotation ledger: for each member of each team what they were due and got, what was given back, and why not more. */
import { useMemo } from "preact/hooks";
import type { RotationLedger } from "../../../schema/wire/ledger.ts";
import { now } from "../../api/clock.ts";
import { useResource } from "../../api/resource.ts";
import { me } from "../../api/session.ts";
import { LEDGER_PERIODS, ledgerLeads, type LedgerTeam } from "../../logic/ledger.ts";
import { lastHours, periodOf } from "../../logic/waterfall.ts";
import { plural } from "../../logic/words.ts";
import { go, place, withQuery } from "../../router.ts";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { Field } from "../../ui/field.tsx";
import { Empty, Failure, Loading } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { GivenBack, Members } from "./ledgerTable.tsx";

const PATH = "/board/reports/rotation-ledger";
const API = "/v1/reports/rotation-ledger";

export function LedgerPage() {
  const { query } = place.value;
  const days = periodOf(query, LEDGER_PERIODS);
  const team = query.get("team");
  // Fixed while the page is open: numbers and the lists behind them must mean the same period.
  const period = useMemo(() => lastHours(days, now.peek()), [days]);
  const { value, error, reload } = useResource<RotationLedger>(withQuery(API, period));
  const ledger = value.value;
  const set = (next: { days?: string; team?: string | null }) =>
    go(withQuery(PATH, { ...Object.fromEntries(place.peek().query), ...next }), "replace");
  return (
    <Page title="Rotation ledger" aside={<a href="/board/reports">All reports</a>}>
      <p class="report-about">
        {me.value?.role === "rep" ? "What your teams’ rotations owed you and gave you" : ABOUT}, and why
        anybody was passed over.
      </p>
      <search class="filters report-controls ledger-controls">
        <Segmented
          label="Period"
          choices={LEDGER_PERIODS}
          chosen={days}
          choose={(next) => set({ days: String(next) })}
        />
        {ledger && ledger.teams.length > 1 && (
          <Field label="Team">
            <select value={team ?? ""} onChange={(event) => set({ team: event.currentTarget.value })}>
              <option value="">All teams</option>
              {ledger.teams.map(({ id, name }) => (
                <option key={id} value={id} selected={id === team}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
        )}
        <a
          class="button report-download"
          href={withQuery(API, { ...period, format: "excel" })}
          download
          aria-label="Rotation ledger as CSV"
        >
          CSV
        </a>
      </search>
      {error.value && (
        <Failure error={error.value} what="The ledger didn’t load." retry={() => void reload()} />
      )}
      {!ledger && !error.value && <Loading what="the ledger" />}
      {ledger && <Ledger ledger={ledger} team={team} />}
    </Page>
  );
}

const ABOUT = "What each rotation owed its members and gave them";

function Ledger({ ledger, team }: { ledger: RotationLedger; team: string | null }) {
  const teams = ledger.teams.filter(({ id, members }) => members.length > 0 && (!team || id === team));
  if (teams.length === 0)
    return (
      <Empty title="No rotation here">
        <p>
          A team’s members take turns by their weights; each appears here with what they were due and got,
          from the first lead that a rule sends to their team.
        </p>
      </Empty>
    );
  return (
    <>
      {teams.every(({ picks }) => picks === 0) && (
        <Empty title="No rotation picked anybody in this period">
          <p>
            As leads come in and rules send them to a team, this shows whose turn it was. Choose a longer
            period.
          </p>
        </Empty>
      )}
      {teams.map((each) => (
        <Team key={each.id} team={each} ledger={ledger} />
      ))}
      <Meanings />
    </>
  );
}

function Team({ team, ledger }: { team: LedgerTeam; ledger: RotationLedger }) {
  const everybody = me.value?.role !== "rep";
  return (
    <section class="report-part" aria-labelledby={`ledger-${team.id}`}>
      <div class="report-bar">
        <h2 id={`ledger-${team.id}`}>{team.name}</h2>
        {everybody && team.picks > 0 && (
          <a href={ledgerLeads(ledger, team.id, "received")}>{plural(team.picks, "lead")} given out</a>
        )}
        {everybody && team.picks === 0 && <span class="faint">no lead given out</span>}
      </div>
      <Members team={team} period={ledger} />
      <GivenBack entries={ledger.entries.filter((entry) => entry.team === team.id)} />
    </section>
  );
}

const MEANINGS: readonly Fact[] = [
  ["Present for", "Leads that came while they were there and had room: those of which a share was theirs."],
  [
    "Due",
    "Their share of these, by weight among those present. From level credits nobody is a whole lead off.",
  ],
  ["Given back", "Leads that turned out to be none; the rotation owes them another for each."],
  [
    "Credit",
    "What the rotation owes them now (+), or they are ahead (−). Leave neither earns nor costs any.",
  ],
  [
    "Passed over",
    "Leads that went to somebody else of the team because they weren’t there, were full or weren’t fit.",
  ],
];

const Meanings = () => (
  <details class="raw">
    <summary>What the columns mean</summary>
    <Facts of={MEANINGS} look="meanings" />
  </details>
);
