/** The editor in the board's tokens: custom properties reach into its shadow root, so light and dark follow by themselves. */
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--accent-strong)" },
  { tag: tags.string, color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--due)" },
  { tag: [tags.brace, tags.squareBracket, tags.separator], color: "var(--ink-faint)" },
]);

const mark = (colour: string) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy ${colour}`,
  textDecorationSkipInk: "none",
});

/** Findings are told in ink and in the colour of what is due: red is for missed deadlines. */
export const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "20px" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-faint)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in oklab, var(--accent-wash) 60%, transparent)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in oklab, var(--accent) 28%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-wash)" },
  ".cm-foldPlaceholder": {
    border: "1px solid var(--line)",
    backgroundColor: "var(--sunken)",
    color: "var(--ink-soft)",
  },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "6px",
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "16em" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-completionDetail": { color: "inherit", opacity: "0.8" },
  ".cm-diagnostic": { padding: "4px 8px", fontFamily: "var(--font)", maxWidth: "60ch" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--ink)" },
  ".cm-diagnostic-warning": { borderLeft: "4px solid var(--due)" },
  ".cm-lintRange-error": mark("var(--ink)"),
  ".cm-lintRange-warning": mark("var(--due)"),
  ".cm-lint-marker": { width: "0.8em", height: "0.8em", borderRadius: "50%", content: "none" },
  ".cm-lint-marker-error": { backgroundColor: "var(--ink)" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--due)", borderRadius: "2px" },
});
