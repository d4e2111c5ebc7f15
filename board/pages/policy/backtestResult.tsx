/** What a back-test came to: the figures, load per person before and after, and lead by lead what would differ. */
import { useSignal } from "@preact/signals";
import type {
  BacktestAnswer,
  BacktestLead,
  BacktestLeads,
  BacktestSummary,
} from "../../../schema/wire/backtests.ts";
import { call } from "../../api/http.ts";
import { useResource } from "../../api/resource.ts";
import { speaker } from "../../api/speaker.ts";
import { CHANGES, CHANGE_WORDS, keptInWords, loadBars, waitInWords } from "../../logic/backtest.ts";
import { plural } from "../../logic/words.ts";
import { withQuery } from "../../router.ts";
import { useAction } from "../../ui/action.ts";
import { Card } from "../../ui/card.tsx";
import { LeadLink } from "../../ui/leadLink.tsx";
import { Failure, Loading } from "../../ui/notice.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Time } from "../../ui/time.tsx";

const number = (count: number): string => count.toLocaleString("en-GB");

export function BacktestResult({ test, summary }: { test: BacktestAnswer; summary: BacktestSummary }) {
  const change = useSignal<string>("any");
  return (
    <>
      <Figures summary={summary} choose={(next) => (change.value = next)} />
      <Loads people={summary.people} />
      <Leads test={test} change={change.value} choose={(next) => (change.value = next)} />
      <Card title="What is taken as it was">
        <ul class="reasons">
          {summary.assumptions.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function Figures({ summary, choose }: { summary: BacktestSummary; choose: (change: string) => void }) {
  const { leads, owner, breached, deadlines, promises, intervened, nobody } = summary;
  return (
    <Card title="Before and after">
      <div class="scroll" tabIndex={0} role="region" aria-label="Before and after, in figures">
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{plural(leads, "lead")}</th>
              <th scope="col">As it was</th>
              <th scope="col">As it would be</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Leads breached</th>
              <td class="figure">{number(breached.was)}</td>
              <td>
                <span class="figure">{number(breached.would)}</span>{" "}
                <button type="button" class="as-link" onClick={() => choose("breach_avoided")}>
                  {number(breached.avoided)} avoided
                </button>
                ,{" "}
                <button type="button" class="as-link" onClick={() => choose("breach_added")}>
                  {number(breached.added)} added
                </button>
              </td>
            </tr>
            <tr>
              <th scope="row">Deadlines missed</th>
              <td class="figure">{number(deadlines.was)}</td>
              <td class="figure">{number(deadlines.would)}</td>
            </tr>
            <tr>
              <th scope="row">Promises kept</th>
              <td class="figure">{keptInWords(promises.was)}</td>
              <td class="figure">{keptInWords(promises.would)}</td>
            </tr>
            <tr>
              <th scope="row">Promised within, half of them</th>
              <td class="figure">{waitInWords(promises.was.wait.p50)}</td>
              <td class="figure">{waitInWords(promises.would.wait.p50)}</td>
            </tr>
            <tr>
              <th scope="row">Promised within, nine in ten</th>
              <td class="figure">{waitInWords(promises.was.wait.p90)}</td>
              <td class="figure">{waitInWords(promises.would.wait.p90)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p>
        <button type="button" class="as-link" onClick={() => choose("owner")}>
          {plural(owner.other, "lead")}
        </button>{" "}
        would have another owner, {number(owner.same)} the same.
        {intervened > 0 && ` ${plural(intervened, "lead")} somebody moved by hand.`}
        {nobody > 0 && ` ${plural(nobody, "lead")} would have found nobody active.`}
      </p>
    </Card>
  );
}

function Loads({ people }: { people: BacktestSummary["people"] }) {
  const bars = loadBars(people);
  if (bars.length === 0) return null;
  return (
    <Card title="Load per person">
      <p class="legend">
        <span>
          <span class="swatch load-was" aria-hidden="true" /> as it was
        </span>
        <span>
          <span class="swatch load-would" aria-hidden="true" /> as it would be
        </span>
      </p>
      <ul class="loads">
        {bars.map((bar) => (
          <li key={bar.id}>
            <span class="loads-who">{speaker.name(bar.id)}</span>
            <span class="loads-bars" aria-hidden="true">
              <span class="load-was" style={{ width: `${bar.wasPart * 100}%` }} />
              <span class="load-would" style={{ width: `${bar.wouldPart * 100}%` }} />
            </span>
            <span class="loads-said">
              <span class="figure">
                {bar.was} → {bar.would}
              </span>{" "}
              leads, <span class="figure">{`${bar.breaches[0]} → ${bar.breaches[1]}`}</span> deadlines missed,
              at most <span class="figure">{bar.peak}</span> waiting
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Leads({
  test,
  change,
  choose,
}: {
  test: BacktestAnswer;
  change: string;
  choose: (change: string) => void;
}) {
  const path = `/v1/backtests/${encodeURIComponent(test.id)}/leads`;
  return (
    <Card
      title="Leads that would have gone otherwise"
      aside={<a href={`${path}?format=csv&change=${change}`}>As CSV</a>}
    >
      <Segmented label="What differs" choices={CHANGES} chosen={change} choose={choose} wrap />
      <LeadPages key={`${change} ${test.status}`} path={path} change={change} />
    </Card>
  );
}

/** The first page as the address asks for it, then one after the other; what another choice left behind is dropped. */
function LeadPages({ path, change }: { path: string; change: string }) {
  const first = useResource<BacktestLeads>(withQuery(path, { change, limit: "50" }));
  const later = useSignal<BacktestLeads[]>([]);
  const action = useAction();
  if (first.error.value)
    return (
      <Failure error={first.error.value} what="The leads didn’t load." retry={() => void first.reload()} />
    );
  if (!first.value.value) return <Loading what="the leads" />;
  const pages = [first.value.value, ...later.value];
  const leads = pages.flatMap((page) => page.leads);
  const next = pages.at(-1)!.next;
  const more = (cursor: string) =>
    action.run(async () => {
      const page = await call<BacktestLeads>(withQuery(path, { change, limit: "50", cursor }));
      later.value = [...later.peek(), page];
    });
  return (
    <>
      {leads.length === 0 ? <p class="faint">None.</p> : <LeadTable leads={leads} />}
      {action.error.value && <Failure error={action.error.value} what="More didn’t load." />}
      {next && (
        <button type="button" class="button" disabled={action.busy.value} onClick={() => void more(next)}>
          {action.busy.value ? "Loading…" : "Show more"}
        </button>
      )}
    </>
  );
}

function LeadTable({ leads }: { leads: readonly BacktestLead[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Leads that differ">
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">Lead</th>
            <th scope="col">As it was</th>
            <th scope="col">As it would be</th>
            <th scope="col">Differs</th>
          </tr>
        </thead>
        <tbody>
          {leads.map((lead) => (
            <tr key={lead.leadId}>
              <th scope="row">
                <LeadLink id={lead.leadId} />
                <span class="faint lead-came">
                  came <Time at={lead.at} />
                </span>
              </th>
              <td>
                <Side side={lead.was} />
              </td>
              <td>
                <Side side={lead.would} />
              </td>
              <td>
                {lead.changes.map((each) => CHANGE_WORDS[each]).join(", ")}
                {lead.intervened && <span class="faint"> moved by hand</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Side({ side }: { side: BacktestLead["was"] }) {
  return (
    <>
      {side.owner ? speaker.name(side.owner) : (side.queue ?? "nobody")}
      <span class="faint"> {side.ruleId ?? "default chain"}</span>
      {side.promiseAt && (
        <span class="faint">
          , by <Time at={side.promiseAt} />
        </span>
      )}
      {side.breachedBy.length > 0 && `, missed by ${side.breachedBy.map(speaker.name).join(", ")}`}
    </>
  );
}
