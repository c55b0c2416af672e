// The interviewer's pane without leaving the page: questions, hints, follow-ups. It speaks up only when somebody has
// paused, never takes the focus and never moves what is being written. The newest is brought into sight in its pane.

import { csrfToken } from "./csrf.js";

const PAUSED = 8_000;
const EVERY = 20_000;
const LOOK = 2_000;
const GAP = 12; // between what was said and what stands above and below it

export class Interviewer {
  #lastKey = performance.now();
  #lastHeard = performance.now();
  #unheard = 0;
  #busy = false;

  constructor(room, { drafts, steps, side, announce, answer }) {
    Object.assign(this, { drafts, steps, side, announce, answer });
    this.panel = document.getElementById("interviewer");
    this.badges = [...room.querySelectorAll("[data-unheard]")];
    this.typed = `fortyfive-ask:${room.dataset.session}`;
    this.panel.addEventListener("submit", (event) => this.#submit(event));
    this.panel.addEventListener("input", (event) => {
      if (event.target.id === "ask") this.#keepTyped(event.target.value);
    });
    this.panel.addEventListener("keydown", (event) => {
      // Everywhere else in the room this hands in.
      if (event.target.id !== "ask" || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.target.form.requestSubmit();
    });
    this.panel.addEventListener("click", (event) => {
      const button = event.target.closest("[data-answer]");
      if (button) this.#answer(button);
    });
    this.#bringTyped();
    steps.gives("talk", (part) => this.#take(part));
    side.onShown(() => this.#looked());
    window.addEventListener("hashchange", () => this.#looked());
    for (const event of ["keydown", "pointerdown", "input"]) {
      document.addEventListener(event, () => (this.#lastKey = performance.now()), { capture: true, passive: true });
    }
    setInterval(() => this.#listen(), LOOK);
  }

  get talk() {
    return document.getElementById("talk");
  }

  focusAsk() {
    this.side.open("interviewer", { focus: false });
    this.panel.querySelector("#ask")?.focus();
  }

  focusHint() {
    this.side.open("interviewer", { focus: false });
    this.panel.querySelector("form[action*=hint] button")?.focus();
    this.#toNewest();
  }

  // --- What the page asks by itself.

  async #listen() {
    const now = performance.now();
    const idle = now - this.#lastKey;
    if (idle < PAUSED || now - this.#lastHeard < EVERY || this.#busy) return;
    if (document.hidden || this.drafts.isOffline || this.drafts.isDirty) return;
    this.#lastHeard = now;
    const { listen, known } = this.talk.dataset;
    await this.#send(listen, { step: this.steps.step, idle: (idle / 1000).toFixed(1), known }, { isQuiet: true });
  }

  // --- What somebody asks.

  async #submit(event) {
    event.preventDefault();
    const { target: form, submitter } = event;
    const values = Object.fromEntries(new FormData(form, submitter));
    if ("step" in values) values.step = this.steps.step;
    const url = form.getAttribute("action");
    const isAsking = form.id === "ask-form";
    if (isAsking && !values.text.trim()) return this.#askForWords();
    // A hint is for what is written by now.
    if (url.includes("hint")) await this.drafts.flush();
    const isTaken = await this.#send(url, values, { method: form.method, submitter });
    if (isTaken && isAsking) {
      this.#keepTyped("");
      const box = this.panel.querySelector("#ask");
      if (box && !box.matches("[aria-invalid=true]")) box.value = "";
    }
  }

  // Blanks are no question: the browser says so, as it does where there is nothing at all.
  #askForWords() {
    const box = this.panel.querySelector("#ask");
    box.setCustomValidity("Write your question first.");
    box.reportValidity();
    box.addEventListener("input", () => box.setCustomValidity(""), { once: true });
  }

  async #answer(button) {
    const form = button.closest("form");
    this.answer(button.dataset.answer);
    await this.#send(form.getAttribute("action"), { ...Object.fromEntries(new FormData(form)), how: "answered" }, { isQuiet: true });
  }

  // True when an answer came. What is asked in between waits for nothing: the last answer holds everything.
  async #send(url, values, { method = "post", isQuiet = false } = {}) {
    this.#busy = true;
    const isGet = method === "get";
    const target = isGet ? `${url}?${new URLSearchParams(values)}` : url;
    const headers = { Accept: "text/html", "HX-Request": "true", "X-CSRFToken": csrfToken() };
    try {
      const response = await fetch(target, { method, headers, body: isGet ? undefined : new URLSearchParams(values) });
      if (response.status === 204) return true;
      if (!response.ok && response.status !== 409 && response.status !== 422) {
        if (!isQuiet) this.#say("The interviewer cannot answer just now. What you typed stays here; try again in a moment.");
        return false;
      }
      const part = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("talk");
      if (part) this.#take(part, { isOwn: !isQuiet, isAboutHints: url.includes("hint") });
      return response.ok;
    } catch {
      if (!isQuiet) this.#say("The network is away. What you typed stays here; ask again when it is back.");
      return false;
    } finally {
      this.#busy = false;
    }
  }

  #say(text) {
    this.drafts.notices.show("Not asked", text, { seconds: 10 });
    this.announce(text);
  }

  // --- What comes back takes the old pane's place, and what somebody was at in it stays where it was.

  #take(part, { isOwn = false, isAboutHints = false } = {}) {
    const old = this.talk;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const box = old.querySelector("#ask");
    const [typed, from, to, before] = [box?.value ?? "", box?.selectionStart, box?.selectionEnd, focused?.getBoundingClientRect().top];
    const known = new Set([...old.querySelectorAll("[data-say]")].map(({ id }) => id));
    const offer = old.querySelector("form#said-offer");
    const isNewStep = old.dataset.step !== part.dataset.step;
    // What was offered and neither taken nor left is still on offer in its step.
    if (offer && !isAboutHints && !isNewStep && part.querySelector(".forhint")) {
      part.querySelector(".forhint").remove();
      part.querySelector(".askbar").prepend(offer);
    }
    old.replaceWith(part);
    this.#change(part);
    const next = this.panel.querySelector("#ask");
    if (next && typed && !next.value) next.value = typed;
    const said = [...part.querySelectorAll("[data-say]")].filter(({ id }) => !known.has(id));
    const isFocused = focused && this.#focusLike(focused, { from, to, before }, isOwn ? said.at(-1) : null);
    for (const one of said) {
      // What has the focus is read out because of that.
      if (!isFocused || !one.contains(document.activeElement)) this.announce(one.dataset.say.replace(/^Follow-up: /, "The interviewer asks: "));
    }
    if (said.length || isNewStep) this.#toNewest(said.at(-1));
    if (!isOwn) this.#count(said.length);
  }

  // Where somebody was, else what came for it. True where the focus is not where it was.
  #focusLike(focused, { from, to, before }, came) {
    const same = focused.id ? document.getElementById(focused.id) : this.#twin(focused);
    const target = same ?? (came?.tabIndex === -1 ? came : null) ?? this.panel.querySelector(focused.closest("#said-offer") ? ".forhint button" : "#ask") ?? this.panel;
    target.focus({ preventScroll: true });
    if (focused.id === "ask" && same) same.setSelectionRange(from, to);
    if (same) this.#scroller(same).scrollTop += same.getBoundingClientRect().top - before;
    return !same;
  }

  // The same button of the same form: about the same follow-up, with the same answer.
  #twin(focused) {
    const like = (button) => {
      const values = new FormData(button.form);
      return [button.form.getAttribute("action"), button.form.method, values.get("key"), button.name, button.value, button.dataset.answer].join("\n");
    };
    if (!focused.form) return undefined;
    return [...this.panel.querySelectorAll("form button")].find((button) => like(button) === like(focused));
  }

