/** The match inspector: which account is meant, how sure that is, and what agrees or doesn't with each candidate. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { MatchFeature } from "../../../schema/wire/match.ts";
import { useMatches } from "../../api/matches.ts";
import { countWords, fateOf, fateWords, type Matched } from "../../logic/matched.ts";
import { ASKED, inOrder, readPasted, type Asked, type Pair } from "../../logic/pasted.ts";
import { MOST_TEXT, readList, type PastedList } from "../../logic/pastedList.ts";
import { firstOf, METHOD_WORDS, plural } from "../../logic/words.ts";
import { go, place, withOwn } from "../../router.ts";
import { formValues } from "../../ui/action.ts";
import { Card } from "../../ui/card.tsx";
import { Confidence, percent, type How, type Thresholds } from "../../ui/confidence.tsx";
import { Field } from "../../ui/field.tsx";
import { useIntoView } from "../../ui/intoView.ts";
import { Empty, Failure, Loading } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { LeadsCompared } from "./list.tsx";
import { accountPath, INSPECTOR, Tabs } from "./tabs.tsx";

type Candidate = Matched["candidates"][number];

const LABELS: Record<keyof Asked, string> = {
  email: "E-mail",
  company: "Company",
  country: "Country",
  city: "City",
  website: "Website",
};

/** The question stands behind the address's #, so that the lead's page can ask it and no server's log holds a person. */
const askedNow = (): Asked => inOrder(Object.fromEntries(place.value.own));

const markOf = (asked: Asked): string => JSON.stringify(asked);

/** What of a paste isn't asked about, and in which question. */
interface LeftAside {
  mark: string;
  left: readonly Pair[];
}

export function MatchingPage() {
  const asked = askedNow();
  const mark = markOf(asked);
  const isAsked = mark !== "{}";
  const pasted = useSignal<PastedList | null>(null);
  const list = pasted.value;
  const aside = useSignal<LeftAside | null>(null);
  // Kept by the page, so that looking into one lead and coming back asks nothing again.
  const matches = useMatches(list?.leads ?? [], list, countWords);
  const answer = useRef<HTMLDivElement>(null);
  return (
    <Page
      title="Matching"
      lead={<p class="page-lead">Which account a lead belongs to, and why. Nothing is written.</p>}
      aside={<Tabs here={INSPECTOR} />}
    >
      <div class="inspect">
        <Question
          key={mark}
          asked={asked}
          clears={isAsked || list !== null}
          onList={(next) => (pasted.value = next)}
          onAside={(next) => (aside.value = next)}
        />
        <div ref={answer} class="answer">
          {isAsked && list !== null && (
            <p>
              <a href={INSPECTOR}>Back to the {plural(list.leads.length, "lead")}</a>
            </p>
          )}
          {isAsked && aside.value?.mark === mark && <Aside left={aside.value.left} />}
          {isAsked || list === null ? (
            <Answer asked={asked} mark={mark} place={answer} />
          ) : (
            <LeadsCompared list={list} matches={matches} place={answer} />
          )}
        </div>
      </div>
    </Page>
  );
}

interface QuestionProps {
  asked: Asked;
  /** Whether there is anything to clear. */
  clears: boolean;
  onList: (list: PastedList | null) => void;
  onAside: (aside: LeftAside) => void;
}

/** What of a paste wasn't understood, told rather than dropped. */
function Aside({ left }: { left: readonly Pair[] }) {
  if (left.length === 0) return null;
  const told = left.map(([name, value]) => `“${(name === "" ? value : `${name}: ${value}`).slice(0, 60)}”`);
  return <p role="status">Of what was pasted this was left aside: {firstOf(told)}.</p>;
}

function Question({ asked, clears, onList, onAside }: QuestionProps) {
  const unread = useSignal(false);
  const ask = (form: HTMLFormElement) => {
    const { pasted = "", ...typed } = formValues(form);
    const list = readList(pasted);
    const isList = list !== null && list.leads.length > 1;
    const only = list?.leads[0] ? { asked: list.leads[0], left: list.left } : readPasted(pasted);
    unread.value = pasted !== "" && Object.keys(only.asked).length === 0;
    if (unread.peek()) return;
    onList(isList ? list : null);
    if (isList) return go(INSPECTOR);
    // What is pasted stands in place of what the fields hold, which is often the question before.
    const question = inOrder(pasted === "" ? typed : only.asked);
    onAside({ mark: markOf(question), left: only.left });
    go(withOwn(INSPECTOR, question));
    form.reset();
  };
  return (
    <Card title="The lead">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          ask(event.currentTarget);
        }}
      >
        {ASKED.map((name) => (
          <Field key={name} label={LABELS[name]}>
            <input name={name} defaultValue={asked[name] ?? ""} maxLength={200} autocomplete="off" />
          </Field>
        ))}
        <details class="raw">
          <summary>Paste instead: one lead, or up to 1,000</summary>
          <Field
            label="JSON, rows with a header, or lines"
            error={unread.value ? NOTHING_READ : null}
            help="One lead as JSON or lines such as “company: Acme”; several as rows of a spreadsheet or CSV with its header, NDJSON, or one address a line. It is asked in place of the fields above."
          >
            <textarea name="pasted" rows={6} maxLength={MOST_TEXT} spellcheck={false} />
          </Field>
        </details>
        <div class="buttons">
          <button type="submit" class="button button-main">
            Find its account
          </button>
          {clears && (
            <a class="button" href={INSPECTOR} onClick={() => onList(null)}>
              Clear
            </a>
          )}
        </div>
      </form>
    </Card>
  );
}

