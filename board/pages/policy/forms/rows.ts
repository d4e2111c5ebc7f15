/** Rows of a list that is added to, moved and removed from: each stays itself, the keyboard stays with it, and it is said. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Rows {
  /** A key for each row, in the rows' order. What a row keeps for itself goes where the row goes. */
  keys: readonly number[];
  box: RefObject<HTMLFieldSetElement | null>;
  /** For a live region of the list's own: the page's can't be heard while a modal dialog is open. */
  words: string;
  added: () => void;
  moved: (from: number, to: number, words: string) => void;
  removed: (index: number, words: string) => void;
}

export const moved = <T>(list: readonly T[], from: number, to: number): T[] =>
  list.toSpliced(from, 1).toSpliced(to, 0, list[from]!);

/** `count` is how many there are at first; from then on the list changes by these calls alone. */
export function useRows(count: number): Rows {
  const keys = useSignal<readonly number[]>(Array.from({ length: count }, (_, index) => index));
  const words = useSignal("");
  const next = useRef(count);
  const box = useRef<HTMLFieldSetElement>(null);
  const focus = useRef<(() => HTMLElement | null | undefined) | null>(null);
  // A button that is put elsewhere in the page, or taken out of it, loses the focus.
  useLayoutEffect(() => {
    focus.current?.()?.focus();
    focus.current = null;
  });
  return {
    keys: keys.value,
    box,
    words: words.value,
    added: () => (keys.value = [...keys.peek(), next.current++]),
    moved: (from, to, said) => {
      const held = document.activeElement as HTMLElement | null;
      focus.current = () => held;
      keys.value = moved(keys.peek(), from, to);
      words.value = said;
    },
    removed: (index, said) => {
      focus.current = () => {
        const left = [...(box.current?.querySelectorAll<HTMLElement>(".form-field-remove") ?? [])];
        return left[Math.min(index, left.length - 1)] ?? box.current?.querySelector<HTMLElement>("button");
      };
      keys.value = keys.peek().toSpliced(index, 1);
      words.value = said;
    },
  };
}
