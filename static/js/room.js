// The practice room: the clock is painted, drafts are saved, nothing typed is lost.
// The server decides everything about time and versions; this file only makes it comfortable.

import { Clock } from "./room/clock.js";
import { csrfToken, post } from "./room/csrf.js";
import { Drafts, REASONS } from "./room/drafts.js";
import { Steps } from "./room/steps.js";
import { wireToolbar } from "./room/toolbar.js";
import { Preview } from "./room/preview.js";

const room = document.getElementById("room");
const announce = (text) => {
  document.getElementById("announce").textContent = text;
};

const clock = new Clock(room, announce);
const drafts = new Drafts(room, clock, announce);
const preview = new Preview(room, drafts);
const steps = new Steps(room, drafts, clock, preview);

for (const editor of room.querySelectorAll(".editor")) wireToolbar(editor);

// --- Handing in: ask first, save what is typed, then let the form go.
const finish = document.getElementById("finish");
const confirmBox = document.getElementById("confirm-finish");
finish.addEventListener("submit", (event) => {
  if (finish.dataset.sure) return;
  event.preventDefault();
  const empty = [...room.querySelectorAll(".editor")]
    .filter((editor) => !editor.querySelector("textarea").value.trim())
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
    const [title, text] = REASONS[result];
    announce(`Not handed in. ${title}.`);
    drafts.notice(`Not handed in. ${title}`, text);
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
    drafts.notice("Time is up", "The network is away. What was saved is handed in by the server; this page goes on when the network is back.");
    window.addEventListener("online", () => location.assign(room.dataset.result), { once: true });
    return;
  }
  if (response.status === 409) clock.hear((await response.json()).seconds_left);
  else {
    announce("Time is up. Your answer is handed in.");
    location.assign(room.dataset.result);
  }
});
clock.on("step", () => steps.refresh());

// --- Somebody with a keyboard came to write.
if (window.matchMedia("(pointer: fine)").matches && !location.hash) {
  steps.current.querySelector("textarea").focus({ preventScroll: true });
}

// --- Keys. Single keys act only outside text fields; every key has a button too.
const help = document.getElementById("help");
const openHelp = () => {
  if (!help.open) help.showModal();
};
for (const button of room.querySelectorAll("[data-help]")) button.addEventListener("click", openHelp);
for (const button of room.querySelectorAll("[data-show-pane]")) {
  button.addEventListener("click", () => {
    location.hash = button.dataset.showPane;
    preview.update();
  });
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    drafts.flush();
  } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      steps.move(event.key === "ArrowRight" ? 1 : -1);
    } else if (/^Digit[1-5]$/.test(event.code)) {
      event.preventDefault();
      steps.goTo(Number(event.code.at(-1)) - 1);
    }
  } else if (event.key === "?" && !event.target.matches("textarea, input")) {
    event.preventDefault();
    openHelp();
  }
});
