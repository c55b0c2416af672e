// Paints the clock. The server sends seconds left; we subtract what has passed since, by a clock that does not
// jump, and ask again with every save, each half minute, after sleep and after a lost network. At zero we only
// ask: whether it is over, the server decides.

const SIGNALS = [300, 60]; // seconds at which the time left is said aloud
const ASK_EVERY = 30_000;
const JUMP = 5; // seconds between what we show and what we hear that mean: the person's clock was changed

export class Clock {
  #left = null; // seconds left when last heard; null: no limit
  #heard = performance.now();
  #ended = false;
  #said = new Set();
  #listeners = { end: [], step: [], change: [], signal: [] };

  constructor(room, announce) {
    this.room = room;
    this.announce = announce;
    this.dial = document.getElementById("dial");
    this.noLimit = document.getElementById("no-limit");
    this.#set(this.dial.dataset.left === "" ? null : Number(this.dial.dataset.left));
    setInterval(() => this.#tick(), 500);
    setInterval(() => this.ask(), ASK_EVERY);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.ask();
    });
    window.addEventListener("focus", () => this.ask());
    window.addEventListener("online", () => this.ask());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.ask();
    });
  }

  // "end": zero is reached. "step": a strict step has closed. "change": the person's clock was changed.
  // "signal": so much is left that it is said; with the words.
  on(event, callback) {
    this.#listeners[event].push(callback);
  }

  get left() {
    return this.#left === null ? null : Math.max(this.#left - (performance.now() - this.#heard) / 1000, 0);
  }

  // What an answer of the server says about time; an answer that says nothing changes nothing.
  hear(seconds) {
    if (seconds === undefined) return;
    const before = this.left;
    const changed = (before === null) !== (seconds === null) || (seconds !== null && Math.abs(before - seconds) > JUMP);
    this.#set(seconds);
    if (changed) this.#tell("change");
  }

  // Ask the server what its clock says. null where the network is away.
  async ask() {
    let state;
    try {
      const response = await fetch(this.room.dataset.clock, { headers: { Accept: "application/json" } });
      if (!response.ok) return null;
      state = await response.json();
    } catch {
      return null;
    }
    if (state.over) {
      location.assign(this.room.dataset.result);
      return state;
    }
    this.hear(state.seconds_left);
    if (this.room.dataset.mode === "strict" && (state.open_step ?? "") !== this.room.dataset.openStep) this.#tell("step");
    return state;
  }

  #set(seconds) {
    this.#left = seconds;
    this.#heard = performance.now();
    this.dial.hidden = seconds === null;
    this.noLimit.hidden = seconds !== null;
    if (seconds === null || seconds > 0) this.#ended = false;
  }

  #tell(event, word) {
    for (const callback of this.#listeners[event]) callback(word);
  }

  #tick() {
    this.#paintStep();
    const left = this.left;
    if (left === null) return;
    const whole = Math.ceil(left);
    const time = this.dial.querySelector("time");
    time.textContent = format(whole);
    time.toggleAttribute("data-long", whole >= 3600);
    this.dial.toggleAttribute("data-last", whole <= SIGNALS.at(-1));
    for (const signal of SIGNALS) {
      if (whole <= signal && whole > signal - 5 && !this.#said.has(signal)) {
        this.#said.add(signal);
        this.#tell("signal", signal === 60 ? "One minute left" : `${signal / 60} minutes left`);
      }
    }
    if (left <= 0 && !this.#ended) {
      this.#ended = true;
      this.#tell("end");
    }
  }

  // The current step's own minutes against its budget, quietly.
  #paintStep() {
    const item = this.room.querySelector('.stepper [data-state="now"]');
    if (!item) return;
    const since = (item.since ??= performance.now());
    const spent = Number(item.dataset.seconds) + (performance.now() - since) / 1000;
    const budget = Number(item.dataset.budget || 0);
    const used = item.querySelector(".pacebar .used");
    if (budget && used) used.setAttribute("width", `${Math.min((spent / budget) * 100, 100).toFixed(1)}%`);
    const text = budget ? (spent > budget ? `${format(spent - budget)} over` : `${format(budget - spent)} left`) : format(spent);
    item.querySelector("[data-step-time]").textContent = text;
    const current = this.room.querySelector("[data-current-time]");
    if (current) current.textContent = budget ? `${text} of ${format(budget)}` : text;
    if (!budget) return;
    if (spent >= budget && !item.dataset.told) {
      item.dataset.told = "yes";
      // Strict: whether the step has really closed, the server says.
      if (this.room.dataset.mode === "strict") this.ask();
      else this.announce("The minutes planned for this step are used. You may stay, or go on.");
    } else if (spent >= budget / 2 && spent < budget && !item.dataset.half) {
      item.dataset.half = "yes";
      if (budget >= 300) this.announce("Half of this step’s time is used.");
    }
  }
}

export function format(seconds) {
  const whole = Math.max(Math.floor(seconds), 0);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
