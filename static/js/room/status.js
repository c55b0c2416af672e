// What is said below each step: what of it is saved, and how much there is. Of several parts the worst is said.

const ICONS = { saved: "#i-check", offline: "#i-offline", saving: "#i-clock" };
// What the interviewer was quoted with is nobody's own words.
const QUOTED = /^> Interviewer: .*(?:\n>.*)*/gm;
const WORST = ["offline", "saving", "saved"];

export function showStatus(room, drafts) {
  const editors = [...room.querySelectorAll(".editor")];
  drafts.onChange((draft) => {
    for (const editor of editors) {
      const parts = drafts.of(editor);
      if (parts.includes(draft)) paint(editor, parts);
    }
  });
}

function paint(editor, parts) {
  const told = parts.filter(({ says }) => says);
  const worst = told.sort((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state))[0];
  if (worst) {
    const status = editor.querySelector("[data-saved]");
    status.dataset.state = worst.state;
    say(status.querySelector("[data-saved-text]"), worst.says);
    status.querySelector("use").setAttribute("href", ICONS[worst.state]);
  }
  const text = parts.find(({ part }) => part === "text").field.value;
  const words = (text.replace(QUOTED, "").match(/\S+/g)?.length ?? 0).toLocaleString("en");
  for (const count of editor.querySelectorAll("[data-words]")) say(count, words);
}

// Only what is new: a status that is written again is read out again.
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
