// Moving between steps without leaving the page, so that it works offline too. The server is told, for the
// time spent in each step and for freezing the requirements; it answers with the stepper, the frozen list and what the
// interviewer has said.

import { post } from "./csrf.js";

const PATIENCE = 1500; // how long the words just typed may take to be saved before the move is told

export class Steps {
  #heard = [];

  constructor(room, drafts, clock) {
    this.room = room;
    this.drafts = drafts;
    this.clock = clock;
    this.editors = [...room.querySelectorAll(".editor")];
    this.confirm = document.getElementById("confirm-step");
    this.takes = new Map();
    room.addEventListener("click", (event) => {
      const link = event.target.closest(".stepper button");
      const next = event.target.closest("[data-next]");
      if (!link && !next) return;
      event.preventDefault();
      if (next) this.move(1);
      else this.show(link.closest("[data-step]").dataset.step);
    });
    this.confirm.addEventListener("close", () => {
      if (this.confirm.returnValue === "yes") this.#goStrict(this.wanted);
    });
    history.replaceState({ step: this.current.dataset.step }, "");
    window.addEventListener("popstate", (event) => {
      // Going to another pane is no going to another step.
      if (event.state?.step) this.show(event.state.step, { remember: false });
    });
    clock.on("change", () => this.#tell(this.current.dataset.step));
  }

  get current() {
    return this.editors.find((editor) => !editor.hidden);
  }

  get step() {
    return this.current.dataset.step;
  }

  // Calls back with the editor that has come to the front.
  onShown(heard) {
    this.#heard.push(heard);
  }

  // Who takes a piece of what the server answers, by its id; without anybody it takes the old one's place.
  gives(id, take) {
    this.takes.set(id, take);
  }

  move(by) {
    this.goTo(this.editors.indexOf(this.current) + by);
  }

  goTo(index) {
    if (this.editors[index]) this.show(this.editors[index].dataset.step);
  }

  async show(step, { remember = true } = {}) {
    const target = this.editors.find((editor) => editor.dataset.step === step);
    const from = this.current;
    if (!target || target === from) return;
    if (this.room.dataset.mode === "strict") return this.#askStrict(step);
    const saved = this.drafts.flush(this.drafts.of(from));
    this.#front(target);
    if (remember) history.pushState({ step }, "", `?step=${step}`);
    for (const heard of this.#heard) heard(target);
    // The snapshot of the requirements is made of what is saved: let the last words arrive first.
    await Promise.race([saved, new Promise((done) => setTimeout(done, PATIENCE))]);
    await this.#tell(step);
  }

  // A strict step has closed by itself: what is open now, the page knows when it is loaded anew.
  async refresh() {
    await this.drafts.flush();
    location.assign(location.pathname);
  }

  // Strict: only forward, and what is left stays closed. So ask first.
  #askStrict(step) {
    const here = this.editors.indexOf(this.current);
    if (this.editors.findIndex((editor) => editor.dataset.step === step) !== here + 1) {
      this.drafts.notices.show("Strict goes forward, one step at a time", "A step that was left is closed.");
      return;
    }
    this.wanted = step;
    this.confirm.returnValue = "";
    this.confirm.showModal();
  }

  async #goStrict(step) {
    if ((await this.drafts.flush()) === "saved" && (await this.#tell(step))) location.assign(location.pathname);
    else this.drafts.notices.show("Still in this step", "The network is away. Your words are kept in this browser; go on when it is back.");
  }

  #front(target) {
    for (const editor of this.editors) editor.hidden = editor !== target;
    for (const guide of this.room.querySelectorAll("[data-guide]")) guide.hidden = guide.dataset.guide !== target.dataset.step;
    for (const item of this.room.querySelectorAll(".stepper li")) {
      const now = item.dataset.step === target.dataset.step;
      if (now) item.dataset.state = "now";
      else if (item.dataset.state === "now") item.dataset.state = "done";
      const link = item.querySelector("button");
      if (now) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    document.title = document.title.replace(/^[^·]+/, `${target.querySelector("h2").textContent} `);
  }

  // True when the server has heard of the move and answered.
  async #tell(step) {
    try {
      const response = await post(this.room.dataset.go, { step }, { accept: "text/html" });
      if (!response.ok) return false;
      const parts = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of [...parts.body.children]) {
        const take = this.takes.get(part.id);
        if (take) take(part);
        else document.getElementById(part.id)?.replaceWith(part);
      }
      return true;
    } catch {
      // Offline: the time is counted to the step before until the next move is heard.
      return false;
    }
  }
}
