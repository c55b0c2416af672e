// The practice room: the clock is painted, drafts are saved, nothing typed is lost.
// The server decides everything about time and versions; this file only makes it comfortable.

import { BoardField } from "./room/boardfield.js";
import { Clock } from "./room/clock.js";
import { csrfToken, post } from "./room/csrf.js";
import { Drafts, REASONS } from "./room/drafts.js";
import { Field } from "./room/fields.js";
import { Interviewer } from "./room/interviewer.js";
import { Keys } from "./room/keys.js";
import { Notices } from "./room/notices.js";
import { Offline } from "./room/offline.js";
import { wirePanes } from "./room/panes.js";
import { Preview } from "./room/preview.js";
import { Sheet } from "./room/sheet.js";
import { Side, showPane, toMain } from "./room/side.js";
import { showStatus } from "./room/status.js";
import { Steps } from "./room/steps.js";
import { TextField } from "./room/textfield.js";
import { Ways } from "./room/ways.js";

const room = document.getElementById("room");
const announce = (text) => {
  document.getElementById("announce").textContent = text;
};

const notices = new Notices();
const clock = new Clock(room, announce);
const drafts = new Drafts(room, clock, notices, announce);
const side = new Side(room);
const ways = new Ways(room);
showStatus(room, drafts);

// --- What is written in.
const texts = new Map();
for (const part of room.querySelectorAll("[data-part=text]")) {
  const field = new TextField(part.querySelector("textarea"), room.dataset.editor);
  texts.set(part.dataset.step, field);
  drafts.add(part, field);
  part.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) field.put(button.dataset.insert);
  });
}
const sheetPart = room.querySelector("[data-part=sheet]");
if (sheetPart) drafts.add(sheetPart, new Field(sheetPart.querySelector("textarea")));
// The board is kept like the rest from the start; what shows it comes with the first step that draws.
const boardPart = document.getElementById("board");
const boardField = boardPart && new BoardField(boardPart.querySelector("[data-source]"), "closed" in boardPart.dataset);
const boardDraft = boardPart && drafts.add(boardPart, boardField);
let board = null;
let coming = null;

async function boardIsHere() {
  coming ??= Promise.all([import("./room/board.js"), import("./room/transfer.js")]);
  try {
    const [{ Board }, { Transfer }] = await coming;
    board ??= new Board(room, { part: boardPart, draft: boardDraft, side, ways, announce });
    board.transfer ??= new Transfer(room, board);
    return true;
  } catch {
    coming = null;
    notices.show("The board could not be fetched", "What is on it is kept; a Mermaid flowchart in the text does the same. It is tried again when you come back to this step.");
    return false;
  }
}
for (const form of room.querySelectorAll(".writing")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    drafts.flush();
  });
}
new Offline(drafts, announce);

// --- What is in front.
const steps = new Steps(room, drafts, clock);
const text = () => texts.get(steps.step);
new Preview(room, side, () => text().value);
wirePanes(room);

// Where somebody goes on writing: the text if that is in front, else the sheet, else the heading above the board.
function focusWork() {
  const editor = steps.current;
  if (ways.of(editor) === "board") editor.querySelector("h2").focus({ preventScroll: true });
  else if (editor.contains(sheetPart)) drafts.get(editor.dataset.step, "sheet").field.focus();
  else text().focus();
}

function inFront(editor) {
  const draws = editor.querySelector(".boardplace") !== null;
  side.follow({ way: ways.of(editor), draws });
  if (draws) boardIsHere().then((isHere) => isHere && board.enter(editor));
  if (ways.of(editor) === "text") texts.get(editor.dataset.step).mount();
}

function showText() {
  ways.show(steps.current, "text", { keepFocus: true });
  toMain();
}

function showBoard() {
  ways.show(steps.current, "board");
  toMain();
}

steps.onShown((editor) => {
  toMain();
  inFront(editor);
  focusWork();
});
ways.onShown((editor, { isNew, keepFocus }) => {
  if (isNew) inFront(editor);
  if (keepFocus) return;
  if (ways.of(editor) === "text") text().focus();
  else boardField.focus();
});
clock.on("step", () => steps.refresh());
clock.on("signal", (left) => {
  const isLast = left.startsWith("One");
  notices.show(left, "What is saved at zero is handed in.", isLast ? { tone: "accent", seconds: 20 } : { tone: "plain", seconds: 12 });
  announce(`${left}.`);
});

// --- Numbers and follow-ups go into the text that is in front.
if (sheetPart) {
  new Sheet(room, {
    drafts,
    announce,
    drop: (words) => {
      if (text().readOnly) return;
      showText();
      text().drop(words);
      text().focus();
      announce(`${words} is in the text.`);
    },
  });
}
const interviewer = new Interviewer(room, {
  drafts,
  steps,
  side,
  announce,
  answer: (quote) => {
    showText();
    const before = text().value;
    if (!before.includes(quote)) text().append(`${before.trim() ? `${before.endsWith("\n") ? "" : "\n"}\n` : ""}${quote}\n\n`);
    text().focus();
  },
});

// --- Handing in: ask first, save what is typed, then let the form go.
const finish = document.getElementById("finish");
const confirmBox = document.getElementById("confirm-finish");
finish.addEventListener("submit", (event) => {
  if (finish.dataset.sure) return;
  event.preventDefault();
  const empty = steps.editors
    // The board stands for the step that it is kept with; the deep dive is what is written there.
    .filter((editor) => drafts.of(editor).every(({ step, field }) => step !== editor.dataset.step || !field.value.trim()))
    .map((editor) => editor.querySelector("h2").textContent);
  confirmBox.querySelector("[data-empty-steps]").textContent = empty.length ? `Still empty: ${empty.join(", ")}.` : "";
  confirmBox.returnValue = "";
  confirmBox.showModal();
});
confirmBox.addEventListener("close", async () => {
  if (confirmBox.returnValue === "yes") await handIn();
});

