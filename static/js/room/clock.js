// Paints the clock. The server sends seconds left; we subtract what has passed since, by a clock that does not
// jump, and ask again after sleep or a lost network. A wrong wall clock changes nothing.

const SIGNALS = [300, 60]; // seconds at which the time left is said aloud

export class Clock {
  #left = null; // seconds left when last heard
  #heard = performance.now();
  #ended = false;
  #endings = [];
  #stepEndings = [];
  #said = new Set();

  constructor(room, announce) {
    this.room = room;
    this.announce = announce;
    this.ring = room.querySelector(".ring[data-seconds-left]");
    if (this.ring) this.hear(Number(this.ring.dataset.secondsLeft));
    setInterval(() => this.#tick(), 500);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.ask();
    });
    window.addEventListener("online", () => this.ask());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.ask();
    });
  }

  onEnd(callback) {
    this.#endings.push(callback);
  }

  onStepEnd(callback) {
    this.#stepEndings.push(callback);
  }

  get left() {
    return this.#left === null ? null : Math.max(this.#left - (performance.now() - this.#heard) / 1000, 0);
  }

  hear(seconds) {
    if (seconds === null || seconds === undefined) return;
    this.#left = seconds;
    this.#heard = performance.now();
  }

  // What the server's clock says now.
  async ask() {
    let state;
    try {
      const response = await fetch(this.room.dataset.clock, { headers: { Accept: "application/json" } });
      if (!response.ok) return null;
      state = await response.json();
    } catch {
      return null;
    }
    if (state.over) location.assign(this.room.dataset.result);
    this.hear(state.seconds_left);
    return state;
  }

  #tick() {
    const left = this.left;
    this.#paintStep();
    if (left === null) return;
    const whole = Math.ceil(left);
    this.ring.querySelector("time").textContent = format(whole);
    for (const signal of SIGNALS) {
      if (whole <= signal && whole > signal - 5 && !this.#said.has(signal)) {
        this.#said.add(signal);
        this.announce(signal === 60 ? "One minute left." : `${signal / 60} minutes left.`);
      }
    }
    if (left <= 0 && !this.#ended) {
      this.#ended = true;
      for (const callback of this.#endings) callback();
    }
  }

  // The current step's own minutes: counted up against its budget, quietly.
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
    if (budget && spent >= budget && !item.dataset.told) {
      item.dataset.told = "yes";
      if (this.room.dataset.mode === "strict") for (const callback of this.#stepEndings) callback();
      else this.announce("The minutes planned for this step are used. You may stay, or go on.");
    } else if (budget && spent >= budget / 2 && !item.dataset.half) {
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
