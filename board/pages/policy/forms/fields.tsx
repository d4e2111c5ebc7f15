/** One field of an item, by its kind. What is typed and can't be read stays in the box and is said beside it. */
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Role } from "../../../../schema/config/people.ts";
import { MATCH_METHODS, SENIORITIES } from "../../../../schema/wire/words.ts";
import { draft } from "../../../api/draft.ts";
import { DAY_NAMES } from "../../../logic/coverage.ts";
import type { FieldSpec, Item, Kind, SpecOf } from "../../../logic/policyForms.ts";
import {
  overridesText,
  readDates,
  readDuration,
  readOverrides,
  readWindows,
  readWords,
  shortDuration,
  windowsText,
} from "../../../logic/policyText.ts";
import { Field } from "../../../ui/field.tsx";
import type { Said } from "../../../logic/policyItems.ts";
import { ConditionBuilder } from "./condition.tsx";
import { FormFieldsControl } from "./formFields.tsx";
import {
  IdsControl,
  IdSelect,
  MembersControl,
  RequiresControl,
  TargetControl,
  type ControlProps,
} from "./controls.tsx";

const ROLES: readonly Role[] = ["rep", "manager", "marketer", "revops", "admin"];

interface Props {
  spec: FieldSpec;
  item: Item;
  /** What the proof says of it. */
  said: readonly Said[];
  set: (value: unknown) => void;
  /** Whether what stands in the box can't be read; saving waits for it. */
  refuse: (name: string, refused: boolean) => void;
}

export function ItemField(props: Props) {
  const { spec, item, said, set } = props;
  const { label, help, optional = false } = spec;
  const id = useId();
  // What is said of one field of a form stands at that field.
  const mine = spec.kind === "formFields" ? said.filter(({ rest }) => rest === "") : said;
  const messages = mine.map(({ message }) => message).join(" ");
  if (isTyped(spec)) return <TextField {...props} value={item[spec.name]} messages={messages} />;
  if (isChosen(spec))
    return (
      <Field label={label} {...(help && { help })} optional={optional} error={messages}>
        <Chosen spec={spec} value={item[spec.name]} set={set} />
      </Field>
    );
  const describedBy = messages === "" ? undefined : `${id}-error`;
  return (
    <div class="field">
      <Control {...props} spec={spec} describedBy={describedBy} />
      {messages !== "" && (
        <p class="field-error" id={describedBy}>
          {messages}
        </p>
      )}
    </div>
  );
}

type ChoiceKind = "choice" | "role" | "mode";

const isChosen = (spec: FieldSpec): spec is SpecOf<ChoiceKind> =>
  spec.kind === "choice" || spec.kind === "role" || spec.kind === "mode";

interface ChosenProps {
  spec: SpecOf<ChoiceKind>;
  value: unknown;
  set: Props["set"];
}

/** What the field adds (id, descriptions) goes on to the select. */
function Chosen({ spec: { kind, from, optional = false }, value, set, ...added }: ChosenProps) {
  switch (kind) {
    case "choice":
      return (
        <IdSelect
          {...added}
          from={from}
          value={typeof value === "string" ? value : ""}
          set={(id) => set(id === "" ? undefined : id)}
          none={optional ? "None" : null}
        />
      );
    case "role":
      return (
        <select {...added} value={String(value)} onChange={(event) => set(event.currentTarget.value)}>
          {ROLES.map((role) => (
            <option key={role} value={role} selected={role === value}>
              {role}
            </option>
          ))}
        </select>
      );
    case "mode":
      return (
        <select
          {...added}
          value={value === "observe" ? "observe" : "enforce"}
          onChange={(event) => set(event.currentTarget.value === "observe" ? "observe" : undefined)}
        >
          <option value="enforce">Enforce</option>
          <option value="observe" selected={value === "observe"}>
            Observe
          </option>
        </select>
      );
    default:
      return null;
  }
}

interface ControlOf extends Props {
  spec: SpecOf<Exclude<Kind, TypedKind | ChoiceKind>>;
  /** The id of what is said of it, which stands below it. */
  describedBy: string | undefined;
}

function Control({ spec, item, said, describedBy, set, refuse }: ControlOf) {
  const { name, label, kind, from, help } = spec;
  const value = item[name];
  const shared = { label, value, set, describedBy };
  switch (kind) {
    case "formFields":
      return <FormFieldsControl {...shared} said={said} />;
    case "condition":
      return <ConditionBuilder {...shared} suggest={suggestions} />;
    case "target":
    case "backup":
      return <TargetControl {...shared} optional={kind === "backup"} />;
    case "members":
      return <MembersControl {...shared} />;
    case "ids":
      return <IdsControl {...shared} set={(ids) => set(emptied(ids))} from={from} not={String(item["id"])} />;
    case "requires":
      return <RequiresControl {...shared} />;
    case "hours":
      return <HoursControl {...shared} refuse={(refused) => refuse(name, refused)} />;
    case "flag":
      return (
        <label class="flag">
          <input
            type="checkbox"
            checked={value !== false}
            aria-describedby={describedBy}
            aria-invalid={describedBy !== undefined}
            onChange={(event) => set(event.currentTarget.checked ? undefined : false)}
          />{" "}
          {label}
          {help && <span class="faint"> {help}</span>}
        </label>
      );
    default:
      return null;
  }
}

