/** A lead and a moment: where would it go, and why? By the version in force or by the text in the editor. Writes nothing. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { DryRunResult } from "../../../schema/wire/route.ts";
import { draft } from "../../api/draft.ts";
import { call } from "../../api/http.ts";
import { board } from "../../api/live.ts";
import { zone } from "../../api/session.ts";
import { EMPTY_TRIAL, trial } from "../../api/trial.ts";
import {
  branchNames,
  countryUnused,
  fromTyped,
  outcomeInWords,
  toTyped,
  type Typed,
} from "../../logic/dryRun.ts";
import { textOf } from "../../logic/record.ts";
import { instantToWall, wallToInstant, zoneCity } from "../../logic/times.ts";
import { useAction } from "../../ui/action.ts";
import { announce } from "../../ui/announcer.tsx";
import { Card } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { useIntoView } from "../../ui/intoView.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { DryRunAnswer } from "./dryRunAnswer.tsx";
import { PolicyPage } from "./frame.tsx";

interface Answer {
  policyVersion: number;
  at: string;
  results: DryRunResult[];
  /** As it was typed for this answer. */
  country: string;
}

export function DryRunPage() {
  const action = useAction();
  const answer = useSignal<Answer | null>(null);
  const typed = useSignal<Typed>(toTyped(trial.peek().lead));
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void draft.loadOnce().then(() => (trial.peek().ask ? ask() : undefined));
  }, []);

  async function ask(): Promise<void> {
    const lead = fromTyped(typed.peek());
    if (!lead) return;
    const { at, absent, deactivated, byDraft } = trial.peek();
    trial.value = { ...trial.peek(), lead, ask: false };
    const body = {
      leads: [{ id: "trial", ...lead }],
      ...(at !== null && { at }),
      ...(absent.length > 0 && { absent }),
      ...(deactivated.length > 0 && { deactivated }),
      ...(byDraft && { document: draft.document.peek() }),
    };
    const done = await action.run(async () => {
      const told = await call<Omit<Answer, "country">>("/v1/route", { method: "POST", body });
      answer.value = { ...told, country: textOf(lead["country"]) };
    });
    const result = answer.peek()?.results[0];
    if (!done || !result) return;
    const unused = countryUnused(answer.peek()?.country ?? "", typed.peek(), result);
    announce([outcomeInWords(result, (id) => names.get(id) ?? id), unused].filter(Boolean).join(" "));
  }
  const names = branchNames(draft.document.value);
  const result = answer.value?.results[0] ?? null;
  useIntoView(place, answer.value, result !== null);
  return (
    <PolicyPage title="Dry run">
      <div class="trial-page">
        <Question
          typed={typed.value}
          set={(next) => (typed.value = next)}
          ask={() => void ask()}
          action={action}
          unknownCountry={result && countryUnused(answer.value?.country ?? "", typed.value, result)}
        />
        <div ref={place} class="answer">
          {trial.value.finding && (
            <p class="notice notice-plain">
              <span>
                <strong>Replayed:</strong> {trial.value.finding}
              </span>
            </p>
          )}
          {result && answer.value ? (
            <DryRunAnswer
              result={result}
              at={answer.value.at}
              version={answer.value.policyVersion}
              names={names}
            />
          ) : (
            <div class="empty">
              <h2>The whole decision appears here</h2>
              <p>
                Every branch that was tried and why it held or didn’t, who could take the lead and why others
                couldn’t, whose turn it was, the deadlines, and what the visitor would read. Nothing is
                written.
              </p>
            </div>
          )}
        </div>
      </div>
    </PolicyPage>
  );
}

interface QuestionProps {
  typed: Typed;
  set: (typed: Typed) => void;
  ask: () => void;
  action: ReturnType<typeof useAction>;
  /** Why the country that was asked about wasn't used; null where it was. */
  unknownCountry: string | null;
}

