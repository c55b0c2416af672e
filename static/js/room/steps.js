// Moving between steps without leaving the page, so that it works offline too. The server is told, for the
// time spent in each step and for freezing the requirements; it answers with the stepper and the frozen list.

export class Steps {
  constructor(room, drafts, clock, preview) {
    this.room = room;
    this.drafts = drafts;
    this.clock = clock;
    this.preview = preview;
    this.editors = [...room.querySelectorAll(".editor")];
    room.addEventListener("click", (event) => {
      const link = event.target.closest(".stepper a");
      if (link) {
        event.preventDefault();
        this.show(link.closest("[data-step]").dataset.step);
      } else if (event.target.closest("[data-next]")) this.move(1);
    });
    window.addEventListener("popstate", () => {
      const step = new URLSearchParams(location.search).get("step") || this.editors[0].dataset.step;
      this.show(step, { remember: false });
    });
  }

  get current() {
    return this.editors.find((editor) => !editor.hidden);
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
    if (this.room.dataset.mode === "strict") return this.#strict(step);
    this.drafts.get(from.dataset.step).save();
    this.#front(target);
    if (remember) history.pushState(null, "", `?step=${step}`);
    await this.#tell(step);
  }

  // Strict: only the server knows which step is open, so the page is loaded anew.
  async #strict(step) {
    await this.drafts.flush();
    await this.#tell(step);
    location.assign(location.pathname);
  }

  // A strict step has closed by itself.
  async refresh() {
    await this.drafts.flush();
    location.assign(location.pathname);
  }

  #front(target) {
    for (const editor of this.editors) editor.hidden = editor !== target;
    for (const guide of this.room.querySelectorAll("[data-guide]")) guide.hidden = guide.dataset.guide !== target.dataset.step;
    for (const item of this.room.querySelectorAll(".stepper li")) {
      const now = item.dataset.step === target.dataset.step;
      if (now) item.dataset.state = "now";
      else if (item.dataset.state === "now") item.dataset.state = "done";
      const link = item.querySelector("a");
      if (now) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    const heading = target.querySelector("h2");
    document.title = document.title.replace(/^[^·]+/, `${heading.textContent} `);
    if (location.hash && location.hash !== "#main") history.replaceState(null, "", location.pathname + location.search);
    target.querySelector("textarea").focus({ preventScroll: true });
    this.preview.update();
  }

  async #tell(step) {
    const csrf = this.current.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      await window.htmx.ajax("POST", this.room.dataset.go, { values: { step, csrfmiddlewaretoken: csrf }, target: "#announce", swap: "none" });
    } catch {
      // Offline: the time is counted to the step before until the next move is heard.
    }
  }
}
