// Notices. What passes by itself lies over the heading of a step and moves nothing; what stays until somebody acts has a
// place of its own above it and covers nothing. Each can be closed.

import { difference } from "./difference.js";

export class Notices {
  constructor() {
    this.place = document.getElementById("passing");
  }

  // One at a time: a newer one takes the place of the one before. What it returns takes this one away.
  show(title, text, { tone = "warn", seconds = 0 } = {}) {
    this.clear();
    const box = this.#made("notice-template");
    box.dataset.tone = tone;
    box.dataset.passing = seconds ? "timed" : "";
    box.querySelector("[data-title]").textContent = `${title}.`;
    box.querySelector("[data-text]").textContent = text;
    box.querySelector("[data-close]").addEventListener("click", () => box.remove());
    this.place.append(box);
    if (seconds) setTimeout(() => box.remove(), seconds * 1000);
    return () => box.remove();
  }

  clear() {
    for (const old of this.place.querySelectorAll("[data-passing]")) old.remove();
  }

  // Two versions of one thing, line by line. Calls back with "mine" or "other"; the box stays until one is chosen.
  conflict({ noun, title, mine, other, choose }) {
    const box = this.#made("conflict-template");
    box.querySelector("[data-what]").textContent = title;
    box.querySelector("[data-noun]").textContent = noun;
    box.querySelector("[data-other]").append(...difference(mine, other).map(marked));
    const choice = (which) => () => {
      box.remove();
      choose(which);
    };
    box.querySelector("[data-keep-mine]").addEventListener("click", choice("mine"));
    box.querySelector("[data-take-other]").addEventListener("click", choice("other"));
    this.place.append(box);
  }

  #made(template) {
    return document.getElementById(template).content.cloneNode(true).querySelector("section");
  }
}

// Told by sign as well as by colour.
function marked({ kind, text }) {
  const element = document.createElement({ same: "span", mine: "del", other: "ins" }[kind]);
  element.textContent = `${{ same: " ", mine: "−", other: "+" }[kind]} ${text}\n`;
  return element;
}
