// Saving what is typed. Within two seconds of a pause, at most five seconds apart while typing goes on.
// Every keystroke is also kept in this browser until the server has acknowledged it: offline, a crash or a
// reload lose nothing. A save names the version it is based on; when another tab was first, both texts stay.

import { post } from "./csrf.js";
import { Kept } from "./kept.js";

const PAUSE = 1500;
const LONGEST = 4500;
const BACKOFF = [1000, 2000, 4000, 8000, 15000];
// Bodies that outlive their page are limited to 64 KB by browsers; encoded text may triple.
const OUTLIVES = 15_000;

// What stands in the way of a save, in words for whoever wants to hand in.
export const REASONS = {
  offline: ["The network is away", "Your words are kept in this browser; hand in again when it is back. At the end of the time, what was saved is handed in by itself."],
  conflict: ["A step was changed somewhere else", "Choose above which text goes on; then hand in."],
  refused: ["A step could not be saved", "See beside the text what is wrong with it; then hand in."],
  signedout: ["You are signed out", "Sign in again in another tab; then hand in here. Your words are kept in this browser."],
  trouble: ["The server could not save", "Your words are kept in this browser and sent again in a moment; then hand in."],
};

export class Drafts {
  #all = new Map();

  constructor(room, clock, announce) {
    this.room = room;
    this.clock = clock;
    this.announce = announce;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(`fortyfive-${room.dataset.session}`) : null;
    for (const form of room.querySelectorAll(".editor")) this.#all.set(form.dataset.step, new Draft(form, this));
    this.#otherTabs();
    window.addEventListener("online", () => this.flush());
    const leave = () => {
      for (const draft of this.#all.values()) draft.leave();
    };
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) leave();
    });
    window.addEventListener("pagehide", leave);
  }

  get(step) {
    return this.#all.get(step);
  }

  // Send everything that is not saved yet. "saved", or the first thing that stands in the way: a key of REASONS.
  async flush() {
    const results = await Promise.all([...this.#all.values()].map((draft) => draft.save()));
    const trouble = results.find((result) => result !== "saved") ?? "saved";
    if (trouble === "saved") this.clearNotices();
    return trouble;
  }

  onSaved(callback) {
    this.saved = callback;
  }

  clearNotices() {
    for (const old of document.querySelectorAll("#notices [data-passing]")) old.remove();
  }

  notice(title, text, tone = "warn") {
    this.clearNotices();
    const box = document.createElement("section");
    box.className = "notice";
    box.dataset.tone = tone;
    box.dataset.passing = "yes";
    box.setAttribute("role", "status");
    const icon = document.querySelector("#room .icon").cloneNode(true);
    icon.querySelector("use").setAttribute("href", "#i-info");
    const body = document.createElement("div");
    const strong = document.createElement("strong");
    strong.textContent = `${title}. `;
    body.append(strong, text);
    box.append(icon, body);
    document.getElementById("notices").append(box);
  }

  // The tab that was opened first is told at once; whether it may still save, versions decide.
  #otherTabs() {
    if (!this.channel) return;
    this.channel.addEventListener("message", (event) => {
      if (event.data === "opened") {
        this.notice("Open in another tab", "This session was opened in a second tab. Write in one of them; what you type in both is kept.");
        this.announce("This session was opened in another tab.");
      }
    });
    this.channel.postMessage("opened");
  }
}

class Draft {
  #timer = null;
  #firstChange = null;
  #saving = null;
  #failures = 0;
  #stopped = null; // "conflict" while the choice is on the screen, "closed" once nothing more is taken

  constructor(form, drafts) {
    this.form = form;
    this.drafts = drafts;
    this.area = form.querySelector("textarea");
    this.step = form.dataset.step;
    this.version = Number(this.area.dataset.version);
    this.savedText = this.area.value;
    this.kept = new Kept(drafts.room.dataset.session, this.step);
    this.status = form.querySelector("[data-saved]");
    this.area.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.#restore();
  }

  get dirty() {
    return this.area.value !== this.savedText;
  }