  #scroller(element) {
    const pane = element.closest(".pane");
    return pane.scrollHeight > pane.clientHeight ? pane : document.scrollingElement;
  }

  // Scrolls so far that it stands above the box to ask in, and no further than its first line.
  #toNewest(came) {
    const all = [...this.talk.querySelectorAll("[data-say]")].filter((each) => !each.closest(".askbar"));
    const element = all.includes(came) ? came : all.at(-1);
    if (!element || !this.side.isSeen("interviewer")) return;
    const bar = this.talk.querySelector(".askbar")?.getBoundingClientRect();
    const { top, bottom } = element.getBoundingClientRect();
    const head = Math.max(this.side.pane.getBoundingClientRect().top, document.querySelector(".panes > .bar").getBoundingClientRect().bottom) + GAP * 5;
    const foot = (bar?.top ?? window.innerHeight) - GAP;
    const by = top < head ? top - head : Math.min(Math.max(bottom - foot, 0), top - head);
    this.#scroller(element).scrollTop += by;
  }

  // A requirement that has changed stands with the others in the left pane, too.
  #change(part) {
    const change = part.querySelector("[data-change] .ask");
    const place = document.querySelector("#frozen [data-changed]");
    if (!change || !place) return;
    place.querySelector("[data-now]").textContent = change.textContent;
    place.hidden = false;
    place.closest("#frozen").hidden = false;
  }

  // --- How much was said that nobody has looked at.

  #count(more) {
    if (!more) return;
    this.#unheard += more;
    this.#heardNow();
    for (const badge of this.badges) {
      badge.hidden = !this.#unheard;
      badge.textContent = this.#unheard || "";
    }
  }

  // After the pane has come into sight.
  #looked() {
    this.#heardNow();
    requestAnimationFrame(() => this.#toNewest());
  }

  #heardNow() {
    if (!this.side.isSeen("interviewer")) return;
    this.#unheard = 0;
    for (const badge of this.badges) badge.hidden = true;
  }

  // --- A question that was begun survives a reload.

  #keepTyped(text) {
    try {
      if (text) localStorage.setItem(this.typed, text);
      else localStorage.removeItem(this.typed);
    } catch {
      // Storage is full or switched off; the words are in the box.
    }
  }

  #bringTyped() {
    const box = this.panel.querySelector("#ask");
    try {
      if (box && !box.value) box.value = localStorage.getItem(this.typed) ?? "";
    } catch {
      // Nothing was kept then.
    }
  }
}
