/** A dry run's answer: the outcome first, then everything that led to it. */
import type { DryRunResult } from "../../../schema/wire/route.ts";
import { toldMinute } from "../../../schema/wire/told.ts";
import { speaker } from "../../api/speaker.ts";
import { outcomeInWords, partsOf, SAYS, toldTogether } from "../../logic/dryRun.ts";
import { capital, humanise, METHOD_WORDS, TIMER_WORDS } from "../../logic/words.ts";
import { Card, Raw } from "../../ui/card.tsx";
import { percent } from "../../ui/confidence.tsx";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { Time } from "../../ui/time.tsx";

interface Props {
  result: DryRunResult;
  at: string;
  version: number;
  names: ReadonlyMap<string, string>;
}

export function DryRunAnswer({ result, at, version, names }: Props) {
  const { decision } = result;
  const parts = partsOf(result.trace);
  return (
    <>
      <section class="trial-outcome" aria-label="Outcome">
        <p class="trial-headline">{outcomeInWords(result, (id) => names.get(id) ?? id)}</p>
        {decision && <p>{capital(decision.reason)}.</p>}
        <p class="faint">
          Decided for <Time at={at} /> by {version === 0 ? "the text in the editor" : `version ${version}`}.
        </p>
      </section>
      {result.acknowledgement && (
        <Card title="What the visitor would read">
          <p class="words">{result.acknowledgement.message}</p>
          <p class="faint">
            {result.acknowledgement.promiseAt ? (
              <>
                Promised by{" "}
                <Time
                  at={toldMinute(Date.parse(result.acknowledgement.promiseAt))}
                  lead={result.acknowledgement.timezone}
                />
              </>
            ) : (
              "No time is promised."
            )}
          </p>
        </Card>
      )}
      <Branches steps={parts.branches} />
      <Candidates steps={[...parts.other.filter(({ step }) => step === "duplicate"), ...parts.people]} />
      <Turn result={result} />
      <Timers result={result} />
      <Known result={result} />
      <Raw data={result} label="The whole answer" />
    </>
  );
}

/** Every branch that was asked, until one took the lead. */
function Branches({ steps }: { steps: DryRunResult["trace"] }) {
  if (steps.length === 0) return null;
  return (
    <Card title="Branches, in the order they were asked">
      <ol class="asked">
        {steps.map((step, index) => (
          <li key={index} class={`asked-${step.outcome.replaceAll(" ", "-")}`}>
            <span class="asked-name">{step.step.replace(/^(Suppression|Rule): /, "")}</span>
            <span class="asked-outcome">{capital(step.outcome)}</span>
            <span class="asked-why">{step.detail}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Candidates({ steps }: { steps: DryRunResult["trace"] }) {
  if (steps.length === 0) return null;
  return (
    <Card title="Who could take it">
      <ol class="asked">
        {toldTogether(steps).map(({ step, outcome, details }, index, lines) => (
          <li key={index} class={`asked-${outcome.replaceAll(" ", "-")}`}>
            <span class="asked-name">
              {lines[index - 1]?.step === step ? <span class="unseen">{step}</span> : capital(step)}
            </span>
            <span class="asked-outcome">{capital(outcome)}</span>
            <span class="asked-why">{details.join("; ")}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Whom the pick weighed: who had room, whose turn it was. */
function Turn({ result: { considered, decision } }: { result: DryRunResult }) {
  if (considered.length < 2) return null;
  return (
    <Card title="Whose turn it was">
      <div class="scroll" tabIndex={0} role="region" aria-label="Whom the rotation weighed">
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Weight</th>
              <th scope="col">Owed before</th>
              <th scope="col">Waiting</th>
            </tr>
          </thead>
          <tbody>
            {considered.map((each, index) => (
              <tr key={index}>
                <th scope="row">
                  {each.person === null ? "–" : speaker.name(each.person)}
                  {each.person === decision?.owner?.id && <span class="chip">picked</span>}
                </th>
                <td class="figure">{each.weight}</td>
                <td class="figure">{each.credit.toFixed(2)}</td>
                <td class="figure">
                  {each.awaiting ?? "–"}
                  {each.capacity !== null && ` of ${each.capacity}`}
                  {!each.room && ", full"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="help">“Owed before” is in leads: the rotation gives to whom it owes most for their weight.</p>
    </Card>
  );
}

function Timers({ result: { timers, decision } }: { result: DryRunResult }) {
  if (timers.length === 0) return null;
  const inOrder = timers.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  const startsAt = decision?.clockStartsAt ?? null;
  return (
    <Card title="Clocks" aside={decision && <span class="faint">SLA policy {decision.sla}</span>}>
      <Facts
        of={[
          ["Clock starts", startsAt && <Time at={startsAt} exact />],
          ...inOrder.map(({ kind, dueAt }): Fact => [
            TIMER_WORDS[kind] ?? humanise(kind),
            <Time at={dueAt} exact />,
          ]),
        ]}
      />
    </Card>
  );
}

function Known({ result }: { result: DryRunResult }) {
  const { match, scoring, country } = result;
  const points = scoring.map(({ rule, points: given }) => `${rule} ${given > 0 ? "+" : ""}${given}`);
  const facts: Fact[] = [
    [
      "Account",
      <>
        {match.account?.name ?? "None"}{" "}
        <span class="faint">
          {METHOD_WORDS[match.method] ?? match.method}
          {match.confidence > 0 ? `, ${percent(match.confidence)}` : ""}
        </span>
      </>,
    ],
    [
      "Score",
      <>
        <span class="figure">{result.score}</span>
        {result.segment && ` (${result.segment})`}
        {points.length > 0 && <span class="faint"> {points.join(", ")}</span>}
      </>,
    ],
    [
      "Country",
      <>
        {country?.code ?? "None"}
        {country && <span class="faint"> by {SAYS[country.source]}</span>}
      </>,
    ],
    ["Territory", result.territory ?? "None"],
    [
      "Priority",
      <>
        <span class="figure">{result.priority}</span>
        {result.tags.length > 0 && ` (${result.tags.join(", ")})`}
      </>,
    ],
  ];
  return (
    <Card title="What the branches looked at">
      <Facts of={facts} />
    </Card>
  );
}
