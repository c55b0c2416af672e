// Saving what is typed and drawn. Within two seconds of a pause, at most five seconds apart while it goes on.
// Every change is also kept in this browser until the server has acknowledged it: offline, a crash or a reload lose
// nothing. A save names the version it is based on; when another tab was first, both versions stay.

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
  conflict: ["A step was changed somewhere else", "Choose above which version goes on; then hand in."],
  refused: ["A step could not be saved", "See below it what is wrong; then hand in."],
  signedout: ["You are signed out", "Sign in again in another tab; then hand in here. Your words are kept in this browser."],
  trouble: ["The server could not save", "Your words are kept in this browser and sent again in a moment; then hand in."],
};

// What a part is called when something is to be said of it.
const NOUNS = { text: "text", sheet: "sheet", board: "board" };

export class Drafts {
  #all = [];
  #saved = [];
  #changed = [];

  constructor(room, clock, notices, announce) {
    this.room = room;
    this.clock = clock;
    this.notices = notices;
    this.announce = announce;
    this.cannotKeep = false;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(`fortyfive-${room.dataset.session}`) : null;
    this.#otherTabs();
    window.addEventListener("online", () => this.flush());
    const leave = () => {
      for (const draft of this.#all) draft.leave();
    };
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) leave();
    });
    window.addEventListener("pagehide", leave);
  }

  // Takes a part of the page into care: an element with data-step, data-part and data-save, and the field in it.
  add(element, field) {
    const draft = new Draft(element, field, this);
    this.#all.push(draft);
    return draft;
  }

  get all() {
    return this.#all;
  }

  get(step, part = "text") {
    return this.#all.find((draft) => draft.step === step && draft.part === part);
  }

  // Whatever a step is written in; the board belongs to both steps that draw.
  of(editor) {
    const draws = editor.querySelector(".boardplace") !== null;
    return this.#all.filter((draft) => draft.step === editor.dataset.step || (draws && draft.part === "board"));
  }

  get isDirty() {
    return this.#all.some((draft) => draft.dirty);
  }

  get isOffline() {
    return !navigator.onLine || this.#all.some((draft) => draft.failed === "offline");
  }

  // Send everything that is not saved yet. "saved", or the first thing that stands in the way: a key of REASONS.
  async flush(drafts = this.#all) {
    const results = await Promise.all(drafts.map((draft) => draft.save()));
    return results.find((result) => result !== "saved") ?? "saved";
  }

  onSaved(heard) {
    this.#saved.push(heard);
  }

  onChange(heard) {
    this.#changed.push(heard);
  }

  tellSaved(draft) {
    for (const heard of this.#saved) heard(draft);
  }

  tellChange(draft) {
    for (const heard of this.#changed) heard(draft);
  }

  // The tab that was opened first is told at once, and again when no other is left; whether it may still save,
  // versions decide.
  #otherTabs() {
    if (!this.channel) return;
    const tab = String(Math.random());
    const others = new Set();
    let takeAway = () => {};
    this.channel.addEventListener("message", ({ data }) => {
      if (data.is === "opened") {
        others.add(data.tab);
        takeAway();
        takeAway = this.notices.show("Open in another tab", "This session was opened in a second tab. Write in one of them; what you type in both is kept.");
        this.announce("This session was opened in another tab.");
      } else if (others.delete(data.tab) && !others.size) takeAway();
    });
    const tell = (is) => this.channel.postMessage({ is, tab });
    tell("opened");
    window.addEventListener("pagehide", () => tell("closed"));
    window.addEventListener("pageshow", (event) => event.persisted && tell("opened"));
  }
}

class Draft {
  #timer = null;
  #firstChange = null;
  #saving = null;
  #failures = 0;
  #stopped = null; // "conflict" while the choice is on the screen, "closed" once nothing more is taken

  constructor(element, field, drafts) {
    this.field = field;
    this.drafts = drafts;
    this.step = element.dataset.step;
    this.part = element.dataset.part;
    this.url = element.dataset.save;
    this.noun = NOUNS[this.part];
    this.version = Number(field.area.dataset.version);
    this.savedText = field.sent;
    this.kept = new Kept(drafts.room.dataset.session, this.step, this.part);
    this.state = "saved";
    this.says = "";
    this.failed = null;
    field.onInput(() => this.changed());
    this.#restore();
    if (this.dirty && !field.readOnly) this.changed();
  }

  get dirty() {
    return this.field.value !== this.savedText;
  }

  // Another way to write the same: what the store of the board makes of a stored text is no change.
  become(change) {
    const wasDirty = this.dirty;
    change();
    if (!wasDirty) this.savedText = this.field.value;
  }

