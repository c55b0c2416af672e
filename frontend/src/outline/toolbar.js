// A button for everything that has a key, in one stop of the tab order.

import { icon, make } from "./dom.js";

// [what it does, icon or none where the word is shown, word, key as it is written, key as browsers name it]
const BUTTONS = [
  ["addPart", null, "Part", "P", "P"],
  ["addLink", null, "Link", "L", "L"],
  ["addArea", null, "Area", "A", "A"],
  ["edit", "pen", "Edit", "Enter", "Enter"],
  ["turn", "turn", "Turn the link", "T", "T"],
  ["remove", "bin", "Remove", "Del", "Delete"],
  ["arrange", "order", "Put in order", "O", "O"],
  ["undo", "undo", "Undo", "Ctrl Z", "Control+Z"],
  ["redo", "redo", "Redo", "Ctrl Y", "Control+Y"],
];

// These stand on one line, also where not all fit on it.
const TOGETHER = ["undo", "redo"];

export class Toolbar {
  constructor(actions) {
    this.buttons = new Map(BUTTONS.map((row) => [row[0], button(row, actions)]));
    this.element = make(
      "div",
      { class: "toolbar", role: "toolbar", "aria-label": "Outline" },
      ...[...this.buttons].filter(([name]) => !TOGETHER.includes(name)).map(([, each]) => each),
      make("span", { class: "together" }, ...TOGETHER.map((name) => this.buttons.get(name))),
    );
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusin", (event) => this.hold(event.target));
    this.hold(this.buttons.get("addPart"));
  }

  /** Which actions there is something for. They stay reachable, so that nobody has to hunt for them. */
  allow(allowed) {
    for (const [name, each] of this.buttons) each.setAttribute("aria-disabled", String(!allowed.has(name)));
  }

  /** Says the keys; single letters only where they are not the page's. */
  setKeys(letters) {
    for (const [name, , , shown, key] of BUTTONS) {
      const each = this.buttons.get(name);
      const isHere = letters || key.length > 1;
      const label = each.getAttribute("aria-label");
      each.title = isHere ? `${label} (${shown})` : label;
      if (isHere) each.setAttribute("aria-keyshortcuts", key);
      else each.removeAttribute("aria-keyshortcuts");
    }
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.buttons.values()];
    all[(all.indexOf(event.target) + step + all.length) % all.length].focus();
  }

  hold(target) {
    for (const each of this.buttons.values()) each.tabIndex = each === target ? 0 : -1;
  }
}

function button([name, sign, word], actions) {
  const attributes = {
    class: `btn quiet small${sign ? " icon-only" : ""}`,
    type: "button",
    "aria-label": sign ? word : `Add ${word === "Area" ? "an" : "a"} ${word.toLowerCase()}`,
    onclick: () => actions[name](),
  };
  return make("button", attributes, sign ? icon(sign) : word);
}
