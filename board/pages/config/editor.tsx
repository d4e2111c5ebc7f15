/** A plain text editor with line numbers and marked lines. The numbers scroll with the text; nothing wraps. */
import { useComputed, type Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface EditorHandle {
  /** Puts the caret there and scrolls it into view. */
  show(offset: number): void;
}

interface Props {
  handle: RefObject<EditorHandle | null>;
  text: Signal<string | null>;
  readOnly: boolean;
  marks: ReadonlySet<number>;
}

export function Editor({ handle, text, readOnly, marks }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = useComputed(() => (text.value ?? "").split("\n").length);
  useEffect(() => {
    handle.current = { show: (offset) => area.current && showAt(area.current, offset) };
  }, []);
  return (
    <div class="editor">
      <div class="editor-gutter" ref={gutter} aria-hidden="true">
        <ol>
          {Array.from({ length: lines.value }, (_, index) => (
            <li key={index} class={marks.has(index + 1) ? "editor-marked" : undefined}>
              {index + 1}
            </li>
          ))}
        </ol>
      </div>
      <textarea
        ref={area}
        class="editor-text"
        aria-label="Policy document (JSON)"
        wrap="off"
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        readOnly={readOnly}
        value={text.value ?? ""}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onScroll={(event) => gutter.current && (gutter.current.scrollTop = event.currentTarget.scrollTop)}
        onKeyDown={(event) => onTab(event, text)}
      />
    </div>
  );
}

/** Tab indents where something is selected or the caret stands in the leading space; else it moves on, as everywhere. */
function onTab(
  event: KeyboardEvent & { currentTarget: HTMLTextAreaElement },
  text: Signal<string | null>,
): void {
  const area = event.currentTarget;
  if (event.key !== "Tab" || event.shiftKey || area.readOnly) return;
  const lineStart = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const before = area.value.slice(lineStart, area.selectionStart);
  if (before === "" || before.trim() !== "") return;
  event.preventDefault();
  area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
  text.value = area.value;
}

function showAt(area: HTMLTextAreaElement, offset: number): void {
  const line = area.value.slice(0, offset).split("\n").length - 1;
  const end = area.value.indexOf("\n", offset);
  area.focus();
  area.setSelectionRange(offset, end < 0 ? area.value.length : end);
  const height = parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 4) * height);
  area.scrollIntoView({ block: "nearest" });
}