function Question({ typed, set, ask, action, unknownCountry }: QuestionProps) {
  const error = action.error.value;
  const broken = fromTyped(typed) === null;
  const field = (name: keyof Typed["fields"]) => ({
    value: typed.fields[name] ?? "",
    onInput: (event: Event & { currentTarget: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement }) =>
      set({ ...typed, fields: { ...typed.fields, [name]: event.currentTarget.value } }),
  });
  return (
    <Card
      title="The lead"
      aside={
        <button
          type="button"
          class="as-link"
          onClick={() => {
            trial.value = EMPTY_TRIAL;
            set(toTyped({}));
          }}
        >
          Clear
        </button>
      }
    >
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Field label="E-mail" error={error?.field("leads/0/email")}>
          <input type="email" autocomplete="off" placeholder="mara@northwind.example" {...field("email")} />
        </Field>
        <div class="field-pair">
          <Field label="Name" optional>
            <input autocomplete="off" {...field("name")} />
          </Field>
          <Field label="Title" optional>
            <input autocomplete="off" placeholder="VP Sales" {...field("title")} />
          </Field>
        </div>
        <div class="field-pair">
          <Field label="Company" optional>
            <input autocomplete="off" {...field("company")} />
          </Field>
          <Field label="Country" optional help="A name or two letters" error={unknownCountry}>
            <input autocomplete="off" maxLength={80} {...field("country")} />
          </Field>
        </div>
        <div class="field-pair">
          <Field label="Phone" optional>
            <input type="tel" autocomplete="off" {...field("phone")} />
          </Field>
          <FormChoice {...field("formKey")} />
        </div>
        <Field label="Message" optional>
          <textarea rows={2} {...field("message")} />
        </Field>
        <Moment error={error?.field("at")} />
        <Missing which="absent" as="were absent" />
        <Missing which="deactivated" as="had left" />
        <Document />
        <details class="raw" open={typed.more !== ""}>
          <summary>More about the lead, as JSON</summary>
          <Field
            label="More about the lead"
            help="Other fields, `page`, `attribution`, `edge`; `assume` says what the CRM is taken to know."
            error={broken ? "This isn’t a JSON object." : undefined}
          >
            <textarea
              class="code"
              rows={6}
              spellcheck={false}
              value={typed.more}
              onInput={(event) => set({ ...typed, more: event.currentTarget.value })}
            />
          </Field>
        </details>
        {error && (
          <p class="form-error" role="alert">
            {error.message}
          </p>
        )}
        <div class="buttons">
          <button type="submit" class="button button-main" disabled={action.busy.value || broken}>
            {action.busy.value ? "Asking…" : "Where does it go?"}
          </button>
        </div>
      </form>
    </Card>
  );
}

type Control = {
  value: string;
  onInput: (
    event: Event & { currentTarget: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement },
  ) => void;
};

function FormChoice({ value, onInput }: Control) {
  const found = draft.document.value?.["forms"];
  const forms = Array.isArray(found) ? (found as { key?: string; name?: string }[]) : [];
  return (
    <Field label="Form" optional>
      <select value={value} onInput={onInput}>
        <option value="">Any</option>
        {forms.map(({ key = "", name }) => (
          <option key={key} value={key} selected={key === value}>
            {name ?? key}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Moment({ error }: { error: string | null | undefined }) {
  const { at } = trial.value;
  return (
    <Field label="At" optional help={`Empty means now. Times are in ${zoneCity(zone.value)}.`} error={error}>
      <input
        type="datetime-local"
        value={at === null ? "" : instantToWall(Date.parse(at), zone.value)}
        onInput={(event) => {
          const instant = wallToInstant(event.currentTarget.value, zone.peek());
          trial.value = { ...trial.peek(), at: instant === null ? null : new Date(instant).toISOString() };
        }}
      />
    </Field>
  );
}

function Missing({ which, as }: { which: "absent" | "deactivated"; as: string }) {
  const chosen = trial.value[which];
  return (
    <details class="raw" open={chosen.length > 0}>
      <summary>
        As if somebody {as}
        {chosen.length > 0 ? ` (${chosen.length})` : ""}
      </summary>
      <fieldset class="ticks">
        <legend class="unseen">As if they {as}</legend>
        {(board.value?.people ?? []).map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) => {
                const others = trial.peek()[which].filter((each) => each !== id);
                trial.value = {
                  ...trial.peek(),
                  [which]: event.currentTarget.checked ? [...others, id] : others,
                };
              }}
            />{" "}
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

const DECIDERS = [
  ["live", "The version in force"],
  ["draft", "The text in the editor"],
] as const;

/** Only where there is a choice: an edited text, or a replay of one. */
function Document() {
  const { byDraft } = trial.value;
  if (!draft.dirty.value && !byDraft) return null;
  return (
    <div class="field">
      <span class="label">Decided by</span>
      <Segmented
        label="Decided by"
        choices={DECIDERS}
        chosen={byDraft ? "draft" : "live"}
        barred={draft.document.value === null ? "draft" : null}
        choose={(next) => (trial.value = { ...trial.peek(), byDraft: next === "draft" })}
      />
    </div>
  );
}
