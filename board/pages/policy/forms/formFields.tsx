/** The fields of a form: added, removed, moved, each with what it asks. What a row doesn't show stays as it is. */
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { FormField } from "../../../../schema/config/document.ts";
import type { Item } from "../../../logic/policyForms.ts";
import type { Said } from "../../../logic/policyItems.ts";
import { optionsText, readOptions } from "../../../logic/policyText.ts";
import { isRecord, textOf } from "../../../logic/record.ts";
import type { ControlProps } from "./controls.tsx";
import { moved, MoveButton, RemoveButton, RowWords, useRowKeys, useRows } from "./rows.tsx";

const TYPE_WORDS: Record<FormField["type"], string> = {
  email: "E-mail",
  text: "Line of text",
  textarea: "Longer text",
  tel: "Telephone",
  url: "Web address",
  number: "Number",
  select: "Choice",
  country: "Country",
  checkbox: "Tick box",
  hidden: "Hidden",
};

type Props = ControlProps & { said: readonly Said[] };

export function FormFieldsControl({ label, value, set, said, describedBy }: Props) {
  const fields = Array.isArray(value) ? value.filter(isRecord) : [];
  const rows = useRows();
  const { keys, ...keyed } = useRowKeys(fields.length);
  const called = (index: number) =>
    textOf(fields[index]!["label"]) || textOf(fields[index]!["name"]) || `field ${index + 1}`;
  const remove = (button: HTMLElement, index: number) => {
    rows.removed(button, `${called(index)} was removed.`);
    keyed.removed(index);
    set(fields.toSpliced(index, 1));
  };
  const move = (button: HTMLElement, index: number, to: number) => {
    rows.moved(button, `${called(index)} is now field ${to + 1} of ${fields.length}.`);
    keyed.moved(index, to);
    set(moved(fields, index, to));
  };
  return (
    <fieldset class="form-fields" data-list aria-describedby={describedBy}>
      <legend>{label}</legend>
      <ol>
        {fields.map((field, index) => (
          <OneField
            key={keys[index]}
            field={field}
            called={called(index)}
            first={index === 0}
            last={index === fields.length - 1}
            said={saidIn(said, index)}
            put={(change) => set(fields.with(index, merged(field, change)))}
            move={(button, by) => move(button, index, index + by)}
            remove={(button) => remove(button, index)}
          />
        ))}
      </ol>
      <RowWords rows={rows} />
      <button
        type="button"
        class="button"
        data-list-add
        onClick={() => {
          keyed.added();
          set([...fields, { name: "", type: "text", label: "" }]);
        }}
      >
        Add a field
      </button>
    </fieldset>
  );
}

/** What becomes undefined leaves the document. */
const merged = (field: Item, change: Item): Item =>
  Object.fromEntries(Object.entries({ ...field, ...change }).filter(([, value]) => value !== undefined));

/** Of what is said of the fields, what is about one of them; `part` is then the part of the field. */
const saidIn = (said: readonly Said[], index: number): Said[] =>
  said.flatMap(({ rest, message }) => {
    const [at, part = "", ...deeper] = rest.split("/");
    return at === String(index) ? [{ part, rest: deeper.join("/"), message }] : [];
  });

interface FieldProps {
  field: Item;
  called: string;
  first: boolean;
  last: boolean;
  said: readonly Said[];
  put: (change: Item) => void;
  move: (button: HTMLElement, by: 1 | -1) => void;
  remove: (button: HTMLElement) => void;
}

/** What is said of a label, a name, a type or the options is told of their own box, the rest of the field as a whole. */
function OneField({ field, called, first, last, said, put, move, remove }: FieldProps) {
  const id = useId();
  const choice = field["type"] === "select";
  const own = ["label", "name", "type", ...(choice ? ["options"] : [])];
  const idsOf = (mine: (part: string) => boolean) =>
    said.flatMap(({ part }, nth) => (mine(part) ? [`${id}-${nth}`] : [])).join(" ") || undefined;
  const told = (part: string) => {
    const ids = idsOf((each) => each === part);
    return { "aria-describedby": ids, "aria-invalid": ids !== undefined };
  };
  return (
    <li data-list-row>
      <div
        class="form-field"
        role="group"
        aria-label={called}
        aria-describedby={idsOf((part) => !own.includes(part))}
      >
        <label>
          <span>Label</span>
          <input
            required
            maxLength={200}
            autocomplete="off"
            value={textOf(field["label"])}
            {...told("label")}
            onInput={(event) => put({ label: event.currentTarget.value })}
          />
        </label>
        <label>
          <span>Name</span>
          <input
            required
            pattern="[A-Za-z][A-Za-z0-9_]{0,63}"
            title="Letters, digits and underscores, starting with a letter"
            autocomplete="off"
            spellcheck={false}
            value={textOf(field["name"])}
            {...told("name")}
            onInput={(event) => put({ name: event.currentTarget.value })}
          />
        </label>
        <label>
          <span>Type</span>
          <TypeSelect
            value={textOf(field["type"]) || "text"}
            set={(type) => put({ type })}
            told={told("type")}
          />
        </label>
        <label class="form-field-required">
          <input
            type="checkbox"
            checked={field["required"] === true}
            onChange={(event) => put({ required: event.currentTarget.checked ? true : undefined })}
          />{" "}
          Required
        </label>
        <RowButtons {...{ called, first, last, move, remove }} />
        {choice && <Options field={field} put={put} told={told("options")} />}
      </div>
      {said.map(({ part, message }, nth) => (
        <p class="field-error" id={`${id}-${nth}`} key={part + message}>
          {message}
        </p>
      ))}
    </li>
  );
}

const RowButtons = ({
  called,
  first,
  last,
  move,
  remove,
}: Pick<FieldProps, "called" | "first" | "last" | "move" | "remove">) => (
  <div class="buttons">
    <MoveButton label={`Move ${called} up`} by={-1} end={first} act={(button) => move(button, -1)} />
    <MoveButton label={`Move ${called} down`} by={1} end={last} act={(button) => move(button, 1)} />
    <RemoveButton label={`Remove ${called}`} act={remove} />
  </div>
);

interface Told {
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
}

const TypeSelect = ({ value, set, told }: { value: string; set: (type: string) => void; told: Told }) => (
  <select value={value} {...told} onChange={(event) => set(event.currentTarget.value)}>
    {Object.entries(TYPE_WORDS).map(([type, words]) => (
      <option key={type} value={type} selected={type === value}>
        {words}
      </option>
    ))}
  </select>
);

/** What is typed stays as it is, half a line too. */
function Options({ field, put, told }: Pick<FieldProps, "field" | "put"> & { told: Told }) {
  const text = useSignal(optionsText(field["options"]));
  return (
    <label class="form-field-options">
      <span>Options, a line each: value = what visitors read</span>
      <textarea
        rows={3}
        class="code"
        spellcheck={false}
        value={text.value}
        {...told}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          put({ options: readOptions(text.peek()) });
        }}
      />
    </label>
  );
}