  changed() {
    this.kept.put(this.area.value, this.version);
    this.#count();
    if (this.#stopped) return;
    const now = performance.now();
    this.#firstChange ??= now;
    clearTimeout(this.#timer);
    const wait = Math.max(Math.min(PAUSE, this.#firstChange + LONGEST - now), 0);
    this.#timer = setTimeout(() => this.save(), wait);
    if (this.status.dataset.state !== "offline") this.#show("saving", "Not saved yet");
  }

  // One save at a time; what was typed meanwhile goes with the next. "saved" when nothing is left unsaved.
  async save() {
    clearTimeout(this.#timer);
    while (this.#saving) await this.#saving;
    if (this.#stopped === "closed" || !this.dirty) return "saved";
    if (this.#stopped) return this.#stopped;
    this.#saving = this.#send(this.area.value);
    const result = await this.#saving;
    this.#saving = null;
    return result === "saved" && this.dirty && !this.#stopped ? this.save() : result;
  }

  // Leaving the page or the tab: one last try that outlives it. After a conflict the server keeps the words aside.
  leave() {
    if (!this.dirty || this.#stopped === "closed" || this.#saving) return;
    const text = this.area.value;
    if (text.length > OUTLIVES) this.save();
    else if (this.#stopped) post(this.form.action, this.#values(text), { keepalive: true }).catch(() => {});
    else this.#saving = this.#send(text, true).finally(() => (this.#saving = null));
  }

  #values(text) {
    return { text, base: String(this.version) };
  }

  async #send(text, keepalive = false) {
    this.#firstChange = null;
    this.#show("saving", "Saving");
    let response;
    let answer;
    try {
      response = await post(this.form.action, this.#values(text), { keepalive });
    } catch {
      return this.#later("offline", "Offline. Kept in this browser, sent when the network is back");
    }
    if (response.status === 401 || response.status === 403) {
      return this.#later("signedout", "Signed out. Kept in this browser; sign in again in another tab, and it is sent");
    }
    if (response.status === 429 || response.status >= 500) {
      return this.#later("trouble", "The server is busy. Kept in this browser, sent again in a moment");
    }
    try {
      answer = await response.json();
    } catch {
      return this.#later("trouble", "The server has a problem. Kept in this browser, sent again in a moment");
    }
    this.#failures = 0;
    this.drafts.clock.hear(answer.seconds_left);
    if (answer.outcome === "saved") return this.#accepted(text, answer.version);
    if (answer.outcome === "conflict") return this.#conflict(answer);
    if (answer.outcome === "refused") return this.#refused(answer.errors);
    return this.#closed(answer.outcome);
  }

  #accepted(text, version) {
    this.version = version;
    this.savedText = text;
    this.form.elements.base.value = String(version);
    if (this.dirty) this.kept.put(this.area.value, version);
    else this.kept.forget();
    this.#show("saved", "Saved");
    this.drafts.saved?.(this.step);
    return "saved";
  }

  // Keep trying, ever more slowly; the words are in this browser meanwhile.
  #later(reason, text) {
    this.kept.put(this.area.value, this.version);
    this.#show("offline", text);
    const wait = BACKOFF[Math.min(this.#failures, BACKOFF.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => this.save(), wait);
    return reason;
  }

  #refused(errors) {
    this.#show("offline", `Not saved. ${Object.values(errors).flat().join(" ")}`);
    return "refused";
  }

  #conflict(answer) {
    this.#stopped = "conflict";
    this.#show("offline", "Not saved: changed somewhere else");
    const box = document.getElementById("conflict-template").content.cloneNode(true).querySelector("section");
    box.querySelector("[data-other]").textContent = answer.text;
    const go = (text) => {
      box.remove();
      this.#stopped = null;
      this.version = answer.version;
      this.savedText = answer.text;
      this.area.value = text;
      this.area.focus();
      this.#count();
      if (this.dirty) this.save();
      else {
        this.kept.forget();
        this.#show("saved", "Saved");
      }
    };
    box.querySelector("[data-keep-mine]").addEventListener("click", () => go(this.area.value));
    box.querySelector("[data-take-other]").addEventListener("click", () => go(answer.text));
    document.getElementById("notices").append(box);
    this.drafts.announce("This step was changed in another tab or on another device. Both texts are kept.");
    return "conflict";
  }

  // Too late for the score; the server keeps the words beside the answer.
  #closed(outcome) {
    this.#stopped = "closed";
    this.area.readOnly = true;
    this.kept.forget();
    if (outcome === "over") location.assign(this.drafts.room.dataset.result);
    else {
      this.#show("saved", "This step is closed");
      this.drafts.notice("This step is closed", "Its time is up. What you typed after that is kept, beside the answer.");
      this.drafts.clock.ask();
    }
    return "saved";
  }

  // Words typed offline or before a crash come back. The newest goes on in the editor, based on the version it was
  // written on; what other tabs left is sent as it is, and the server keeps it aside.
  async #restore() {
    const [newest, ...others] = this.kept.left().filter((entry) => {
      if (entry.text === this.area.value) this.kept.forget(entry.key);
      return entry.text !== this.area.value;
    });
    if (!newest) return;
    if (!this.area.readOnly) {
      this.area.value = newest.text;
      this.version = newest.version;
      this.kept.put(newest.text, newest.version);
      this.kept.forget(newest.key);
      this.#count();
      this.save();
    } else others.unshift(newest);
    for (const entry of others) {
      try {
        const response = await post(this.form.action, { text: entry.text, base: String(entry.version) });
        if (response.ok || response.status === 409) this.kept.forget(entry.key);
      } catch {
        return; // Still offline: next time.
      }
    }
  }

  #count() {
    const words = this.area.value.trim() ? this.area.value.trim().split(/\s+/).length : 0;
    this.form.querySelector("[data-words]").textContent = words.toLocaleString();
  }

  #show(state, text) {
    const icons = { saved: "#i-check", offline: "#i-offline", saving: "#i-clock" };
    this.status.dataset.state = state;
    this.status.querySelector("[data-saved-text]").textContent = text;
    this.status.querySelector("use").setAttribute("href", icons[state]);
  }
}
