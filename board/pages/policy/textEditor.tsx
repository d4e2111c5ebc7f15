/** The policy as text. The editor itself comes when it is needed: most pages never load it. */
import { useSignal, useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Mark, TextArea } from "../../codemirror/editor.ts";
import { verification } from "../../api/check.ts";
import { draft } from "../../api/draft.ts";
import { fieldTypes, policySchema } from "../../api/policySchema.ts";
import { positionOf, syntaxError } from "../../logic/jsonPosition.ts";
import type { Finding } from "../../logic/policy.ts";
import { Loading, Notice } from "../../ui/notice.tsx";

export interface EditorHandle {
  /** Puts the caret there and scrolls it into view. */
  show(offset: number): void;
}

interface Props {
  handle: RefObject<EditorHandle | null>;
  readOnly: boolean;
  onReady: () => void;
}

export function TextEditor({ handle, readOnly, onReady }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const area = useSignal<TextArea | null>(null);
  const failed = useSignal(false);
  const tries = useSignal(0);

  useEffect(() => {
    const here = { gone: false };
    failed.value = false;
    void load(here).catch(() => (failed.value = !here.gone));
    return () => {
      here.gone = true;
      handle.current = null;
      area.peek()?.destroy();
      area.value = null;
    };
  }, [tries.value]);
  async function load(here: { gone: boolean }): Promise<void> {
    const { makeEditor } = await import("../../codemirror/editor.ts");
    if (here.gone || !host.current) return;
    area.value = makeEditor({
      host: host.current,
      text: draft.text.peek() ?? "",
      readOnly,
      label: "Policy document (JSON)",
      schema: () => policySchema.peek(),
      document: () => draft.document.peek(),
      fields: () => Object.keys(fieldTypes()),
      onChange: (text) => (draft.text.value = text),
    });
    handle.current = area.peek();
    onReady();
  }
  useSignalEffect(() => area.value?.setText(draft.text.value ?? ""));
  useSignalEffect(() => area.value?.setMarks(marks(draft.text.value ?? "")));
  return (
    <>
      {failed.value && (
        <Notice tone="strong">
          <p>The text editor didn’t load. Your changes are kept; the forms work without it.</p>
          <button type="button" class="button" onClick={() => tries.value++}>
            Try again
          </button>
        </Notice>
      )}
      {!area.value && !failed.value && <Loading what="the text editor" />}
      <div class="code-editor" ref={host} hidden={!area.value} />
    </>
  );
}

/** Syntax first; else what the proof of this very text found, each at its line. */
function marks(text: string): Mark[] {
  const syntax = syntaxError(text);
  if (syntax)
    return [{ from: syntax.offset, to: syntax.offset + 1, severity: "error", message: syntax.message }];
  const found = verification.found.value;
  if (!found || found.text !== text) return [];
  const { errors, warnings } = found.verification;
  return [...errors, ...warnings].flatMap((finding) => markOf(finding, text));
}

function markOf({ pointer, severity, message }: Finding, text: string): Mark[] {
  const position = positionOf(text, pointer);
  if (!position) return [];
  const end = text.indexOf("\n", position.offset);
  return [
    {
      from: position.offset,
      to: end < 0 ? text.length : end,
      severity: severity === "error" ? "error" : "warning",
      message,
    },
  ];
}
