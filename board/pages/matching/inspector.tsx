/** The match inspector: which account is meant, how sure that is, and what agrees or doesn't with each candidate. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MatchAnswer, MatchFeature } from "../../schema/wire/match.ts";
import { asApiError, call, type ApiError } from "../api/http.ts";
import { ASKED, readPasted, type Asked } from "../logic/pasted.ts";
import { METHOD_WORDS, plural } from "../logic/words.ts";
import { go, place, withQuery } from "../router.ts";
import { formValues } from "../ui/action.ts";
import { announce } from "../ui/announcer.tsx";
import { Card } from "../ui/card.tsx";
import { Confidence, percent, type Thresholds } from "../ui/confidence.tsx";
import { Field } from "../ui/field.tsx";
import { Empty, Failure, Loading } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";

type Result = MatchAnswer["results"][number];
type Candidate = Result["candidates"][number];

const PATH = "/board/matching";

const LABELS: Record<keyof Asked, string> = {
  email: "E-mail",
  company: "Company",
  country: "Country",
  city: "City",
  website: "Website",
};

/** The question stands in the address, so that it can be sent to a colleague, and the lead's page can ask it. */
const askedNow = (): Asked =>
  Object.fromEntries(
    ASKED.flatMap((name) => {
      const value = place.value.query.get(name);
      return value ? [[name, value]] : [];
    }),
  );

export function MatchingPage() {
  const asked = askedNow();
  const mark = JSON.stringify(asked);
  return (
    <Page
      title="Matching"
      lead={<p class="page-lead">Which account a lead belongs to, and why. Nothing is written.</p>}
    >
      <div class="inspect">
        <Question key={mark} asked={asked} />
        <Answer asked={asked} mark={mark} />
      </div>
    </Page>
  );
}

function Question({ asked }: { asked: Asked }) {
  const ask = (values: Record<string, string>) => go(withQuery(PATH, values));
  return (
    <Card title="The lead">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          const { pasted, ...typed } = formValues(event.currentTarget);
          ask({ ...readPasted(pasted ?? ""), ...typed });
        }}
      >
        {ASKED.map((name) => (
          <Field key={name} label={LABELS[name]}>
            <input name={name} defaultValue={asked[name] ?? ""} maxLength={200} autocomplete="off" />
          </Field>
        ))}
        <details class="raw">
          <summary>Paste instead</summary>
          <Field label="JSON, or lines such as “company: Acme”" help="What is typed above counts first.">
            <textarea name="pasted" rows={4} maxLength={20_000} />
          </Field>
        </details>
        <div class="buttons">
          <button type="submit" class="button button-main">
            Find its account
          </button>
          {Object.keys(asked).length > 0 && (
            <a class="button" href={PATH}>
              Clear
            </a>
          )}
        </div>
      </form>
    </Card>
  );
}

function useMatch(asked: Asked, mark: string) {
  const answer = useSignal<MatchAnswer | null>(null);
  const error = useSignal<ApiError | null>(null);
  const again = useSignal(0);
  useEffect(() => {
    const leaving = new AbortController();
    answer.value = error.value = null;
    const compare = async () => {
      if (Object.keys(asked).length === 0) return;
      try {
        const body = { leads: [asked] };
        const found = await call<MatchAnswer>("/v1/match", { method: "POST", body, signal: leaving.signal });
        if (leaving.signal.aborted) return;
        answer.value = found;
        const name = found.results[0]?.account?.name;
        announce(name ? `Matched to ${name}.` : "No account matched.");
      } catch (failure) {
        if (!leaving.signal.aborted) error.value = asApiError(failure);
      }
    };
    void compare();
    return () => leaving.abort();
  }, [mark, again.value]);
  return { answer, error, retry: () => again.value++ };
}

function Answer({ asked, mark }: { asked: Asked; mark: string }) {
  const { answer, error, retry } = useMatch(asked, mark);
  const result = answer.value?.results[0];
  if (Object.keys(asked).length === 0)
    return (
      <Empty title="No question yet">
        <p>Type or paste what a visitor sent: an e-mail or a company’s name is enough.</p>
        <p>The accounts that come into question appear here, with what speaks for each and against it.</p>
      </Empty>
    );
  if (error.value) return <Failure error={error.value} what="The accounts weren’t compared." retry={retry} />;
  if (!result || !answer.value) return <Loading what="the accounts that come into question" />;
  return <Found result={result} thresholds={answer.value.thresholds} />;
}

function Found({ result, thresholds }: { result: Result; thresholds: Thresholds }) {
  const { account, candidates, method, confidence, reasons } = result;
  const { accept, review } = thresholds;
  return (
    <div class="inspect-answer">
      <Card title={account ? `Matched: ${account.name}` : "No match"}>
        {account && (
          <p>
            {METHOD_WORDS[method] ?? method}, <span class="figure">{percent(confidence)}</span> sure
          </p>
        )}
        <Reasons reasons={reasons} />
        <p class="faint">
          An account is taken from {percent(accept)} on and shown from {percent(review)} on.
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
                taken={each.account.id === account?.id}
                thresholds={thresholds}
              />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

const Reasons = ({ reasons }: { reasons: readonly string[] }) => (
  <ul class="reasons">
    {reasons.map((reason) => (
      <li key={reason}>{reason}</li>
    ))}
  </ul>
);

function CandidateRow({ of, taken, thresholds }: { of: Candidate; taken: boolean; thresholds: Thresholds }) {
  const { account, method, confidence, reasons, features = [] } = of;
  return (
    <li class="inspected-one">
      <div class="inspected-head">
        <strong>{account.name}</strong>
        <span class="faint">{account.id}</span>
        {taken && <span class="chip">taken</span>}
        <span class="inspected-how">{METHOD_WORDS[method] ?? method}</span>
      </div>
      <Confidence share={confidence} thresholds={thresholds} />
      {!taken && <Reasons reasons={reasons} />}
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