async function handIn() {
  const result = await drafts.flush();
  if (result !== "saved") {
    const [title, words] = REASONS[result];
    announce(`Not handed in. ${title}.`);
    notices.show(`Not handed in. ${title}`, words);
    return;
  }
  finish.elements.csrfmiddlewaretoken.value = csrfToken();
  finish.dataset.sure = "yes";
  finish.requestSubmit();
}

// --- At zero: save, then ask the server to hand in. It refuses while its own clock still runs; offline or asleep,
// it does so without us.
clock.on("end", async () => {
  await drafts.flush();
  let response;
  try {
    response = await post(finish.action, { reason: "deadline" }, { redirect: "manual" });
  } catch {
    notices.show("Time is up", "The network is away. What was saved is handed in by the server; this page goes on when the network is back.");
    window.addEventListener("online", () => location.assign(room.dataset.result), { once: true });
    return;
  }
  if (response.status === 409) clock.hear((await response.json()).seconds_left);
  else {
    announce("Time is up. Your answer is handed in.");
    location.assign(room.dataset.result);
  }
});

// --- Keys, and the buttons that do the same.
const onlyHere = (run) => () => steps.current.querySelector(".boardplace") && run();
const focusPane = (name) => () => {
  if (document.documentElement.hasAttribute(`data-no-${name}`)) showPane(name, true);
  document.getElementById(name).focus();
};
// Who was in a pane that is put away goes on with the work.
const togglePane = (name) => () => {
  const wasIn = document.getElementById(name).contains(document.activeElement) || document.activeElement?.dataset.resizes === name;
  if (!showPane(name) && wasIn) focusWork();
};
const keys = new Keys(
  [
    { keys: ["Alt+ArrowRight"], what: "next step", run: () => steps.move(1) },
    { keys: ["Alt+ArrowLeft"], what: "previous step", run: () => steps.move(-1) },
    { keys: ["Alt+1 to 5"], what: "go to a step", run: (number) => steps.goTo(number - 1) },
    { keys: ["Ctrl+S"], what: "save now (it also happens by itself)", run: () => drafts.flush() },
    { keys: ["Ctrl+Enter"], what: "hand in; it asks first. In the question box: ask", run: () => finish.requestSubmit() },
    { keys: ["Alt+Shift+A"], what: "to the answer: text, sheet or board", run: () => (toMain(), focusWork()) },
    { keys: ["Alt+Shift+T"], what: "to the text of this step", run: () => (showText(), text().focus()) },
    ...(boardPart
      ? [
          { keys: ["Alt+Shift+B"], what: "to the board", run: onlyHere(showBoard) },
          { keys: ["Alt+Shift+O"], what: "to the outline of the board", run: onlyHere(toOutline) },
          { keys: ["Alt+Shift+X"], what: "import and export the board", run: onlyHere(() => board?.transfer.open()) },
        ]
      : []),
    ...(sheetPart ? [{ keys: ["Alt+Shift+S"], what: "to the sheet", run: toSheet }] : []),
    { keys: ["Alt+Shift+R"], what: "read the brief", run: focusPane("brief") },
    { keys: ["Alt+Shift+I"], what: "ask the interviewer", run: () => interviewer.focusAsk() },
    { keys: ["Alt+Shift+H"], what: "to the hints; taking one asks first", run: () => interviewer.focusHint() },
    { keys: ["Alt+Shift+P"], what: "preview", run: () => side.open("preview") },
    { keys: ["Alt+Shift+G"], what: "what this step looks for", run: () => side.open("guide") },
    { keys: ["Alt+Shift+L"], what: "put the left pane away, or back", run: togglePane("brief") },
    { keys: ["Alt+Shift+K"], what: "put the right pane away, or back", run: togglePane("side") },
    { keys: ["Ctrl+B"], what: "bold, in the text" },
    { keys: ["Ctrl+I"], what: "emphasis, in the text" },
    { keys: ["Ctrl+E"], what: "code, in the text" },
    { keys: ["Ctrl+Z"], what: "undo; Ctrl Y does it again" },
    { keys: ["Tab"], what: "leave the text; in a list or code it indents, Shift Tab the other way" },
    { keys: ["Escape", "Tab"], join: "then", what: "leave a list or code in the text" },
    { keys: ["?", "Ctrl+/", "Alt+H"], what: "this list; the question mark only outside text", run: () => keys.open() },
  ],
  { onSingleKeys: (are) => board?.setKeys(are) },
);

async function toOutline() {
  if ((await boardIsHere()) && (await board.outlined())) {
    side.open("outline", { focus: false });
    board.outline.focus();
  }
}

async function toSheet() {
  const { step } = sheetPart.dataset;
  if (steps.step !== step) await steps.show(step);
  drafts.get(step, "sheet").field.focus();
}

for (const button of room.querySelectorAll("[data-help]")) button.addEventListener("click", () => keys.open());
for (const button of room.querySelectorAll("[data-show-side]")) {
  button.addEventListener("click", () => side.open(button.dataset.showSide));
}

// --- Somebody with a keyboard came to write.
inFront(steps.current);
if (window.matchMedia("(pointer: fine)").matches && !location.hash) focusWork();
