// The text as it will be read, with its diagrams drawn by the server, and what was understood of them.

import { post } from "./csrf.js";

const PAUSE = 700;

export class Preview {
  #timer = null;
  #shown = null;
  #asking = null;

  constructor(room, drafts) {
    this.room = room;
    this.box = document.getElementById("rendered");
    room.addEventListener("input", (event) => {
      if (event.target.matches("textarea")) this.later();
    });
    drafts.onSaved(() => this.later());
    // On a phone the pane comes into sight by its tab.
    window.addEventListener("hashchange", () => this.update());
    this.later();
  }

  later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.update(), PAUSE);
  }

  async update() {
    const editor = [...this.room.querySelectorAll(".editor")].find((form) => !form.hidden);
    const text = editor?.querySelector("textarea").value ?? "";
    // Nothing asks for a pane that nobody sees.
    if (text === this.#shown || this.box.offsetParent === null) return;
    this.#asking?.abort();
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
