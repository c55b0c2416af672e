// A text area and the editor in its place. The text area keeps its name, its form and, after every change, the text:
// whatever reads it, sends it or listens to it works as before. Without this script it is what people write in.

import { history, isolateHistory } from "@codemirror/commands";
import { Compartment, EditorState, Transaction } from "@codemirror/state";
import { EditorView, placeholder } from "@codemirror/view";

import { putMarks, toggleList } from "./commands.js";
import { difference } from "./difference.js";
import { keys } from "./keys.js";
import { countWords } from "./lines.js";
import { look } from "./look.js";
import { highlighting, markdown, textOf } from "./markdown.js";
import { asCode, wrapped } from "./marks.js";
import { takePlace } from "./place.js";

const HINT = "Markdown. In lists and code, Tab indents; press Escape and then Tab to leave.";
const MARGIN = 40; // pixels around what is brought into view

let mounted = 0;

export function mountEditor(textarea, { label = nameOf(textarea), onChange, onSave } = {}) {
  const { shell, leave } = takePlace(textarea);
  const hint = shell.appendChild(document.createElement("span"));
  hint.id = `md-editor-hint-${(mounted += 1)}`;
  hint.textContent = HINT;
  hint.hidden = true;

  const access = new Compartment();
  let isTelling = false;

  const tell = () => {
    textarea.value = textOf(view.state);
    isTelling = true;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    isTelling = false;
    onChange?.();
  };

  const view = new EditorView({
    parent: shell,
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        access.of(accessOf(textarea.readOnly || textarea.disabled)),
        markdown,
        highlighting,
        history(),
        keys(onSave),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": [textarea.getAttribute("aria-describedby"), hint.id].filter(Boolean).join(" "),
          // An element that can be edited takes the focus by itself; one only to be read does not, and is a scroller too.
          tabindex: "0",
          spellcheck: "true",
          autocorrect: "on",
          autocapitalize: "sentences",
        }),
        textarea.placeholder ? placeholder(textarea.placeholder) : [],
        EditorView.updateListener.of((update) => {
          if (update.docChanged) tell();
        }),
      ],
    }),
  });

  // A whole text at once, as far as it differs: the cursor stays where its words stay, and one undo brings it back.
  const setText = (text) => {
    const change = difference(textOf(view.state), view.state.toText(text).toString());
    if (!change) return;
    view.dispatch({
      changes: change,
      annotations: [isolateHistory.of("full"), Transaction.userEvent.of("set")],
    });
  };

  const put = (from, to, text) => {
    if (view.state.readOnly) return;
    const insert = view.state.toText(text);
    const anchor = from + insert.length;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor },
      annotations: isolateHistory.of("full"),
      effects: EditorView.scrollIntoView(anchor, { y: "nearest", yMargin: MARGIN }),
      userEvent: "input",
    });
  };

  const stop = new AbortController();
  const listening = { signal: stop.signal };
  // Somebody else wrote into the text area, or the form was reset.
  textarea.addEventListener("input", () => isTelling || setText(textarea.value), listening);
  textarea.form?.addEventListener("reset", () => setTimeout(() => setText(textarea.value)), listening);
  for (const each of textarea.labels ?? []) each.addEventListener("click", () => view.focus(), listening);
  // The browser's own word of a change comes before the text area knows; ours comes after.
  shell.addEventListener("input", (event) => event.stopPropagation(), listening);

  return {
    get value() {
      return textOf(view.state);
    },
    set value(text) {
      setText(text);
    },
    get readOnly() {
      return view.state.readOnly;
    },
    set readOnly(is) {
      textarea.readOnly = is;
      view.dispatch({ effects: access.reconfigure(accessOf(is)) });
    },
    get selection() {
      const { from, to } = view.state.selection.main;
      return { from, to, text: view.state.sliceDoc(from, to) };
    },
    set selection({ from, to = from }) {
      view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    },
    get words() {
      return countWords(textOf(view.state));
    },
    focus: () => view.focus(),
    insert: (text) => put(view.state.selection.main.from, view.state.selection.main.to, text),
    append: (text) => put(view.state.doc.length, view.state.doc.length, text),
    wrap: (before, after = before, words = "") => {
      putMarks(view, (...at) => wrapped(...at, before, after, words));
    },
    code: () => {
      putMarks(view, asCode);
    },
    toggleList: () => toggleList(view),
    destroy() {
      const hadFocus = view.hasFocus;
      const { from, to } = view.state.selection.main;
      stop.abort();
      view.destroy();
      leave();
      textarea.setSelectionRange(from, to);
      if (hadFocus) textarea.focus({ preventScroll: true });
    },
  };
}

// What is only to be read still takes the focus, scrolls by keys and can be copied; no keyboard opens over it.
const accessOf = (isReadOnly) => [EditorState.readOnly.of(isReadOnly), EditorView.editable.of(!isReadOnly)];

function nameOf(textarea) {
  return textarea.getAttribute("aria-label") ?? textarea.labels?.[0]?.textContent.trim() ?? "Text";
}
