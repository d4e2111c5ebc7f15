/**
 * The text editor of the policy: CodeMirror with JSON, completion from the published schema, and findings in their place.
 * Loaded only where somebody edits as text. It lives in a shadow root, because there its styles are adopted sheets, which
 * the page's security policy allows, and not injected elements, which it doesn't.
 */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view";
import { completeFrom, type Sources } from "./complete.ts";
import { highlighting, look } from "./look.ts";

export interface Mark {
  from: number;
  to: number;
  severity: "error" | "warning";
  message: string;
}

export interface TextArea {
  setText(text: string): void;
  setMarks(marks: readonly Mark[]): void;
  show(offset: number): void;
  destroy(): void;
}

export interface Options extends Sources {
  host: HTMLElement;
  text: string;
  readOnly: boolean;
  label: string;
  onChange: (text: string) => void;
}

export function makeEditor(options: Options): TextArea {
  const root = options.host.shadowRoot ?? options.host.attachShadow({ mode: "open" });
  let told = options.text;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        json(),
        syntaxHighlighting(highlighting),
        look,
        autocompletion({ override: [completeFrom(options)] }),
        lintGutter(),
        tooltips({ parent: root as unknown as HTMLElement }),
        // Tab indents; Escape, then Tab, leaves, as CodeMirror has it everywhere.
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...completionKeymap,
          ...lintKeymap,
          indentWithTab,
        ]),
        EditorState.readOnly.of(options.readOnly),
        EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          told = update.state.doc.toString();
          options.onChange(told);
        }),
      ],
    }),
  });
  return {
    setText(text) {
      if (text === told) return;
      told = text;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    setMarks(list) {
      const end = view.state.doc.length;
      const diagnostics: Diagnostic[] = list.map(({ from, to, severity, message }) => ({
        from: Math.min(from, end),
        to: Math.min(Math.max(to, from), end),
        severity,
        message,
      }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    show(offset) {
      const line = view.state.doc.lineAt(Math.min(offset, view.state.doc.length));
      view.dispatch({
        selection: { anchor: offset > line.to ? line.to : Math.max(offset, line.from), head: line.to },
        effects: EditorView.scrollIntoView(line.from, { y: "center" }),
      });
      view.focus();
      options.host.scrollIntoView({ block: "nearest" });
    },
    destroy: () => view.destroy(),
  };
}
