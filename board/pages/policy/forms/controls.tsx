/** Controls of the policy's forms that stand for more than one word: targets, lists of ids, members, needs. */
import { draft } from "../../../api/draft.ts";
import type { Item, Reference } from "../../../logic/policyForms.ts";
import { choicesOf, type Choice } from "../../../logic/policyItems.ts";
import { conditionInWords } from "../../../logic/conditionTree.ts";
import { readWords } from "../../../logic/policyText.ts";
import { isRecord, textOf } from "../../../logic/record.ts";
import { AddSelect, moved, MoveButton, RemoveButton, RowWords, useRows } from "./rows.tsx";

export interface ControlProps {
  label: string;
  value: unknown;
  set: (value: unknown) => void;
  /** The id of what is said of it. */
  describedBy?: string | undefined;
}

export const choices = (from: Reference): Choice[] => choicesOf(draft.document.value, from);

interface IdSelectProps {
  label?: string;
  from: Reference;
  value: string;
  set: (id: string) => void;
  none: string | null;
}

/** A choice among ids; one that isn't there (any more) is kept and said. What a field adds (id, descriptions) goes on. */
export function IdSelect({ label, from, value, set, none, ...added }: IdSelectProps) {
  const offered = choices(from);
  const lost = value !== "" && !offered.some((choice) => choice.id === value);
  return (
    <select {...added} aria-label={label} value={value} onChange={(event) => set(event.currentTarget.value)}>
      {(none !== null || value === "") && <option value="">{none ?? "Choose…"}</option>}
      {lost && (
        <option value={value} selected>
          {value} (not in the document)
        </option>
      )}
      {offered.map((choice) => (
        <option key={choice.id} value={choice.id} selected={choice.id === value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

const TARGET_WORDS: readonly (readonly [kind: string, label: string])[] = [
  ["team", "Team"],
  ["person", "Person"],
  ["queue", "Queue"],
  ["territory", "The territory"],
  ["accountOwner", "The account’s owner"],
  ["accountRole", "A role of the account"],
  ["opportunityOwner", "The opportunity’s owner"],
];

const NAMED: Record<string, Reference> = { team: "teams", person: "people", queue: "queues" };

export function TargetControl({
  label,
  value,
  set,
  describedBy,
  optional,
}: ControlProps & { optional: boolean }) {
  const target = isRecord(value) ? value : {};
  const kind = Object.keys(target)[0] ?? "";
  const from = NAMED[kind];
  const choose = (next: string) => {
    if (next === "") return set(undefined);
    if (NAMED[next]) return set({ [next]: "" });
    set({ [next]: next === "accountRole" ? "csm" : true });
  };
  return (
    <fieldset class="pair" aria-describedby={describedBy}>
      <legend>{label}</legend>
      <select
        aria-label={`${label}: kind`}
        value={kind}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {(optional || kind === "") && <option value="">{optional ? "None" : "Choose…"}</option>}
        {TARGET_WORDS.map(([name, words]) => (
          <option key={name} value={name} selected={name === kind}>
            {words}
          </option>
        ))}
      </select>
      {from && (
        <IdSelect
          label={`${label}: which`}
          from={from}
          value={textOf(target[kind])}
          set={(id) => set({ [kind]: id })}
          none={null}
        />
      )}
      {kind === "accountRole" && (
        <input
          aria-label={`${label}: role`}
          value={textOf(target[kind])}
          onInput={(event) => set({ accountRole: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}

/** Ids in an order that counts. */
export function IdsControl({
  label,
  value,
  set,
  describedBy,
  from,
  not,
}: ControlProps & { from: Reference; not?: string }) {
  const ids = Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  const rows = useRows();
  const named = new Map(choices(from).map((choice) => [choice.id, choice.label]));
  const left = choices(from).filter(({ id }) => !ids.includes(id) && id !== not);
  return (
    <fieldset class="ids" data-list aria-describedby={describedBy}>
      <legend>{label}</legend>
      <ol>
        {ids.map((id, index) => {
          const called = named.get(id) ?? id;
          return (
            <li key={id} data-list-row>
              <span>{named.get(id) ?? `${id} (not in the document)`}</span>
              <MoveButton
                label={`Sooner: ${called}`}
                by={-1}
                end={index === 0}
                act={(button) => {
                  rows.moved(button, `${called} is now ${index} of ${ids.length}.`);
                  set(moved(ids, index, index - 1));
                }}
              />
              <RemoveButton
                label={`Remove ${called}`}
                act={(button) => {
                  rows.removed(button, `${called} was removed.`);
                  set(ids.toSpliced(index, 1));
                }}
              />
            </li>
          );
        })}
      </ol>
      <RowWords rows={rows} />
      <AddSelect label={`Add to ${label}`} words="Add…" choices={left} add={(id) => set([...ids, id])} />
    </fieldset>
  );
}

/** Members with their weights; a member's own condition is kept and told. */
export function MembersControl({ label, value, set, describedBy }: ControlProps) {
  const members = Array.isArray(value) ? value.filter(isRecord) : [];
  const rows = useRows();
  const named = new Map(choices("people").map((choice) => [choice.id, choice.label]));
  const taken = new Set(members.map(({ person }) => person));
  const left = choices("people").filter(({ id }) => !taken.has(id));
  return (
    <fieldset class="ids" data-list aria-describedby={describedBy}>
      <legend>{label}</legend>
      <ul>
        {members.map((member, index) => {
          const id = textOf(member["person"]);
          const who = named.get(id) ?? id;
          return (
            <li key={id} data-list-row>
              <span>
                {who}
                {member["when"] !== undefined && (
                  <span class="faint"> only where {conditionInWords(member["when"])}</span>
                )}
              </span>
              <label>
                <span class="faint">weight </span>
                <input
                  class="short"
                  type="number"
                  min="0.1"
                  step="any"
                  aria-label={`Weight of ${who}`}
                  value={typeof member["weight"] === "number" ? member["weight"] : 1}
                  onInput={(event) =>
                    set(members.with(index, { ...member, weight: Number(event.currentTarget.value) }))
                  }
                />
              </label>
              <RemoveButton
                label={`Remove ${who}`}
                act={(button) => {
                  rows.removed(button, `${who} was removed.`);
                  set(members.toSpliced(index, 1));
                }}
              />
            </li>
          );
        })}
      </ul>
      <RowWords rows={rows} />
      <AddSelect
        label="Add a member"
        words="Add a member…"
        choices={left}
        add={(person) => set([...members, { person, weight: 1 }])}
      />
    </fieldset>
  );
}

/** Skills, and languages by code or as a field of the lead has it. */
export function RequiresControl({ label, value, set, describedBy }: ControlProps) {
  const needs = isRecord(value) ? value : {};
  const languages = needs["languages"];
  const field = isRecord(languages) ? textOf(languages["field"]) : null;
  const words = (list: unknown) => (Array.isArray(list) ? list.join(", ") : "");
  const put = (change: Item) => {
    const next: Item = { ...needs, ...change };
    for (const name of ["skills", "languages"])
      if (Array.isArray(next[name]) && next[name].length === 0) delete next[name];
    set(Object.keys(next).length === 0 ? undefined : next);
  };
  return (
    <fieldset class="pair" aria-describedby={describedBy}>
      <legend>{label}</legend>
      <input
        aria-label="Skills"
        placeholder="Skills: enterprise"
        value={words(needs["skills"])}
        onChange={(event) => put({ skills: readWords(event.currentTarget.value) })}
      />
      <select
        aria-label="Languages: how"
        value={field === null ? "list" : "field"}
        onChange={(event) =>
          put({ languages: event.currentTarget.value === "field" ? { field: "lead.language" } : [] })
        }
      >
        <option value="list" selected={field === null}>
          Languages by code
        </option>
        <option value="field" selected={field !== null}>
          The lead’s language
        </option>
      </select>
      {field === null ? (
        <input
          aria-label="Languages"
          placeholder="Languages: en, de"
          value={words(languages)}
          onChange={(event) => put({ languages: readWords(event.currentTarget.value) })}
        />
      ) : (
        <input
          aria-label="Field with the language"
          value={field}
          onChange={(event) => put({ languages: { field: event.currentTarget.value } })}
        />
      )}
    </fieldset>
  );
}
