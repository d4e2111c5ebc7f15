/** Builds a condition: tests over typed fields, in groups of all, any or none. */
import { useSignal } from "@preact/signals";
import { useId, useMemo } from "preact/hooks";
import type { Operator } from "../../../../schema/config/condition.ts";
import { OPERATOR_WORDS } from "../../../../schema/wire/words.ts";
import { fieldTypes } from "../../../api/policySchema.ts";
import {
  asGroup,
  fitValue,
  MODE_WORDS,
  NEW_GROUP,
  NEW_TEST,
  operatorsFor,
  toCondition,
  toNode,
  valueOfText,
  valueText,
  withChanged,
  withItem,
  withoutItem,
  type Group,
  type Mode,
  type Node,
  type Test,
} from "../../../logic/conditionTree.ts";
import { RemoveButton, RowWords, useRows, type Rows } from "./rows.tsx";

interface Props {
  label: string;
  value: unknown;
  set: (condition: unknown) => void;
  /** The id of what is said of it. */
  describedBy?: string | undefined;
  /** Values worth offering for a field: segments, territories, forms of the document. */
  suggest: (field: string) => readonly string[];
}

/** `value` is where it begins. From then on the tree is its own: the shortest form has no place for a group being built. */
export function ConditionBuilder({ label, value, set, describedBy, suggest }: Props) {
  const first = useMemo(() => toNode(value ?? {}), []);
  const tree = useSignal(first && asGroup(first));
  const rows = useRows();
  const change = (next: Group) => {
    tree.value = next;
    set(toCondition(next));
  };
  if (!tree.value)
    return (
      <fieldset class="condition" aria-describedby={describedBy}>
        <legend>{label}</legend>
        <p class="help">This condition can only be changed in the text.</p>
      </fieldset>
    );
  return (
    <fieldset class="condition" aria-describedby={describedBy}>
      <legend>{label}</legend>
      <GroupBox node={tree.value} set={change} suggest={suggest} rows={rows} />
      <RowWords rows={rows} />
    </fieldset>
  );
}

interface GroupProps {
  node: Group;
  set: (node: Group) => void;
  suggest: Props["suggest"];
  rows: Rows;
  remove?: (button: HTMLElement) => void;
}

function GroupBox({ node, set, suggest, rows, remove }: GroupProps) {
  const removeOf = (item: Node) => (button: HTMLElement) => {
    const called = item.kind === "group" ? "group" : `condition on ${item.field || "nothing yet"}`;
    rows.removed(button, `The ${called} was removed.`);
    set(withoutItem(node, item));
  };
  return (
    <div class="condition-group" data-list data-list-row={remove && ""}>
      <div class="condition-mode">
        <select
          aria-label="How these are joined"
          value={node.mode}
          onChange={(event) => set({ ...node, mode: event.currentTarget.value as Mode })}
        >
          {Object.entries(MODE_WORDS).map(([mode, words]) => (
            <option key={mode} value={mode} selected={mode === node.mode}>
              {words}
            </option>
          ))}
        </select>
        {remove && <RemoveButton label="Remove this group" act={remove} />}
      </div>
      {node.items.length === 0 && (
        <p class="help">{node.mode === "all" ? "Nothing is asked: it always holds." : "Add a condition."}</p>
      )}
      {node.items.map((item) =>
        item.kind === "group" ? (
          <GroupBox
            key={item.key}
            node={item}
            set={(next) => set(withChanged(node, next))}
            suggest={suggest}
            rows={rows}
            remove={removeOf(item)}
          />
        ) : (
          <TestRow
            key={item.key}
            test={item}
            set={(next) => set(withChanged(node, next))}
            suggest={suggest}
            remove={removeOf(item)}
          />
        ),
      )}
      <div class="buttons">
        <button type="button" class="as-link" data-list-add onClick={() => set(withItem(node, NEW_TEST))}>
          Add a condition
        </button>
        <button type="button" class="as-link" onClick={() => set(withItem(node, NEW_GROUP))}>
          Add a group
        </button>
      </div>
    </div>
  );
}

interface TestProps {
  test: Test;
  set: (test: Test) => void;
  suggest: Props["suggest"];
  remove: (button: HTMLElement) => void;
}

function TestRow({ test, set, suggest, remove }: TestProps) {
  const id = useId();
  const types = fieldTypes();
  const type = types[test.field];
  const operators = operatorsFor(type);
  const change = (field: string, op: Operator) =>
    set({ ...test, field, op, value: fitValue(test.value, op, types[field]) });
  return (
    <div class="condition-test" data-list-row>
      <input
        aria-label="Field"
        list={`${id}-fields`}
        value={test.field}
        placeholder="lead.country"
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => {
          const field = event.currentTarget.value.trim();
          change(field, operatorsFor(types[field]).includes(test.op) ? test.op : "eq");
        }}
      />
      <datalist id={`${id}-fields`}>
        {Object.keys(types).map((field) => (
          <option key={field} value={field} />
        ))}
      </datalist>
      <select
        aria-label="Comparison"
        value={test.op}
        onChange={(event) => change(test.field, event.currentTarget.value as Operator)}
      >
        {(operators.includes(test.op) ? operators : [test.op, ...operators]).map((op) => (
          <option key={op} value={op} selected={op === test.op}>
            {OPERATOR_WORDS[op] ?? op}
          </option>
        ))}
      </select>
      <ValueBox test={test} type={type} set={set} offered={suggest(test.field)} id={id} />
      <RemoveButton label="Remove this condition" act={remove} />
    </div>
  );
}

interface ValueProps {
  test: Test;
  type: string | undefined;
  set: (test: Test) => void;
  offered: readonly string[];
  id: string;
}

function ValueBox({ test, type, set, offered, id }: ValueProps) {
  if (test.op === "exists" || type === "boolean") {
    const yes = test.op === "exists" ? test.value !== false : test.value === true;
    const choose = (chosen: boolean) =>
      set({ ...test, value: test.op === "exists" ? (chosen ? undefined : false) : chosen });
    return (
      <select
        aria-label="Value"
        value={String(yes)}
        onChange={(event) => choose(event.currentTarget.value === "true")}
      >
        <option value="true" selected={yes}>
          yes
        </option>
        <option value="false" selected={!yes}>
          no
        </option>
      </select>
    );
  }
  return <ValueText key={`${test.field} ${test.op}`} {...{ test, type, set, offered, id }} />;
}

/** What is typed stays as typed: a comma at the end of a list is the way to its next item. */
function ValueText({ test, type, set, offered, id }: ValueProps) {
  const text = useSignal(valueText(test.value));
  const list = test.op === "in" || test.op === "nin";
  return (
    <>
      <input
        aria-label="Value"
        list={list ? undefined : `${id}-values`}
        inputMode={type === "number" ? "decimal" : "text"}
        placeholder={list ? "one, two, three" : ""}
        autocomplete="off"
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          set({ ...test, value: valueOfText(text.peek(), test.op, type) });
        }}
      />
      <datalist id={`${id}-values`}>
        {offered.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </>
  );
}