  changed() {
    this.#keep(this.version);
    if (this.#stopped) return this.drafts.tellChange(this);
    const now = performance.now();
    this.#firstChange ??= now;
    clearTimeout(this.#timer);
    const wait = Math.max(Math.min(PAUSE, this.#firstChange + LONGEST - now), 0);
    this.#timer = setTimeout(() => this.save(), wait);
    if (this.state !== "offline") this.#show("saving", "Not saved yet");
    else this.drafts.tellChange(this);
  }

  // One save at a time; what was typed meanwhile goes with the next. "saved" when nothing is left unsaved.
  async save() {
    this.field.settle();
    clearTimeout(this.#timer);
    while (this.#saving) await this.#saving;
    if (this.#stopped === "closed" || !this.dirty) return this.#nothingLeft();
    if (this.#stopped) return this.#stopped;
    this.#saving = this.#send(this.field.value);
    const result = await this.#saving;
    this.#saving = null;
    return result === "saved" && this.dirty && !this.#stopped ? this.save() : result;
  }

  // Typed and taken back again: there is nothing to send, and nothing that failed any more.
  #nothingLeft() {
    if (this.state !== "saved" && !this.#stopped) {
      this.#firstChange = null;
      this.failed = null;
      this.kept.forget();
      this.#show("saved", "Saved");
    }
    return "saved";
  }

  // Leaving the page or the tab: one last try that outlives it. After a conflict the server keeps the words aside.
  leave() {
    this.field.settle();
    if (!this.dirty || this.#stopped === "closed" || this.#saving) return;
    const text = this.field.value;
    if (text.length > OUTLIVES) this.save();
    else if (this.#stopped) post(this.url, this.#values(text), { keepalive: true }).catch(() => {});
    else this.#saving = this.#send(text, true).finally(() => (this.#saving = null));
  }

  #values(text) {
    return { text, base: String(this.version) };
  }

  #keep(version) {
    const isKept = this.kept.put(this.field.value, version);
    this.drafts.cannotKeep = !isKept;
  }

  async #send(text, keepalive = false) {
    this.#firstChange = null;
    this.#show("saving", "Saving");
    let response;
    let answer;
    try {
      response = await post(this.url, this.#values(text), { keepalive });
    } catch {
      return this.#later("offline", "Offline. Kept in this browser");
    }
    if (response.status === 401 || response.status === 403) {
      return this.#later("signedout", "Signed out. Kept in this browser");
    }
    if (response.status === 429 || response.status >= 500) {
      return this.#later("trouble", "Server busy. Kept in this browser");
    }
    try {
      answer = await response.json();
    } catch {
      return this.#later("trouble", "Server trouble. Kept in this browser");
    }
    this.#failures = 0;
    this.failed = null;
    this.drafts.clock.hear(answer.seconds_left);
    if (answer.outcome === "saved") return this.#accepted(text, answer.version);
    if (answer.outcome === "conflict") return this.#conflict(answer);
    if (answer.outcome === "refused") return this.#refused(answer.errors);
    return this.#closed(answer.outcome);
  }

  #accepted(text, version) {
    this.version = version;
    this.savedText = text;
    if (this.dirty) this.#keep(version);
    else this.kept.forget();
    this.#show("saved", "Saved");
    this.drafts.tellSaved(this);
    return "saved";
  }

  // Keep trying, ever more slowly; the words are in this browser meanwhile.
  #later(reason, text) {
    this.#keep(this.version);
    this.failed = reason;
    this.#show("offline", this.drafts.cannotKeep ? text.replace(/Kept in this browser/, "Not kept: stay here") : text);
    const wait = BACKOFF[Math.min(this.#failures, BACKOFF.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => this.save(), wait);
    return reason;
  }

  #refused(errors) {
    this.failed = "refused";
    this.#show("offline", `Not saved. ${Object.values(errors).flat().join(" ")}`);
    return "refused";
  }

  #conflict(answer) {
    this.#stopped = "conflict";
    this.failed = "conflict";
    this.#show("offline", "Not saved: choose above");
    this.#ask(answer);
    this.drafts.announce(`${this.#what} was changed in another tab or on another device. Both versions are kept.`);
    return "conflict";
  }

  get #what() {
    return this.part === "text" ? "This step" : `The ${this.noun}`;
  }

  async #ask(answer) {
    const [other, mine] = await Promise.all([this.field.describe(answer.text), this.field.describe(this.field.value)]);
    this.drafts.notices.conflict({
      noun: this.noun,
      title: `${this.#what} was changed somewhere else.`,
      mine,
      other,
      choose: (which) => this.#chosen(which, answer),
    });
  }

  #chosen(which, answer) {
    this.#stopped = null;
    this.failed = null;
    this.version = answer.version;
    this.savedText = answer.text;
    if (which === "other") {
      this.field.value = answer.text;
      this.savedText = this.field.value;
    }
    this.field.focus();
    if (this.dirty) this.save();
    else {
      clearTimeout(this.#timer);
      this.kept.forget();
      this.#show("saved", "Saved");
    }
  }

  // Too late for the score; the server keeps the words beside the answer.
  #closed(outcome) {
    this.#stopped = "closed";
    this.field.readOnly = true;
    this.kept.forget();
    if (outcome === "over") location.assign(this.drafts.room.dataset.result);
    else {
      this.#show("saved", "This step is closed");
      this.drafts.notices.show("This step is closed", "Its time is up. What you typed after that is kept, beside the answer.");
      this.drafts.clock.ask();
    }
    return "saved";
  }

  // What was typed offline or before a crash comes back. The newest goes on in the page, based on the version it was
  // written on; what other tabs left is sent as it is, and the server keeps it aside.
  async #restore() {
    const others = (await this.kept.left()).filter((entry) => {
      if (entry.text === this.field.value) this.kept.forget(entry.key);
      return entry.text !== this.field.value;
    });
    // Whoever has begun to type meanwhile goes on with that.
    const newest = this.dirty || this.field.readOnly ? null : others.shift();
    if (newest) {
      this.version = newest.version;
      this.field.value = newest.text;
      if (this.kept.put(newest.text, newest.version)) this.kept.forget(newest.key);
      this.save();
    }
    for (const entry of others) {
      try {
        const response = await post(this.url, { text: entry.text, base: String(entry.version) });
        if (response.ok || response.status === 409) this.kept.forget(entry.key);
      } catch {
        return; // Still offline: next time.
      }
    }
  }

  #show(state, text) {
    this.state = state;
    this.says = text;
    this.drafts.tellChange(this);
  }
}
