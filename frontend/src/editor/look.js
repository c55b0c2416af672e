// How the editor looks: the tokens of the page, and no size that differs from one character to the next, so that
// nothing moves while words become a heading. The page's own rules reach it as well: `.md-editor` is ordinary markup.

import { EditorView } from "@codemirror/view";

export const look = EditorView.theme({
  "&": { height: "100%", minWidth: "0", color: "var(--ink)" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflow: "auto" },
  ".cm-content": {
    padding: "var(--md-padding)",
    caretColor: "var(--ink)",
    // The page switches made-up slants off; in a text without formatting they are what emphasis looks like.
    fontSynthesis: "weight style",
  },
  ".cm-line": { padding: "0" },
  ".cm-placeholder": { color: "var(--ink-3)" },
  ".md-heading, .md-head, .md-strong": { fontWeight: "600" },
  ".md-emphasis": { fontStyle: "italic" },
  ".md-strike": { textDecoration: "line-through" },
  ".md-quote": { color: "var(--ink-2)" },
  ".md-fence, .md-code": { backgroundColor: "var(--sunken)", fontWeight: "400", fontStyle: "normal" },
  ".md-code": { borderRadius: "var(--r-1)" },
  ".md-link, .md-item": { color: "var(--accent)" },
  ".md-mark": { color: "var(--ink-3)", fontWeight: "400", fontStyle: "normal" },
});