const emptied = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? undefined : value);

type TypedKind = "text" | "email" | "whole" | "number" | "words" | "duration" | "dates" | "overrides";

const isTyped = (spec: FieldSpec): spec is SpecOf<TypedKind> =>
  spec.kind === "text" || spec.kind === "email" || Object.hasOwn(TEXTS, spec.kind);

/** How a kind stands in a text box, and how it is read back; null can't be read. */
const TEXTS: Partial<
  Record<
    FieldSpec["kind"],
    { show: (value: unknown) => string; read: (text: string) => unknown; wrong: string }
  >
> = {
  duration: {
    show: (value) => (typeof value === "string" ? shortDuration(value) : ""),
    read: readDuration,
    wrong: "Write a duration such as 10m, 4h or 2d.",
  },
  words: {
    show: (value) => (Array.isArray(value) ? value.join(", ") : ""),
    read: (text) => emptied(readWords(text)),
    wrong: "",
  },
  dates: {
    show: (value) => (Array.isArray(value) ? value.join(", ") : ""),
    read: (text) => readDates(text),
    wrong: "Write dates such as 2026-12-24.",
  },
  overrides: {
    show: overridesText,
    read: readOverrides,
    wrong: "Write a line each such as 2026-12-24 9–12.",
  },
  whole: {
    show: (value) => (typeof value === "number" ? String(value) : ""),
    read: (text) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null),
    wrong: "Write a whole number.",
  },
  number: {
    show: (value) => (typeof value === "number" ? String(value) : ""),
    read: (text) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null),
    wrong: "Write a number.",
  },
};

const PLAIN = {
  show: (value: unknown) => (typeof value === "string" ? value : ""),
  read: (text: string) => text.trim(),
  wrong: "",
};

function TextField({
  spec,
  value,
  set,
  refuse,
  messages,
}: Pick<Props, "spec" | "set" | "refuse"> & { value: unknown; messages: string }) {
  const { name, label, kind, optional = false, help } = spec;
  const how = TEXTS[kind] ?? PLAIN;
  const text = useSignal(how.show(value));
  const error = useSignal<string | null>(null);
  const input = (event: Event & { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
    text.value = event.currentTarget.value;
    const empty = text.peek().trim() === "";
    const read = empty ? (optional ? undefined : how === PLAIN ? "" : null) : how.read(text.peek());
    error.value = read === null ? how.wrong : null;
    refuse(name, read === null);
    if (read !== null) set(read);
  };
  const shared = { value: text.value, onInput: input, autocomplete: "off", required: !optional };
  return (
    <Field label={label} optional={optional} {...(help && { help })} error={error.value || messages}>
      {kind === "overrides" || kind === "dates" ? (
        <textarea rows={3} class="code" {...shared} required={false} />
      ) : (
        <input {...shared} type={kind === "email" ? "email" : "text"} list={undefined} />
      )}
    </Field>
  );
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function HoursControl({
  label,
  value,
  set,
  refuse,
  describedBy,
}: ControlProps & { refuse: (refused: boolean) => void }) {
  const id = useId();
  const hours = (typeof value === "object" && value !== null ? value : {}) as Item;
  const texts = useSignal(Object.fromEntries(DAYS.map((day) => [day, windowsText(hours[day])])));
  const wrong = DAYS.filter((day) => readWindows(texts.value[day] ?? "") === null);
  const input = (day: string, text: string) => {
    texts.value = { ...texts.peek(), [day]: text };
    const read = DAYS.map((each) => [each, readWindows(texts.peek()[each] ?? "")] as const);
    refuse(read.some(([, windows]) => windows === null));
    if (read.every(([, windows]) => windows !== null))
      set(Object.fromEntries(read.filter(([, windows]) => windows!.length > 0)));
  };
  return (
    <fieldset class="hours" aria-describedby={describedBy}>
      <legend>{label}</legend>
      {DAYS.map((day, index) => (
        <label key={day}>
          <span>{DAY_NAMES[index]}</span>
          <input
            value={texts.value[day]}
            placeholder="closed"
            autocomplete="off"
            aria-invalid={wrong.includes(day)}
            aria-describedby={id}
            onInput={(event) => input(day, event.currentTarget.value)}
          />
        </label>
      ))}
      <p class={wrong.length > 0 ? "field-error" : "help"} id={id}>
        {wrong.length > 0
          ? "Write hours such as 9–12:30, 13:15–18."
          : "Such as 9–12:30, 13:15–18; empty is closed."}
      </p>
    </fieldset>
  );
}

/** Values of the document itself, where a field has them. */
function suggestions(field: string): readonly string[] {
  const document = draft.document.value;
  const ids = (list: unknown, name: string) =>
    Array.isArray(list)
      ? (list as Item[]).flatMap((item) => (typeof item[name] === "string" ? [item[name]] : []))
      : [];
  if (field === "segment") return ids((document?.["scoring"] as Item | undefined)?.["segments"], "id");
  if (field === "territory.id") return ids(document?.["territories"], "id");
  if (field === "form.key") return ids(document?.["forms"], "key");
  if (field === "match.method") return MATCH_METHODS;
  if (field === "time.weekday") return DAYS;
  if (field === "account.lifecycle") return ["customer", "prospect", "competitor", "partner"];
  if (field === "lead.seniority") return SENIORITIES;
  return [];
}
