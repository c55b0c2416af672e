// The lines between the panes can be moved: with a pointer, with the arrow keys, and back with a double click.

import { keep } from "./settings.js";

const STEP = 16;
const LIMITS = { brief: [200, 520], side: [240, 720] };
const MIDDLE = 480; // what the answer keeps between them, here and in room.css

export function wirePanes(room) {
  for (const line of room.querySelectorAll("[data-resizes]")) new Line(line, room);
}

class Line {
  constructor(line, room) {
    this.line = line;
    this.name = line.dataset.resizes;
    this.pane = document.getElementById(this.name);
    this.grows = this.name === "brief" ? 1 : -1; // to which side it grows
    this.room = room;
    [this.least] = LIMITS[this.name];
    line.setAttribute("aria-valuemin", this.least);
    line.addEventListener("keydown", (event) => this.#key(event));
    line.addEventListener("pointerdown", (event) => this.#drag(event));
    line.addEventListener("dblclick", () => this.#become(undefined));
    this.#tell();
    window.addEventListener("resize", () => this.#tell());
  }

  get width() {
    return Math.round(this.pane.getBoundingClientRect().width);
  }

  // As wide as it can become beside the other pane and the answer.
  get most() {
    const other = document.getElementById(this.name === "brief" ? "side" : "brief");
    const isBeside = getComputedStyle(other).gridRowStart === getComputedStyle(this.pane).gridRowStart;
    const taken = isBeside ? other.getBoundingClientRect().width : 0;
    return Math.max(Math.min(LIMITS[this.name][1], Math.floor(this.room.clientWidth - taken - MIDDLE)), this.least);
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moves = {
      ArrowRight: () => this.width + STEP * this.grows,
      ArrowLeft: () => this.width - STEP * this.grows,
      Home: () => this.least,
      End: () => this.most,
      Enter: () => undefined,
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    this.#become(moves[event.key]());
  }

  #drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.line.focus();
    this.line.setPointerCapture(event.pointerId);
    const [from, width] = [event.clientX, this.width];
    const move = ({ clientX }) => this.#set(width + (clientX - from) * this.grows);
    const stop = () => {
      this.line.removeEventListener("pointermove", move);
      if (this.width !== width) keep(`${this.name}-width`, this.width);
      this.#tell();
    };
    this.line.addEventListener("pointermove", move);
    this.line.addEventListener("lostpointercapture", stop, { once: true });
  }

  #become(width) {
    this.#set(width);
    keep(`${this.name}-width`, width === undefined ? undefined : this.width);
    this.#tell();
  }

  // undefined: as wide as by itself.
  #set(width) {
    const { style } = document.documentElement;
    if (width === undefined) style.removeProperty(`--${this.name}-width`);
    else style.setProperty(`--${this.name}-width`, `${Math.min(Math.max(width, this.least), this.most)}px`);
  }

  #tell() {
    const { most } = this;
    this.line.setAttribute("aria-valuemax", most);
    this.line.setAttribute("aria-valuenow", Math.min(Math.max(this.width, this.least), most));
  }
}
