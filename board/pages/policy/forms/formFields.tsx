/** The fields of a form: added, removed, moved, each with what it asks. What a row doesn't show stays as it is. */
import { useSignal } from "@preact/signals";
import type { FormField } from "../../../../schema/config/document.ts";
import type { Item } from "../../../logic/policyForms.ts";
import type { Said } from "../../../logic/policyItems.ts";
import { optionsText, readOptions } from "../../../logic/policyText.ts";
import { isRecord, textOf } from "../../../logic/record.ts";
import type { ControlProps } from "./controls.tsx";

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

export function FormFieldsControl({ label, value, set, said }: ControlProps & { said: readonly Said[] }) {
  const fields = Array.isArray(value) ? value.filter(isRecord) : [];
  const move = (index: number, by: 1 | -1) =>
    set(fields.toSpliced(index, 1).toSpliced(index + by, 0, fields[index]!));
  return (
    <fieldset class="form-fields">
      <legend>{label}</legend>
      <Messages of={said.filter(({ rest }) => rest === "")} />
      <ol>
        {fields.map((field, index) => (
          <li key={index}>
            <OneField
              field={field}
              place={index + 1}
              last={index === fields.length - 1}
              put={(change) => set(fields.with(index, merged(field, change)))}
              move={(by) => move(index, by)}
              remove={() => set(fields.toSpliced(index, 1))}
            />
            <Messages
              of={said.filter(({ rest }) => rest === String(index) || rest.startsWith(`${index}/`))}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        class="button"
        onClick={() => set([...fields, { name: "", type: "text", label: "" }])}
      >
        Add a field
      </button>
    </fieldset>
  );
}

/** What becomes undefined leaves the document. */
const merged = (field: Item, change: Item): Item =>
  Object.fromEntries(Object.entries({ ...field, ...change }).filter(([, value]) => value !== undefined));

const Messages = ({ of }: { of: readonly Said[] }) => (
  <>
    {of.map(({ rest, message }) => (
      <p class="field-error" key={rest + message}>
        {message}
      </p>
    ))}
  </>
);

interface FieldProps {
  field: Item;
  place: number;
  last: boolean;
  put: (change: Item) => void;
  move: (by: 1 | -1) => void;
  remove: () => void;
}

function OneField({ field, place, last, put, move, remove }: FieldProps) {
  const called = textOf(field["label"]) || textOf(field["name"]) || `field ${place}`;
  return (
    <div class="form-field">
      <label>
        <span>Label</span>
        <input
          required
          maxLength={200}
          autocomplete="off"
          value={textOf(field["label"])}
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
          onInput={(event) => put({ name: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>Type</span>
        <TypeSelect value={textOf(field["type"]) || "text"} set={(type) => put({ type })} />
      </label>
      <label class="form-field-required">
        <input
          type="checkbox"
          checked={field["required"] === true}
          onChange={(event) => put({ required: event.currentTarget.checked ? true : undefined })}
        />{" "}
        Required
      </label>
      <div class="buttons">
        <button
          type="button"
          class="button button-quiet"
          aria-label={`Move ${called} up`}
          disabled={place === 1}
          onClick={() => move(-1)}
        >
          ↑
        </button>
        <button
          type="button"
          class="button button-quiet"
          aria-label={`Move ${called} down`}
          disabled={last}
          onClick={() => move(1)}
        >
          ↓
        </button>
        <button type="button" class="button button-quiet" aria-label={`Remove ${called}`} onClick={remove}>
          ✕
        </button>
      </div>
      {field["type"] === "select" && <Options field={field} put={put} />}
    </div>
  );
}

const TypeSelect = ({ value, set }: { value: string; set: (type: string) => void }) => (
  <select value={value} onChange={(event) => set(event.currentTarget.value)}>
    {Object.entries(TYPE_WORDS).map(([type, words]) => (
      <option key={type} value={type} selected={type === value}>
        {words}
      </option>
    ))}
  </select>
);

/** What is typed stays as it is, half a line too. */
function Options({ field, put }: Pick<FieldProps, "field" | "put">) {
  const text = useSignal(optionsText(field["options"]));
  return (
    <label class="form-field-options">
      <span>Options, a line each: value = what visitors read</span>
      <textarea
        rows={3}
        class="code"
        spellcheck={false}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          put({ options: readOptions(text.peek()) });
        }}
      />
    </label>
  );
}
