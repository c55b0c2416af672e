// What keys do. Only what is listed here is taken; Alt with an arrow or a digit, Ctrl+S, Ctrl+/ and Escape go on to
// the page, whatever the library would like to do with them.

import {
  cursorCharLeft,
  cursorCharRight,
  cursorDocEnd,
  cursorDocStart,
  cursorGroupLeft,
  cursorGroupRight,
  cursorLineBoundaryBackward,
  cursorLineBoundaryForward,
  cursorLineDown,
  cursorLineUp,
  cursorPageDown,
  cursorPageUp,
  deleteCharBackward,
  deleteCharForward,
  deleteGroupBackward,
  deleteGroupForward,
  deleteLineBoundaryBackward,
  insertNewlineKeepIndent,
  moveLineDown,
  moveLineUp,
  redo,
  selectAll,
  selectCharLeft,
  selectCharRight,
  selectDocEnd,
  selectDocStart,
  selectGroupLeft,
  selectGroupRight,
  selectLineBoundaryBackward,
  selectLineBoundaryForward,
  selectLineDown,
  selectLineUp,
  selectPageDown,
  selectPageUp,
  undo,
} from "@codemirror/commands";
import { EditorView, keymap } from "@codemirror/view";

import { asCode, wrapped } from "./marks.js";
import { continueList, indent, putMarks } from "./commands.js";

const motion = (key, run, shift, more = {}) => ({ key, run, shift, preventDefault: true, ...more });

const breakLine = (view) => !view.state.readOnly && insertNewlineKeepIndent(view);

const taken = [
  motion("ArrowLeft", cursorCharLeft, selectCharLeft),
  motion("ArrowRight", cursorCharRight, selectCharRight),
  motion("ArrowUp", cursorLineUp, selectLineUp),
  motion("ArrowDown", cursorLineDown, selectLineDown),
  // By words. On a Mac that is Alt with an arrow: the page's.
  { linux: "Ctrl-ArrowLeft", win: "Ctrl-ArrowLeft", run: cursorGroupLeft, shift: selectGroupLeft, preventDefault: true },
  { linux: "Ctrl-ArrowRight", win: "Ctrl-ArrowRight", run: cursorGroupRight, shift: selectGroupRight, preventDefault: true },
  motion("Home", cursorLineBoundaryBackward, selectLineBoundaryBackward, { mac: "Cmd-ArrowLeft" }),
  motion("End", cursorLineBoundaryForward, selectLineBoundaryForward, { mac: "Cmd-ArrowRight" }),
  motion("Mod-Home", cursorDocStart, selectDocStart, { mac: "Cmd-ArrowUp" }),
  motion("Mod-End", cursorDocEnd, selectDocEnd, { mac: "Cmd-ArrowDown" }),
  motion("PageUp", cursorPageUp, selectPageUp),
  motion("PageDown", cursorPageDown, selectPageDown),
  { key: "Mod-a", run: selectAll },
  { key: "Backspace", run: deleteCharBackward, shift: deleteCharBackward, preventDefault: true },
  { key: "Delete", run: deleteCharForward, preventDefault: true },
  { key: "Mod-Backspace", mac: "Alt-Backspace", run: deleteGroupBackward, preventDefault: true },
  { key: "Mod-Delete", mac: "Alt-Delete", run: deleteGroupForward, preventDefault: true },
  { mac: "Mod-Backspace", run: deleteLineBoundaryBackward, preventDefault: true },
  { key: "Mod-z", run: undo, preventDefault: true },
  { key: "Mod-y", mac: "Mod-Shift-z", run: redo, preventDefault: true },
  { linux: "Ctrl-Shift-z", run: redo, preventDefault: true },
  { key: "Alt-ArrowUp", run: moveLineUp },
  { key: "Alt-ArrowDown", run: moveLineDown },
  { key: "Enter", run: (view) => continueList(view) || breakLine(view), shift: breakLine },
  { key: "Tab", run: (view) => indent(view, false), shift: (view) => indent(view, true) },
  { key: "Mod-b", run: (view) => putMarks(view, (...at) => wrapped(...at, "**", "**")), preventDefault: true },
  { key: "Mod-i", run: (view) => putMarks(view, (...at) => wrapped(...at, "_", "_")), preventDefault: true },
  { key: "Mod-e", run: (view) => putMarks(view, asCode), preventDefault: true },
];

const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta"]);

// After Escape the next Tab leaves, however long it takes; the library would give it two seconds.
const leaving = EditorView.domEventHandlers({
  keydown(event, view) {
    if (event.key === "Escape") view.setTabFocusMode(true);
    else if (event.key !== "Tab" && !MODIFIERS.has(event.key)) view.setTabFocusMode(false);
    return false;
  },
  blur: (_, view) => view.setTabFocusMode(false),
});

export const keys = (onSave) => [
  leaving,
  keymap.of(onSave ? [...taken, { key: "Mod-s", run: () => (onSave(), true) }] : taken),
];
