/** Rows of a list that is added to, moved and removed from: the keyboard stays with them, and it is said. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Choice } from "../../../logic/policyItems.ts";

/**
 * Goes by marks in the page: `data-list` around a list and what adds to it, `data-list-row` at each row (rows are neighbours),
 * `data-list-remove` at a row's button that removes it, `data-list-add` at what adds one.
 */
export interface Rows {
  /** For a live region of the list's own: the page's can't be heard while a modal dialog is open. */
  words: string;
  moved: (button: HTMLElement, words: string) => void;
  removed: (button: HTMLElement, words: string) => void;
}

export function useRows(): Rows {
  const words = useSignal("");
  const focus = useRef<HTMLElement | null>(null);
  // A button that is put elsewhere in the page, or taken out of it, loses the focus.
  useLayoutEffect(() => {
    focus.current?.focus();
    focus.current = null;
  });
  const then = (to: HTMLElement | null, said: string) => {
    focus.current = to;
    words.value = said;
  };
  return {
    words: words.value,
    moved: then,
    removed: (button, said) => then(heirOf(button), said),
  };
}

/** The button that removes the next row, else the one before; where none is left what adds one. */
function heirOf(button: HTMLElement): HTMLElement | null {
  const row = button.closest("[data-list-row]");
  const next = [row?.nextElementSibling, row?.previousElementSibling].find((each) =>
    each?.matches("[data-list-row]"),
  );
  if (next) return next.querySelector("[data-list-remove]");
  const list = row?.parentElement?.closest("[data-list]");
  // A list within a row ends before the list it is in.
  return [...(list?.querySelectorAll<HTMLElement>("[data-list-add]") ?? [])].at(-1) ?? null;
}

export const RowWords = ({ rows }: { rows: Rows }) => (
  <p class="unseen" role="status">
    {rows.words}
  </p>
);

export const moved = <T,>(list: readonly T[], from: number, to: number): T[] =>
  list.toSpliced(from, 1).toSpliced(to, 0, list[from]!);

/** Keys for rows that have none of their own, in their order: what a row keeps for itself goes where the row goes. */
export function useRowKeys(count: number) {
  const keys = useSignal<readonly number[]>(Array.from({ length: count }, (_, index) => index));
  const next = useRef(count);
  return {
    keys: keys.value,
    added: () => (keys.value = [...keys.peek(), next.current++]),
    moved: (from: number, to: number) => (keys.value = moved(keys.peek(), from, to)),
    removed: (index: number) => (keys.value = keys.peek().toSpliced(index, 1)),
  };
}

interface ButtonProps {
  label: string;
  act: (button: HTMLElement) => void;
}

/** At an end it says that it can't, and keeps the focus. */
export const MoveButton = ({ label, act, by, end }: ButtonProps & { by: 1 | -1; end: boolean }) => (
  <button
    type="button"
    class="button button-quiet"
    aria-label={label}
    aria-disabled={end}
    onClick={(event) => !end && act(event.currentTarget)}
  >
    {by < 0 ? "↑" : "↓"}
  </button>
);

export const RemoveButton = ({ label, act }: ButtonProps) => (
  <button
    type="button"
    class="button button-quiet"
    aria-label={label}
    data-list-remove
    onClick={(event) => act(event.currentTarget)}
  >
    ✕
  </button>
);

interface AddProps {
  label: string;
  /** What it says of itself while there is something to choose. */
  words: string;
  choices: readonly Choice[];
  add: (id: string) => void;
}

/** Stays where nothing is left to add: who chose the last keeps the focus. */
export const AddSelect = ({ label, words, choices, add }: AddProps) => (
  <select
    aria-label={label}
    data-list-add
    value=""
    onChange={(event) => {
      add(event.currentTarget.value);
      event.currentTarget.value = "";
    }}
  >
    <option value="">{choices.length === 0 ? "Nothing left to add" : words}</option>
    {choices.map(({ id, label: name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))}
  </select>
);
