/** Keyboard: j and k walk rows, Enter opens the focused one (it is a link), / searches, ? shows all keys. */
import { useEffect } from "preact/hooks";

export type Keys = Record<string, () => void>;

/** Keys of the page on show; typing in a field or an open dialog is never taken for a command. */
export function useKeys(keys: Keys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target))
        return;
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.closest("input, textarea, select, [contenteditable], dialog") !== null ||
    document.querySelector("dialog[open]") !== null
  );
}

/** Moves focus by one among the rows on the page. */
export function stepRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[next]!.focus();
  rows[next]!.closest("li, tr")?.scrollIntoView({ block: "nearest" });
}
