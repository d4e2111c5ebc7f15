/** One item of the document in a form. What its fields don't know stays as it is. */
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { draft } from "../../../api/draft.ts";
import { verification } from "../../../api/check.ts";
import type { Finding } from "../../../logic/policy.ts";
import { idNameOf, type Item, type SectionSpec } from "../../../logic/policyForms.ts";
import { itemsOf, listIn, nameOf, placeIn, saidOf, type Said } from "../../../logic/policyItems.ts";
import { idFrom } from "../../../logic/policyText.ts";
import { textOf } from "../../../logic/record.ts";
import { capital } from "../../../logic/words.ts";
import { announce } from "../../../ui/announcer.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { ItemField } from "./fields.tsx";

interface Props {
  section: SectionSpec;
  /** Null makes a new one. */
  index: number | null;
  onClose: () => void;
}

export function ItemDialog({ section, index, onClose }: Props) {
  const known = index === null ? undefined : itemsOf(draft.document.peek(), section)[index];
  const idName = idNameOf(section);
  const item = useSignal<Item>(structuredClone(known ?? { [idName]: "", ...section.fresh }));
  const changed = useSignal<ReadonlySet<string>>(new Set());
  const refused = useSignal<ReadonlySet<string>>(new Set());
  const fresh = known === undefined;
  const elsewhereId = useId();

  // What was changed here since is proved once it is taken.
  const said =
    index === null
      ? []
      : saidOf(section, index, findingsNow()).filter(({ part }) => !changed.value.has(part));
  const put = (name: string, value: unknown) => {
    changed.value = new Set([...changed.peek(), name]);
    const { [name]: _, ...others } = item.peek();
    // A name keeps its place among the others; what is empty leaves the document.
    item.value =
      value === undefined
        ? others
        : name in item.peek()
          ? { ...item.peek(), [name]: value }
          : { ...others, [name]: value };
  };
  const refuse = (name: string, wrong: boolean) => {
    const next = new Set(refused.peek());
    if (wrong) next.add(name);
    else next.delete(name);
    refused.value = next;
  };
  function save(): void {
    const taken = new Set(itemsOf(draft.document.peek(), section).map((each) => String(each[idName])));
    const made = item.peek();
    const id = textOf(made[idName]) || idFrom(nameOf(made), taken);
    draft.change((document) => {
      const list = listIn(document, section);
      // By its place, not by its id: a copy has the id of what it was copied from until somebody gives it one.
      const at = index === null ? -1 : placeIn(list, index);
      if (at >= 0) list[at] = made;
      else list.splice(placeForNew(section, list), 0, { ...made, [idName]: id });
    });
    announce(`${capital(section.one)} ${nameOf(made) || id} is in the text, not published yet.`);
    onClose();
  }
  const elsewhere = said.filter(({ part }) => !section.fields.some(({ name }) => name === part));
  return (
    <Dialog
      title={fresh ? `New ${section.one}` : `${capital(section.one)} ${nameOf(item.value)}`}
      onClose={onClose}
    >
      <form
        class="form item-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {fresh && (
          <Field
            label={capital(idName)}
            optional
            help={`Stays for good: ${idName === "key" ? "sites" : "traces"} and reports name it. Empty: made from the name.`}
          >
            <input
              value={textOf(item.value[idName])}
              pattern="[A-Za-z0-9][A-Za-z0-9._:\-]{0,63}"
              autocomplete="off"
              onInput={(event) => put(idName, event.currentTarget.value)}
            />
          </Field>
        )}
        {section.fields.map((spec) => (
          <ItemField
            key={spec.name}
            spec={spec}
            item={item.value}
            said={said.filter(({ part }) => part === spec.name)}
            set={(value) => put(spec.name, value)}
            refuse={refuse}
          />
        ))}
        {elsewhere.length > 0 && <Elsewhere id={elsewhereId} said={elsewhere} />}
        <div class="buttons">
          <button
            type="submit"
            class="button button-main"
            disabled={refused.value.size > 0}
            aria-describedby={elsewhere.length > 0 ? elsewhereId : undefined}
          >
            {fresh ? `Add the ${section.one}` : "Take the change"}
          </button>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
        </div>
        <p class="help">It changes the text here; nothing goes live before it is published.</p>
      </form>
    </Dialog>
  );
}

/** What the proof says of the text as it stands: of an older one, another item may have stood in this one's place. */
function findingsNow(): Finding[] {
  const found = verification.found.value;
  if (!found || found.text !== draft.text.peek()) return [];
  return [...found.verification.errors, ...found.verification.warnings];
}

/** What no field of the form is about, told of the button that takes it. */
const Elsewhere = ({ id, said }: { id: string; said: readonly Said[] }) => (
  <div id={id}>
    {said.map(({ part, message }) => (
      <p class="field-error" key={part + message}>
        {message}
      </p>
    ))}
  </div>
);

/** A new rule stands before one that takes everything, where it could never be reached behind it. */
function placeForNew({ key }: SectionSpec, list: readonly unknown[]): number {
  const last = list.at(-1) as Item | null | undefined;
  const when = last?.["when"] as object | undefined;
  const takesAll = key === "rules" && last && (when === undefined || Object.keys(when).length === 0);
  return takesAll ? list.length - 1 : list.length;
}