const NOTHING_READ =
  "No e-mail and no company was found in it: write “company: ” in front of a company’s name.";

interface AnswerProps {
  asked: Asked;
  /** The question as one text. */
  mark: string;
  /** Where the answer stands on the page. */
  place: RefObject<HTMLElement | null>;
}

function Answer({ asked, mark, place }: AnswerProps) {
  const isAsked = Object.keys(asked).length > 0;
  const { results, thresholds, error, retry } = useMatches(isAsked ? [asked] : [], mark, ([only]) =>
    only ? fateWords(only) : "",
  );
  const [result] = results.value;
  useIntoView(place, isAsked ? mark : null, result !== undefined);
  if (!isAsked)
    return (
      <Empty title="No question yet">
        <p>Type or paste what a visitor sent: an e-mail or a company’s name is enough.</p>
        <p>The accounts that come into question appear here, with what speaks for each and against it.</p>
      </Empty>
    );
  if (error.value) return <Failure error={error.value} what="The accounts weren’t compared." retry={retry} />;
  if (!result || !thresholds.value) return <Loading what="the accounts that come into question" />;
  return <Found result={result} thresholds={thresholds.value} />;
}

function Found({ result, thresholds }: { result: Matched; thresholds: Thresholds }) {
  const { account, candidates, method, confidence, reasons } = result;
  const { accept, review } = thresholds;
  const how = fateOf(result) === "suggested" ? "suggested" : "taken";
  return (
    <>
      <Card title={fateWords(result)}>
        {account && (
          <p>
            {METHOD_WORDS[method] ?? method}, <span class="figure">{percent(confidence)}</span> sure
          </p>
        )}
        <Reasons reasons={reasons} />
        {how === "suggested" && (
          <p>
            The address is free mail, which people of every company have: such a lead is routed without an
            account, and {account?.name} stands beside it as a suggestion for a person to confirm.
          </p>
        )}
        <p class="faint">
          An account is {how} from {percent(accept)} on and shown from {percent(review)} on.
        </p>
      </Card>
      {candidates.length === 0 ? (
        <p>No account comes near enough to be shown.</p>
      ) : (
        <section aria-labelledby="candidates">
          <h2 id="candidates">{plural(candidates.length, "candidate")}</h2>
          <ol class="inspected">
            {candidates.map((each) => (
              <CandidateRow
                key={each.account.id}
                of={each}
                chosen={each.account.id === account?.id ? how : null}
                how={how}
                thresholds={thresholds}
              />
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

const Reasons = ({ reasons }: { reasons: readonly string[] }) => (
  <ul class="reasons">
    {reasons.map((reason) => (
      <li key={reason}>{reason}</li>
    ))}
  </ul>
);

interface CandidateProps {
  of: Candidate;
  /** What it is where it is the one. */
  chosen: How | null;
  how: How;
  thresholds: Thresholds;
}

function CandidateRow({ of, chosen, how, thresholds }: CandidateProps) {
  const { account, method, confidence, reasons, features = [] } = of;
  return (
    <li class="inspected-one">
      <div class="inspected-head">
        <a class="inspected-name" href={accountPath(account.id)}>
          {account.name}
        </a>
        <span class="faint">{account.id}</span>
        {chosen && <span class="chip">{chosen}</span>}
        <span class="inspected-how">{METHOD_WORDS[method] ?? method}</span>
      </div>
      <Confidence share={confidence} thresholds={thresholds} how={how} />
      {!chosen && <Reasons reasons={reasons} />}
      {features.length > 0 && (
        <ul class="agreements" aria-label={`What agrees and what doesn’t: ${account.name}`}>
          {features.map((each) => (
            <Agreement key={each.name} of={each} />
          ))}
        </ul>
      )}
    </li>
  );
}

const FEATURE_WORDS: Record<MatchFeature["name"], string> = {
  email: "E-mail",
  website: "Website",
  company: "Name",
  country: "Country",
  city: "City",
  opportunity: "Deal",
};

function Agreement({ of: { name, value, agrees, weight } }: { of: MatchFeature }) {
  const [sign, words] =
    agrees === null ? ["·", "says nothing"] : agrees ? ["✓", "agrees"] : ["✗", "disagrees"];
  return (
    <li class={`agreement agreement-${agrees === null ? "open" : agrees ? "yes" : "no"}`}>
      <span aria-hidden="true">{sign}</span>
      <span class="agreement-name">
        {FEATURE_WORDS[name]} <span class="unseen">{words}:</span>
      </span>
      <span>
        {value}
        {weight !== null && weight !== 0 && (
          <span class="faint figure" title="What it adds to the log-odds that this account is meant">
            {" "}
            {weight > 0 ? "+" : "−"}
            {Math.abs(weight).toFixed(1)}
          </span>
        )}
      </span>
    </li>
  );
}
