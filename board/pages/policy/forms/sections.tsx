/** The document's parts as lists: add, change, move, observe, remove. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { draft } from "../../../api/draft.ts";
import {
  idNameOf,
  SECTIONS,
  type Item,
  type SectionKey,
  type SectionSpec,
} from "../../../logic/policyForms.ts";
import { aboutItem, itemsOf, listIn, nameOf, type Place } from "../../../logic/policyItems.ts";
import { capital } from "../../../logic/words.ts";
import { announce } from "../../../ui/announcer.tsx";
import { ItemDialog } from "./itemDialog.tsx";

interface Props {
  section: SectionSpec;
  choose: (key: SectionKey) => void;
  /** The item to open at once: a finding or the waterfall leads to it. */
  open: Place | null;
  opened: () => void;
  readOnly: boolean;
  /** Items with a finding, by their index. */
  marks: ReadonlySet<number>;
}

export function Sections({ section, choose, open, opened, readOnly, marks }: Props) {
  const editing = useSignal<{ index: number | null } | null>(null);
  useEffect(() => {
    if (!open) return;
    if (!readOnly) editing.value = { index: open.index };
    document.querySelector(`[data-item="${open.index}"]`)?.scrollIntoView({ block: "center" });
    opened();
  }, [open]);
  const items = itemsOf(draft.document.value, section);
  return (
    <div class="forms">
      <div class="forms-sections" role="group" aria-label="Part of the policy">
        {SECTIONS.map(({ key, label, path }) => (
          <button
            type="button"
            key={key}
            class="button"
            aria-pressed={key === section.key}
            onClick={() => choose(key)}
          >
            {label} <span class="faint figure">{itemsOf(draft.document.value, { path }).length}</span>
          </button>
        ))}
      </div>
      <p class="help">{section.help}</p>
      {items.length === 0 && (
        <p class="empty">None yet. {readOnly ? "" : `Add the first ${section.one} below.`}</p>
      )}
      <ol class="items" aria-label={section.label}>
        {items.map((item, index) => (
          <ItemRow
            key={`${section.key} ${String(item[idNameOf(section)])}`}
            {...{ section, item, index, readOnly }}
            marked={marks.has(index)}
            last={index === items.length - 1}
            edit={() => (editing.value = { index })}
          />
        ))}
      </ol>
      {!readOnly && (
        <div class="buttons">
          <button type="button" class="button" onClick={() => (editing.value = { index: null })}>
            Add a {section.one}
          </button>
        </div>
      )}
      {editing.value && (
        <ItemDialog section={section} index={editing.value.index} onClose={() => (editing.value = null)} />
      )}
    </div>
  );
}

interface RowProps {
  section: SectionSpec;
  item: Item;
  index: number;
  readOnly: boolean;
  marked: boolean;
  last: boolean;
  edit: () => void;
}

function ItemRow({ section, item, index, readOnly, marked, last, edit }: RowProps) {
  const observes = item["mode"] === "observe";
  const idName = idNameOf(section);
  return (
    <li class={`item${observes ? " item-observe" : ""}${marked ? " item-marked" : ""}`} data-item={index}>
      {section.ordered && <span class="item-place figure faint">{index + 1}</span>}
      <div class="item-what">
        <p>
          <strong>{nameOf(item)}</strong>
          {item["name"] !== undefined && item["name"] !== item[idName] && (
            <code class="faint"> {String(item[idName])}</code>
          )}
          {observes && <span class="chip">observes</span>}
          {marked && <span class="chip chip-strong">see the findings</span>}
        </p>
        <p class="item-about">{aboutItem(draft.document.value, section, item)}</p>
      </div>
      {!readOnly && (
        <div class="buttons">
          {section.ordered && (
            <>
              <Move section={section} index={index} by={-1} disabled={index === 0} name={nameOf(item)} />
              <Move section={section} index={index} by={1} disabled={last} name={nameOf(item)} />
            </>
          )}
          <button type="button" class="button" aria-label={`Change ${nameOf(item)}`} onClick={edit}>
            Change
          </button>
          {section.key === "rules" && (
            <Observe section={section} index={index} observes={observes} name={nameOf(item)} />
          )}
          <Remove section={section} index={index} name={nameOf(item)} />
        </div>
      )}
    </li>
  );
}

interface ActProps {
  section: SectionSpec;
  index: number;
  name: string;
}

/** The form's index is among the items it shows; the same among all where the list holds nothing else. */
const changeList = (section: SectionSpec, edit: (list: unknown[]) => void) =>
  draft.change((document) => edit(listIn(document, section)));

function Move({ section, index, by, disabled, name }: ActProps & { by: 1 | -1; disabled: boolean }) {
  return (
    <button
      type="button"
      class="button button-quiet"
      disabled={disabled}
      aria-label={`Move ${name} ${by < 0 ? "up" : "down"}`}
      onClick={() => {
        changeList(section, (list) => list.splice(index + by, 0, ...list.splice(index, 1)));
        announce(`${name} now stands at place ${index + by + 1}.`);
      }}
    >
      {by < 0 ? "↑" : "↓"}
    </button>
  );
}

function Observe({ section, index, observes, name }: ActProps & { observes: boolean }) {
  return (
    <button
      type="button"
      class="button"
      aria-label={observes ? `Enforce ${name}` : `Only observe ${name}`}
      onClick={() =>
        changeList(section, (list) => {
          const { mode: _, ...rule } = list[index] as Item;
          list[index] = observes ? rule : { ...rule, mode: "observe" };
        })
      }
    >
      {observes ? "Enforce" : "Observe"}
    </button>
  );
}

/** Asks once more in its own place: nothing is lost before publishing, but a click beside the mark shouldn't remove. */
function Remove({ section, index, name }: ActProps) {
  const sure = useSignal(false);
  return (
    <button
      type="button"
      class={sure.value ? "button button-sure" : "button button-quiet"}
      aria-label={sure.value ? `Really remove ${name}` : `Remove ${name}`}
      onBlur={() => (sure.value = false)}
      onClick={() => {
        sure.value = !sure.peek();
        if (sure.peek()) return;
        changeList(section, (list) => list.splice(index, 1));
        announce(`${capital(section.one)} ${name} is removed from the text.`);
      }}
    >
      {sure.value ? "Really?" : "✕"}
    </button>
  );
}
