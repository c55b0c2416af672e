// Saving what is typed. Within two seconds of a pause, at most five seconds apart while typing goes on.
// Every keystroke is also kept in this browser until the server has acknowledged it: offline, a crash or a
// reload lose nothing. A save names the version it is based on; when another tab was first, both texts stay.

const PAUSE = 1500;
const LONGEST = 4500;
const BACKOFF = [1000, 2000, 4000, 8000, 15000];

export class Drafts {
  #all = new Map();

  constructor(room, clock, announce) {
    this.room = room;
    this.clock = clock;
    this.announce = announce;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(`fortyfive-${room.dataset.session}`) : null;
    for (const form of room.querySelectorAll(".editor")) {
      const draft = new Draft(form, this);
      this.#all.set(form.dataset.step, draft);
    }
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

  // Send everything that is not saved yet. True when nothing is left unsaved.
  async flush() {
    const results = await Promise.all([...this.#all.values()].map((draft) => draft.save()));
    return results.every(Boolean);
  }

  onSaved(callback) {
    this.saved = callback;
  }

  notice(title, text, tone = "warn") {
    const box = document.createElement("section");
    box.className = "notice";
    box.dataset.tone = tone;
    box.setAttribute("role", "status");
    const icon = document.querySelector("#room .icon").cloneNode(true);
    icon.querySelector("use").setAttribute("href", "#i-info");
    const body = document.createElement("div");
    const strong = document.createElement("strong");
    strong.textContent = `${title}. `;
    body.append(strong, text);
    box.append(icon, body);
    const notices = document.getElementById("notices");
    notices.querySelectorAll("[data-passing]").forEach((old) => old.remove());
    box.dataset.passing = "yes";
    notices.append(box);
    return box;
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

// The cookie is newer than the form when somebody signed in again in another tab.
const csrfToken = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

class Draft {
  #timer = null;
  #firstChange = null;
  #saving = null;
  #failures = 0;
  #stopped = false; // a conflict is on the screen, or the time is over

  constructor(form, drafts) {
    this.form = form;
    this.drafts = drafts;
    this.area = form.querySelector("textarea");
    this.step = form.dataset.step;
    this.version = Number(this.area.dataset.version);
    this.savedText = this.area.value;
    this.key = `fortyfive:${drafts.room.dataset.session}:${this.step}`;
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
    this.#remember();
    this.#count();
    if (this.#stopped) return;
    const now = performance.now();
    this.#firstChange ??= now;
    clearTimeout(this.#timer);
    const wait = Math.max(Math.min(PAUSE, this.#firstChange + LONGEST - now), 0);
    this.#timer = setTimeout(() => this.save(), wait);
    if (this.status.dataset.state !== "offline") this.#show("saving", "Not saved yet");
  }

  // One save at a time; what was typed meanwhile goes with the next. True when nothing is left unsaved.
  async save() {
    clearTimeout(this.#timer);
    while (this.#saving) await this.#saving;
    if (this.#stopped) return !this.dirty || this.over === true;
    if (!this.dirty) return true;
    this.#saving = this.#send(this.area.value);
    const saved = await this.#saving;
    this.#saving = null;
    if (saved && this.dirty && !this.#stopped) return this.save();
    return saved;
  }

  async #send(text, keepalive = false) {
    this.#firstChange = null;
    this.#show("saving", "Saving");
    let response, answer;
    try {
      response = await fetch(this.form.action, {
        method: "POST",
        body: this.#body(text),
        headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
        keepalive,
      });
      if (response.status === 401 || response.status === 403) return this.#signedOut();
      answer = await response.json();
    } catch {
      return this.#away();
    }
    this.#failures = 0;
    this.drafts.clock.hear(answer.seconds_left);
    if (answer.outcome === "saved") return this.#accepted(text, answer.version);
    if (answer.outcome === "conflict") return this.#conflict(answer);
    if (answer.outcome === "invalid") return this.#refused(answer.errors);
    return this.#closed(answer.outcome);
  }

  #body(text) {
    const data = new FormData(this.form);
    data.set("text", text);
    data.set("base", String(this.version));
    return new URLSearchParams(data);
  }

  #accepted(text, version) {
    this.version = version;
    this.savedText = text;
    this.form.elements.base.value = String(version);
    if (!this.dirty) this.#forget();
    this.#show("saved", "Saved");
    this.drafts.saved?.(this.step);
    return true;
  }

  // The network is away: keep trying, ever more slowly; the words are in this browser meanwhile.
  #away() {
    this.#remember();
    this.#show("offline", "Offline. Kept in this browser, sent when the network is back");
    const wait = BACKOFF[Math.min(this.#failures, BACKOFF.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => this.save(), wait);
    return false;
  }

  // Signed out meanwhile, in another tab or by time: the words wait here until somebody signs in again.
  #signedOut() {
    this.#away();
    this.#show("offline", "Signed out. Kept in this browser; sign in again in another tab, and it is sent");
    return false;
  }

  #refused(errors) {
    const reason = Object.values(errors).flat().join(" ");
    this.#show("offline", `Not saved: ${reason}`);
    return false;
  }

  #conflict(answer) {
    this.#stopped = true;
    this.#show("offline", "Not saved: changed somewhere else");
    const template = document.getElementById("conflict-template").content.cloneNode(true);
    const box = template.querySelector("section");
    box.querySelector("[data-other]").textContent = answer.text;
    const go = (text) => {
      box.remove();
      this.#stopped = false;
      this.version = answer.version;
      this.savedText = answer.text;
      this.area.value = text;
      this.area.focus();
      this.#count();
      if (this.dirty) this.save();
      else {
        this.#forget();
        this.#show("saved", "Saved");
      }
    };
    box.querySelector("[data-keep-mine]").addEventListener("click", () => go(this.area.value));
    box.querySelector("[data-take-other]").addEventListener("click", () => go(answer.text));
    document.getElementById("notices").append(box);
    this.drafts.announce("This step was changed in another tab or on another device. Both texts are kept.");
    return false;
  }

  // Too late for the score; the server keeps the words beside the answer.
  #closed(outcome) {
    this.#stopped = true;
    this.over = true;
    this.area.readOnly = true;
    this.#forget();
    if (outcome === "over") {
      location.assign(this.drafts.room.dataset.result);
    } else {
      this.#show("saved", "This step is closed");
      this.drafts.notice("This step is closed", "Its time is up. What you typed after that is kept, beside the answer.");
    }
    return true;
  }

  // Leaving the page or the tab: one last try that outlives it. keepalive bodies are limited to 64 KB.
  leave() {
    if (!this.dirty || this.#stopped || this.#saving) return;
    const text = this.area.value;
    if (text.length < 15000) this.#saving = this.#send(text, true).finally(() => (this.#saving = null));
    else this.save();
  }

  #remember() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.area.value, version: this.version }));
    } catch {
      // Storage is full or switched off; saving to the server goes on as ever.
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept then.
    }
  }

  // Words typed offline or before a crash come back and are sent, based on the version they were written on.
  #restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key) || "null");
    } catch {
      return;
    }
    if (!kept || kept.text === this.area.value) return this.#forget();
    this.area.value = kept.text;
    this.version = kept.version;
    this.#count();
    this.save();
  }

  #count() {
    const words = this.area.value.trim() ? this.area.value.trim().split(/\s+/).length : 0;
    this.form.querySelector("[data-words]").textContent = words.toLocaleString();
  }

  #show(state, text) {
    this.status.dataset.state = state;
    this.status.querySelector("[data-saved-text]").textContent = text;
    this.status.querySelector("use").setAttribute("href", state === "saved" ? "#i-check" : state === "offline" ? "#i-offline" : "#i-clock");
  }
}
