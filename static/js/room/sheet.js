// The estimation sheet: a line for each sum, and beside it what the server makes of it. The last answer stays where the
// network is away; what is typed does not wait for it.

import { post } from "./csrf.js";

const PAUSE = 300;
const SETTLED = 1500; // how long nothing must be typed until an error is said aloud: half a line is always wrong
const LEAST = 6;

export class Sheet {
  #timer = null;
  #saying = null;
  #asked = 0;
  #wrong = null;

  constructor(room, { drafts, announce, drop }) {
    this.room = room;
    this.announce = announce;
    this.area = document.getElementById("sheet");
    this.lines = this.area.parentElement;
    this.gutter = Object.assign(document.createElement("ol"), { className: "gutter", ariaHidden: "true" });
    this.lines.prepend(this.gutter);
    this.#wrong = wrong(document);
    this.#fit();
    this.#mark();
    // What comes below, as the list of errors, makes the place for the lines smaller.
    new ResizeObserver(() => this.#keepInView()).observe(this.lines);
    this.area.addEventListener("input", () => {
      this.#fit();
      this.later();
    });
    // What the later steps say decides which number is used.
    drafts.onSaved((draft) => {
      if (draft.part !== "sheet" && this.area.value.trim()) this.later();
    });
    window.addEventListener("online", () => this.later());
    if (this.area.value !== this.area.defaultValue) this.later();
    room.addEventListener("click", (event) => {
      const button = event.target.closest("[data-drop]");
      if (button) drop(button.dataset.drop);
    });
  }

  later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const number = (this.#asked += 1);
    let html;
    try {
      const response = await post(this.room.dataset.sheet, { sheet: this.area.value }, { accept: "text/html" });
      if (!response.ok) return;
      html = await response.text();
    } catch {
      return;
    }
    if (number === this.#asked) this.#show(new DOMParser().parseFromString(html, "text/html"));
  }

  #show(parts) {
    for (const part of [...parts.body.children]) {
      const old = document.getElementById(part.id);
      const focused = old?.contains(document.activeElement) ? document.activeElement.dataset.drop : null;
      const [isFocused, top] = [old === document.activeElement, old?.scrollTop];
      old?.replaceWith(part);
      if (isFocused) part.focus({ preventScroll: true });
      if (top) part.scrollTop = top;
      if (focused) [...part.querySelectorAll("[data-drop]")].find(({ dataset }) => dataset.drop === focused)?.focus();
    }
    this.#mark();
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => this.#say(), SETTLED);
  }

  // Only that an error has come or gone, not each time something is worked out.
  #say() {
    const now = wrong(document);
    const [came] = [...now].filter(([line, text]) => this.#wrong.get(line) !== text);
    if (came) this.announce(came[1]);
    else if (this.#wrong.size && !now.size) this.announce("Every line of the sheet works out.");
    this.#wrong = now;
  }

  #fit() {
    const count = this.area.value.split("\n").length;
    this.area.rows = Math.max(count + 1, LEAST);
    while (this.gutter.childElementCount > count) this.gutter.lastChild.remove();
    while (this.gutter.childElementCount < count) {
      this.gutter.append(Object.assign(document.createElement("li"), { textContent: this.gutter.childElementCount + 1 }));
    }
  }

  // The numbers that errors speak of; those of the lines that are wrong stand out.
  #mark() {
    const now = wrong(document);
    for (const number of this.gutter.children) number.toggleAttribute("data-wrong", now.has(number.textContent));
  }

  // The line that is being typed, when the lines scroll in a place of their own.
  #keepInView() {
    const { area, gutter, lines } = this;
    if (document.activeElement !== area) return;
    const before = area.value.slice(0, area.selectionEnd).split("\n").length;
    const line = gutter.children[before - 1].getBoundingClientRect();
    const place = lines.getBoundingClientRect();
    if (line.bottom > place.bottom) lines.scrollTop += line.bottom - place.bottom + line.height / 2;
    else if (line.top < place.top) lines.scrollTop -= place.top - line.top + line.height / 2;
  }
}

function wrong(page) {
  return new Map([...page.querySelectorAll("#sheet-errors [data-line]")].map((item) => [item.dataset.line, item.textContent.trim()]));
}
