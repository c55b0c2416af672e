// The text as it will be read, with its diagrams drawn by the server, and what was understood of them.

import { post } from "./csrf.js";

const PAUSE = 700;

export class Preview {
  #timer = null;
  #shown = null;
  #asking = null;

  // `text()` is the text that is in front.
  constructor(room, side, text) {
    this.room = room;
    this.side = side;
    this.text = text;
    this.box = document.getElementById("rendered");
    this.empty = [...this.box.childNodes]; // what stands there until there is something to read
    room.addEventListener("input", (event) => {
      if (event.target.matches("[data-part=text] textarea")) this.later();
    });
    side.onShown(() => this.update());
    window.addEventListener("hashchange", () => this.update());
  }

  later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.update(), PAUSE);
  }

  async update() {
    const text = this.text();
    // Nothing asks for a pane that nobody sees.
    if (text === this.#shown || !this.side.isSeen("preview")) return;
    this.#asking?.abort();
    if (!text.trim()) {
      this.box.replaceChildren(...this.empty);
      this.#shown = text;
      return;
    }
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const response = await post(this.room.dataset.preview, { text }, { accept: "text/html" });
      if (!response.ok || signal.aborted) return;
      this.box.innerHTML = await response.text();
      this.#shown = text;
    } catch {
      // Offline, or overtaken by newer text: the preview waits, the words do not.
    }
  }
}
