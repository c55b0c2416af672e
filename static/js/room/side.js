// The right pane: interviewer, outline, preview or guide. On a phone its tabs stand at the foot of the page as well.
// While the board is in front the outline stands beside it, else the interviewer, until somebody chooses otherwise.

import { keep } from "./settings.js";

const narrow = window.matchMedia("(max-width: 56rem)");

export class Side {
  #heard = [];
  #chosen = { board: "outline", text: "interviewer" };
  #way = "text";

  constructor(room) {
    this.room = room;
    this.pane = document.getElementById("side");
    this.list = this.pane.querySelector("[role=tablist]");
    this.tabs = [...this.list.querySelectorAll("[data-side]")];
    this.list.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-side]");
      if (tab) this.choose(tab.dataset.side);
    });
    this.list.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("hashchange", () => this.#byHash());
    this.#select("interviewer");
    this.#byHash();
  }

  get current() {
    return this.tabs.find((tab) => tab.getAttribute("aria-selected") === "true").dataset.side;
  }

  // Whether somebody can see a tab now.
  isSeen(name) {
    return this.current === name && this.pane.offsetParent !== null;
  }

  onShown(heard) {
    this.#heard.push(heard);
  }

  // A step has come to the front, or its board or text.
  follow({ way, draws }) {
    for (const each of this.room.querySelectorAll("[data-draws]")) each.hidden = !draws;
    this.#way = way;
    const wanted = this.#chosen[way];
    if (!narrow.matches) this.#select(draws || wanted !== "outline" ? wanted : "interviewer");
    else if (!draws && this.current === "outline") this.#select("interviewer");
  }

  choose(name) {
    this.#chosen[this.#way] = name;
    this.#select(name);
  }

  // Into sight, whatever hides it, and the focus with it.
  open(name, { focus = true } = {}) {
    if (document.documentElement.hasAttribute("data-no-side")) showPane("side", true);
    this.choose(name);
    if (narrow.matches) location.hash = name;
    if (!focus) return;
    const first = this.panel(name).querySelector("[data-first]");
    const tab = this.tab(name);
    (first ?? (tab.offsetParent ? tab : this.panel(name))).focus();
  }

  tab(name) {
    return this.tabs.find((tab) => tab.dataset.side === name);
  }

  panel(name) {
    return this.pane.querySelector(`[data-panel="${name}"]`);
  }

  // On a phone the link at the foot that leads to what is in front says so.
  #byHash() {
    const links = [...this.room.querySelectorAll(".panetabs a")];
    const open = links.find(({ hash }) => hash === location.hash) ?? links.find(({ hash }) => hash === "#main");
    for (const each of links) {
      if (each === open) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    }
    if (open.dataset.tab) this.choose(open.dataset.tab);
  }

  #key(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const shown = this.tabs.filter((tab) => tab.offsetParent !== null);
    const at = shown.findIndex((tab) => tab.dataset.side === this.current);
    const next = shown[(at + by + shown.length) % shown.length];
    this.choose(next.dataset.side);
    next.focus();
  }

  #select(name) {
    for (const tab of this.tabs) {
      const isOn = tab.dataset.side === name;
      tab.setAttribute("aria-selected", String(isOn));
      tab.tabIndex = isOn ? 0 : -1;
      this.panel(tab.dataset.side).hidden = !isOn;
    }
    for (const heard of this.#heard) heard(name);
  }
}

// Brief and side can be put away, and are found again as they were.
export function showPane(name, isShown = document.documentElement.hasAttribute(`data-no-${name}`)) {
  document.documentElement.toggleAttribute(`data-no-${name}`, !isShown);
  keep(`${name}-hidden`, !isShown || undefined);
  return isShown;
}

// On a phone one pane is in front at a time.
export function toMain() {
  if (narrow.matches && location.hash && location.hash !== "#main") location.replace("#main");
}
