// Every key of the room, in one table: what is listed is what works. Each has a button too. Single keys act only outside
// text fields, and can be switched off.

import { keep, setting } from "./settings.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const TEXT = "textarea, input, select, [contenteditable=true], .excalidraw, [role=tree] *, [role=tablist] *";

/**
 * `table` holds groups of {keys, what, run}: keys such as "Ctrl+S", "Alt+Shift+B", "?", or with "1 to 5" for a row of
 * digits, of which `run` gets the number. A single key is one without Ctrl or Alt. What has no `run` is done where it is
 * pressed, and listed only; `join` is what stands between its keys.
 */
export class Keys {
  constructor(table, { onSingleKeys }) {
    this.table = table;
    this.dialog = document.getElementById("help");
    this.#list();
    document.addEventListener("keydown", (event) => this.#heard(event));
    const box = this.dialog.querySelector("[data-single-keys]");
    box.checked = setting("single-keys", true);
    box.addEventListener("change", () => {
      keep("single-keys", box.checked);
      onSingleKeys(box.checked);
    });
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  #heard(event) {
    if (event.defaultPrevented || event.isComposing) return;
    for (const row of this.table) {
      for (const keys of row.keys) {
        const number = matches(keys, event);
        if (number === false) continue;
        if (!row.run) return;
        event.preventDefault();
        row.run(number);
        return;
      }
    }
  }

  #list() {
    const rows = this.table.flatMap(({ keys, what, join = "or" }) => {
      const term = document.createElement("dt");
      keys.forEach((each, index) => {
        if (index) term.append(` ${join} `);
        term.append(...shown(each));
      });
      const words = document.createElement("dd");
      words.textContent = what;
      return [term, words];
    });
    this.dialog.querySelector("[data-keys]").replaceChildren(...rows);
  }
}

// false, or what it matched: the digit of "1 to 5", else true.
function matches(keys, event) {
  const parts = keys.split("+");
  const last = parts.pop();
  const [ctrl, alt, shift] = ["Ctrl", "Alt", "Shift"].map((name) => parts.includes(name));
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand !== ctrl || event.altKey !== alt) return false;
  if (!ctrl && !alt) {
    const isSingle = setting("single-keys", true) && !event.target.closest(TEXT) && !document.querySelector("dialog[open]");
    return isSingle && event.key === last;
  }
  if (document.querySelector("dialog[open]")) return false;
  if (event.shiftKey !== shift) return false;
  // On a Mac, Alt with an arrow goes by words in a text.
  if (MAC && alt && !shift && last.startsWith("Arrow") && event.target.closest("textarea, input, [contenteditable=true]")) return false;
  if (last === "1 to 5") return /^Digit[1-5]$/.test(event.code) && Number(event.code.at(-1));
  if (last.length > 1) return event.key === last;
  // By the place of the key: with Alt a Mac makes other letters.
  return /[A-Z]/.test(last) ? event.code === `Key${last}` : event.key === last;
}

function shown(keys) {
  const names = { Ctrl: MAC ? "⌘" : "Ctrl", Alt: MAC ? "⌥" : "Alt", ArrowRight: "→", ArrowLeft: "←", Escape: "Esc" };
  const said = keys.split("+").flatMap((name) => (name === "1 to 5" ? ["1", "to", "5"] : [names[name] ?? name]));
  return said.flatMap((name) => {
    if (name === "to") return [" to "];
    const key = document.createElement("kbd");
    key.textContent = name;
    return [key, " "];
  });
}
