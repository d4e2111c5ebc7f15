/** Many leads at once: each with the account it gets, told apart by whether it got one; a row opens the whole answer. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { MatchAnswer } from "../../../schema/wire/match.ts";
import { asApiError, call, type ApiError } from "../../api/http.ts";
import type { Asked } from "../../logic/pasted.ts";
import type { PastedList } from "../../logic/pastedList.ts";
import { METHOD_WORDS, plural } from "../../logic/words.ts";
import { withOwn } from "../../router.ts";
import { announce } from "../../ui/announcer.tsx";
import { Card } from "../../ui/card.tsx";
import { percent } from "../../ui/confidence.tsx";
import { Failure } from "../../ui/notice.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { INSPECTOR } from "./tabs.tsx";

type Result = MatchAnswer["results"][number];

/** Each call is quick, and the reader sees it move. */
const AT_ONCE = 200;

export interface Comparison {
  list: Signal<PastedList | null>;
  results: Signal<readonly Result[]>;
  error: Signal<ApiError | null>;
  retry: () => void;
}

/** Kept by the page, so that looking into one lead and coming back asks nothing again. */
export function useComparison(): Comparison {
  const list = useSignal<PastedList | null>(null);
  const results = useSignal<readonly Result[]>([]);
  const error = useSignal<ApiError | null>(null);
  const again = useSignal(0);
  useEffect(() => {
    const leaving = new AbortController();
    const leads = list.value?.leads ?? [];
    results.value = [];
    error.value = null;
    const compare = async () => {
      try {
        for (let from = 0; from < leads.length; from += AT_ONCE) {
          const body = { leads: leads.slice(from, from + AT_ONCE) };
          const found = await call<MatchAnswer>("/v1/match", {
            method: "POST",
            body,
            signal: leaving.signal,
          });
          if (leaving.signal.aborted) return;
          results.value = [...results.value, ...found.results];
        }
        if (leads.length > 0) announce(summary(results.value));
      } catch (failure) {
        if (!leaving.signal.aborted) error.value = asApiError(failure);
      }
    };
    void compare();
    return () => leaving.abort();
  }, [list.value, again.value]);
  return { list, results, error, retry: () => again.value++ };
}

const summary = (results: readonly Result[]): string => {
  const matched = results.filter(({ account }) => account !== null).length;
  return `${plural(results.length, "lead")}: ${matched} matched, ${results.length - matched} not.`;
};

type Show = "all" | "matched" | "not";
const SHOWS: readonly [Show, string][] = [
  ["all", "All"],
  ["matched", "Matched"],
  ["not", "Not matched"],
];

export function LeadsCompared({ list, comparison }: { list: PastedList; comparison: Comparison }) {
  const { results, error, retry } = comparison;
  const show = useSignal<Show>("all");
  const done = results.value.length;
  const { leads } = list;
  const place = useRef<HTMLDivElement>(null);
  // On a telephone the form fills the screen: who asked is taken to the answer.
  useEffect(() => {
    const top = place.current?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2) place.current?.scrollIntoView();
  }, [list, done > 0]);
  const isShown = ({ account }: Result) =>
    show.value === "all" || (account !== null) === (show.value === "matched");
  return (
    <div ref={place} class="compared-leads">
      <Card
        title={
          done < leads.length ? `${done} of ${plural(leads.length, "lead")} compared` : summary(results.value)
        }
        aside={
          done > 0 && (
            <Segmented
              label="Which leads"
              choices={SHOWS}
              chosen={show.value}
              choose={(next) => (show.value = next)}
            />
          )
        }
      >
        <Left list={list} />
        {done < leads.length && !error.value && (
          <progress value={done} max={leads.length} aria-label="Leads compared" class="inspect-progress" />
        )}
        {error.value && (
          <Failure
            error={error.value}
            what={done > 0 ? "The rest wasn’t compared." : "The leads weren’t compared."}
            retry={retry}
          />
        )}
        {results.value.some(isShown) ? (
          <table class="compared">
            <caption class="unseen">Leads and their accounts</caption>
            <thead>
              <tr>
                <th scope="col">Lead</th>
                <th scope="col">Account</th>
                <th scope="col">Sure</th>
              </tr>
            </thead>
            <tbody>
              {results.value.map(
                (result, at) => isShown(result) && <Row key={at} asked={leads[at] ?? {}} result={result} />,
              )}
            </tbody>
          </table>
        ) : (
          done === leads.length && (
            <p class="faint">
              {show.value === "not" ? "Each of them is matched." : "None of them is matched."}
            </p>
          )
        )}
      </Card>
    </div>
  );
}

/** What of the paste is not in the table, if anything. */
function Left({ list: { skipped, beyond } }: { list: PastedList }) {
  if (skipped + beyond === 0) return null;
  const parts = [
    skipped > 0 && `${plural(skipped, "row")} held nothing that tells a company`,
    beyond > 0 && `${plural(beyond, "lead")} beyond the first 1,000 were left out`,
  ].filter(Boolean);
  return <p class="faint">{parts.join("; ")}.</p>;
}

function Row({
  asked,
  result: { account, method, confidence, candidates, suggestionOnly },
}: {
  asked: Asked;
  result: Result;
}) {
  const { email, company, website, city, country } = asked;
  const best = candidates[0];
  return (
    <tr>
      <td>
        <a class="row-link" href={withOwn(INSPECTOR, asked)} data-row>
          {company ?? email ?? website ?? "Without a name"}
        </a>
        <span class="compared-more">
          {[company && email, website, [city, country].filter(Boolean).join(", ")]
            .filter(Boolean)
            .map((part) => (
              <span key={part}>{part}</span>
            ))}
        </span>
      </td>
      <td>
        {account ? (
          account.name
        ) : (
          <span class="faint">{best ? `none; ${best.account.name} comes nearest` : "none"}</span>
        )}
        {account && (
          <span class="compared-more">
            {METHOD_WORDS[method] ?? method}
            {suggestionOnly && ", from free mail: for routing a suggestion only"}
          </span>
        )}
      </td>
      <td class={account ? "figure" : "figure faint"}>{candidates.length > 0 ? percent(confidence) : "–"}</td>
    </tr>
  );
}
