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
import { ItemDialog } from "./itemDialog.tsx";
import { MoveButton, RowWords, useRows, type Rows } from "./rows.tsx";

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
  const rows = useRows();
  return (
    <div class="forms" data-list>
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
            {...{ section, item, index, readOnly, rows }}
            marked={marks.has(index)}
            last={index === items.length - 1}
            edit={() => (editing.value = { index })}
          />
        ))}
      </ol>
      <RowWords rows={rows} />
      {!readOnly && (
        <div class="buttons">
          <button
            type="button"
            class="button"
            data-list-add
            onClick={() => (editing.value = { index: null })}
          >
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
  rows: Rows;
  edit: () => void;
}

function ItemRow({ section, item, index, readOnly, marked, last, rows, edit }: RowProps) {
  const observes = item["mode"] === "observe";
  const idName = idNameOf(section);
  const acts = { section, index, rows, name: nameOf(item) };
  return (
    <li
      class={`item${observes ? " item-observe" : ""}${marked ? " item-marked" : ""}`}
      data-item={index}
      data-list-row
    >
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
              <Move {...acts} by={-1} end={index === 0} />
              <Move {...acts} by={1} end={last} />
            </>
          )}
          <button type="button" class="button" aria-label={`Change ${nameOf(item)}`} onClick={edit}>
            Change
          </button>
          {section.key === "rules" && <Observe {...acts} observes={observes} />}
          <Remove {...acts} />
        </div>
      )}
    </li>
  );
}

interface ActProps {
  section: SectionSpec;
  index: number;
  rows: Rows;
  name: string;
}

/** The form's index is among the items it shows; the same among all where the list holds nothing else. */
const changeList = (section: SectionSpec, edit: (list: unknown[]) => void) =>
  draft.change((document) => edit(listIn(document, section)));

const Move = ({ section, index, rows, name, by, end }: ActProps & { by: 1 | -1; end: boolean }) => (
  <MoveButton
    label={`Move ${name} ${by < 0 ? "up" : "down"}`}
    by={by}
    end={end}
    act={(button) => {
      rows.moved(button, `${name} now stands at place ${index + by + 1}.`);
      changeList(section, (list) => list.splice(index + by, 0, ...list.splice(index, 1)));
    }}
  />
);

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
function Remove({ section, index, rows, name }: ActProps) {
  const sure = useSignal(false);
  return (
    <button
      type="button"
      class={sure.value ? "button button-sure" : "button button-quiet"}
      aria-label={sure.value ? `Really remove ${name}` : `Remove ${name}`}
      data-list-remove
      onBlur={() => (sure.value = false)}
      onClick={(event) => {
        sure.value = !sure.peek();
        if (sure.peek()) return;
        rows.removed(event.currentTarget, `${capital(section.one)} ${name} is removed from the text.`);
        changeList(section, (list) => list.splice(index, 1));
      }}
    >
      {sure.value ? "Really?" : "✕"}
    </button>
  );
}
