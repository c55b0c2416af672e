// What lists.js and marks.js say, done to the editor as one step that can be undone. Nothing is done to a text that is
// only to be read; a key that would have is still ours.

import { EditorSelection } from "@codemirror/state";

import { isInFence, isInItem, textOf } from "./markdown.js";
import { goOn, indentLines, lift, nest, toggleItems } from "./lists.js";
import { readLine } from "./lines.js";

const STEP = 2; // columns that Tab goes on in a fence

export function continueList(view) {
  const { state } = view;
  const { main } = state.selection;
  if (state.readOnly || !main.empty || isInFence(state, main.head)) return false;
  const line = state.doc.lineAt(main.head);
  const edits = goOn(linesOf(state), line.number - 1, main.head - line.from);
  if (!edits) return false;
  const changes = placed(state, edits);
  const [{ from, insert }] = changes;
  return change(view, changes, { anchor: from + insert.length });
}

/** Tab and Shift+Tab: in an item, in a fence, and over several lines. Everywhere else they leave. */
export function indent(view, isOut) {
  const { state } = view;
  if (state.readOnly) return false;
  const { main } = state.selection;
  const first = state.doc.lineAt(main.from);
  const last = lastLine(state, main);
  const isSeveral = last.number > first.number;
  const isFence = isInFence(state, main.head);
  if (!isSeveral && !isFence && !isInItem(state, main.head)) return false;
  if (isFence && !isSeveral && !isOut) {
    const columns = main.from - first.from;
    return change(view, state.replaceSelection(" ".repeat(STEP - (columns % STEP))));
  }
  const lines = linesOf(state);
  const edits =
    !isFence && readLine(lines[first.number - 1]).isItem
      ? moved(lines, first.number - 1, last.number - 1, isOut)
      : indentLines(lines, first.number - 1, last.number - 1, isOut);
  return edits.length ? change(view, placed(state, edits)) : true;
}

export function toggleList(view) {
  const { state } = view;
  if (state.readOnly) return;
  const { main } = state.selection;
  const edits = toggleItems(linesOf(state), state.doc.lineAt(main.from).number - 1, lastLine(state, main).number - 1);
  change(view, placed(state, edits));
}

/** `how(text, from, to)` as in marks.js. */
export function putMarks(view, how) {
  const { state } = view;
  if (state.readOnly) return true;
  const { main } = state.selection;
  const { changes, from, to } = how(textOf(state), main.from, main.to);
  return change(view, changes, { anchor: from, head: to });
}

// Several items: the first goes, and the others with it as far as they stood.
function moved(lines, first, last, isOut) {
  const own = (isOut ? lift : nest)(lines, first);
  if (!own.length || first === last) return own;
  const { quote, column } = readLine(lines[first]);
  const [{ from, to, insert }] = own;
  const by = insert.length - (to - from);
  const inside = new Set(own.map(({ line }) => line));
  const others = [];
  for (let line = first + 1; line <= last; line += 1) {
    const other = readLine(lines[line]);
    if (inside.has(line) && other.column > column) continue;
    if (other.isBlank && !other.isItem) continue;
    const start = quote.length;
    const less = Math.min(other.indent.length, -by);
    others.push(by > 0 ? { line, from: start, to: start, insert: " ".repeat(by) } : { line, from: start, to: start + less, insert: "" });
  }
  // Numbers that `own` wanted for lines that go along are not theirs any more.
  const kept = own.filter(({ line }) => line === first || line > last || readLine(lines[line]).column > column);
  return [...kept, ...others];
}

function change(view, what, selection) {
  const { state } = view;
  const spec = what.changes ? what : { changes: what };
  const changes = state.changes(spec.changes);
  view.dispatch(
    state.update({
      changes,
      // Where something is put in front of the cursor, the cursor goes along.
      selection: selection ?? spec.selection ?? alongWith(state.selection, changes),
      scrollIntoView: true,
      userEvent: "input",
    }),
  );
  return true;
}

function alongWith({ main }, changes) {
  if (main.empty) return EditorSelection.cursor(changes.mapPos(main.head, 1));
  const [from, to] = [changes.mapPos(main.from, -1), changes.mapPos(main.to, 1)];
  return main.anchor <= main.head ? EditorSelection.single(from, to) : EditorSelection.single(to, from);
}

const linesOf = (state) => textOf(state).split("\n");

/** A selection that ends before the first character of a line does not mean that line. */
function lastLine(state, { from, to }) {
  const line = state.doc.lineAt(to);
  return line.from === to && to > from ? state.doc.line(line.number - 1) : line;
}

function placed(state, edits) {
  return edits.map(({ line, from, to, insert }) => {
    const start = state.doc.line(line + 1).from;
    return { from: start + from, to: start + to, insert };
  });
}
