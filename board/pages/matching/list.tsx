/** Many leads at once: each with the account it gets, told apart by whether it got one; a row opens the whole answer. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import type { Matches } from "../../api/matches.ts";
import { countWords, fateOf, type Fate, type Matched } from "../../logic/matched.ts";
import type { Asked } from "../../logic/pasted.ts";
import type { PastedList } from "../../logic/pastedList.ts";
import { firstOf, METHOD_WORDS, plural } from "../../logic/words.ts";
import { withOwn } from "../../router.ts";
import { Card } from "../../ui/card.tsx";
import { percent } from "../../ui/confidence.tsx";
import { useIntoView } from "../../ui/intoView.ts";
import { Failure } from "../../ui/notice.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { INSPECTOR } from "./tabs.tsx";

type Show = "all" | Fate;
const SHOWS: readonly [Show, string][] = [
  ["all", "All"],
  ["matched", "Matched"],
  ["suggested", "Suggested"],
  ["not", "Not matched"],
];
const NONE_WORDS: Record<Show, string> = {
  all: "There are none.",
  matched: "None of them is matched.",
  suggested: "None of them has an account that is only suggested.",
  not: "Each of them has an account.",
};

interface Props {
  list: PastedList;
  matches: Matches;
  /** Where the answer stands on the page. */
  place: RefObject<HTMLElement | null>;
}

export function LeadsCompared({ list, matches, place }: Props) {
  const { results, error, retry } = matches;
  const show = useSignal<Show>("all");
  const done = results.value.length;
  const { leads } = list;
  useIntoView(place, list, done > 0);
  const isShown = (result: Matched) => show.value === "all" || fateOf(result) === show.value;
  // A choice that would show nothing is none, unless it is the one chosen.
  const choices = SHOWS.filter(
    ([fate]) =>
      fate !== "suggested" || show.value === fate || results.value.some((each) => fateOf(each) === fate),
  );
  return (
    <div class="compared-leads">
      <Card
        title={
          done < leads.length
            ? `${done} of ${plural(leads.length, "lead")} compared`
            : countWords(results.value)
        }
        aside={
          done > 0 && (
            <Segmented
              label="Which leads"
              choices={choices}
              chosen={show.value}
              choose={(next) => (show.value = next)}
              wrap
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
          done === leads.length && <p class="faint">{NONE_WORDS[show.value]}</p>
        )}
      </Card>
    </div>
  );
}

/** What of the paste is not in the table, if anything. */
function Left({ list: { skipped, beyond, left } }: { list: PastedList }) {
  const names = [
    ...new Set(left.map(([name]) => (name === "" ? "what has no name" : `“${name.slice(0, 40)}”`))),
  ];
  const parts = [
    skipped > 0 && `${plural(skipped, "row")} held nothing that tells a company`,
    beyond > 0 && `${plural(beyond, "lead")} beyond the first 1,000 were left out`,
    names.length > 0 && `Left aside: ${firstOf(names)}`,
  ].filter(Boolean);
  return parts.length === 0 ? null : <p class="faint">{parts.join(". ")}.</p>;
}

function Row({ asked, result }: { asked: Asked; result: Matched }) {
  const { account, method, confidence, candidates, reasons } = result;
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
        {!account && reasons.length > 0 && <span class="compared-more">{reasons.join(" ")}</span>}
        {account && (
          <span class="compared-more">
            {METHOD_WORDS[method] ?? method}
            {fateOf(result) === "suggested" && ", from free mail: a suggestion"}
          </span>
        )}
      </td>
      <td class={account ? "figure" : "figure faint"}>{candidates.length > 0 ? percent(confidence) : "–"}</td>
    </tr>
  );
}
